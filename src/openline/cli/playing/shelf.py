"""The exercises that ship, and those that people write."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Final

from openline.cli.playing.orders import judge
from openline.errors import CannotRead, UnknownName
from openline.exercises import reading
from openline.exercises.findings import Finding
from openline.exercises.incident import Exercise
from openline.limits import EXERCISE_FILE_MAX_BYTES
from openline.post.home.homes import read_file

SUFFIX: Final = ".toml"


def shipped() -> dict[str, bytes]:
    """The files that come with the package, by the names of their exercises."""
    folder = resources.files("openline.exercises")
    files = [each for each in folder.iterdir() if each.name.endswith(SUFFIX)]
    return {each.name.removesuffix(SUFFIX): each.read_bytes() for each in sorted(files, key=lambda each: each.name)}


def data_of(name: str) -> tuple[str, bytes]:
    """The short name and the file of an exercise that ships, or of a file. Raises UnknownName or CannotRead."""
    held = shipped()
    if name in held:
        return name, held[name]
    path = Path(name).expanduser()
    if not path.exists() and SUFFIX not in name:
        raise UnknownName(f"There is neither an exercise {name!r} nor a file; there are: {', '.join(held)}.")
    if path.is_dir():
        raise CannotRead(f"{name} is a directory: name a file.")
    return path.stem, read_file(path, EXERCISE_FILE_MAX_BYTES)


def examined(name: str) -> tuple[Exercise | None, list[Finding]]:
    """An exercise and what is wrong with its file. Raises UnknownName or CannotRead."""
    return reading.examine(data_of(name)[1], judge)


def taken(name: str) -> tuple[str, Exercise]:
    """The short name, and the exercise, in which nothing is wrong. Raises BadExercise, UnknownName or CannotRead."""
    short, data = data_of(name)
    return short, reading.read(data, judge)
