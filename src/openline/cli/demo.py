"""The command `openline demo`: an evening played by real posts on this machine, and proved at its end."""

from __future__ import annotations

import importlib
import os
import shlex
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final

from cyclopts import Parameter

import openline
from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, app, err, print_json, say_error
from openline.cli.playing import desks
from openline.cli.rehearsal import acts, evening
from openline.cli.rehearsal.opening import opening
from openline.cli.rehearsal.picturing import Picturing
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.processes import SIGNALLED, Processes, Stopped, environment
from openline.cli.rehearsal.proving import Proving, certifier_beside, pager_beside
from openline.cli.rehearsal.reaching import Reaching
from openline.cli.rehearsal.stage import Stage
from openline.cli.rehearsal.stating import Stating
from openline.cli.rehearsal.telling import Telling
from openline.errors import CannotRead, CannotWrite, DeskNotBuilt, Misuse, OpenlineError
from openline.post.control import error_value

PASSPHRASE: Final = "exercise"
"""Of the three posts, which live for one evening."""

LIMIT_SECONDS: Final = 540.0
"""A slow machine plays it to its end, too; one that hangs is told."""
SECOND: Final = Path(openline.__file__).parents[2] / "tools" / "verify_bundle.py"


@app.command
def demo(
    *,
    keep: Annotated[Path | None, Parameter(help="A new directory in which homes, logs and bundles stay.")] = None,
    verifier: Annotated[
        Path, Parameter(help="The second verifier; without it, the project's own.", show_default=False)
    ] = SECOND,
    open_desks: Annotated[
        bool | None,
        Parameter(
            name="--desks",
            negative="--no-desks",
            help="Three desks to sit down at: at once, or not at all; else after the evening, on a terminal.",
        ),
    ] = None,
    common: Common = DEFAULTS,
) -> int:
    """Play an evening with three real posts: a FLASH, a cut, a kill, a call not answered, and the proof of all.

    On a terminal three desks are then open until Ctrl-C. It uses nothing but this machine and touches no home. With
    --json the story goes to stderr.

    Example: openline demo --keep evening
    """
    for file in (verifier, certifier_beside(verifier), pager_beside(verifier)):
        if not file.is_file():
            raise CannotRead(f"The second verifier is not at {file}: name tools/verify_bundle.py with --verifier.")
    folder = _folder(keep)
    stage = Stage.on(sys.stderr if common.json else sys.stdout)
    value: dict[str, Any] = {"ok": True, "exercise": True}
    code = DONE
    if not open_desks:
        code, told = _played(stage, folder, verifier, whole=keep is not None)
        value |= told
    if code == DONE and (open_desks or (open_desks is None and _is_watched(json=common.json))):
        code, told = _opened(stage, folder, verifier, whole=keep is not None, asked=bool(open_desks))
        value |= told
    if common.json:
        print_json(value)
    return code


def _is_watched(*, json: bool) -> bool:
    """Whether somebody sits before it."""
    return sys.stdout.isatty() and not json and not os.environ.get("CI")


def _played(stage: Stage, folder: Path, verifier: Path, *, whole: bool) -> tuple[int, dict[str, Any]]:
    """The evening that plays by itself: the exit status, and what is told of it with --json."""
    story = evening.load()
    for name in ("logs", "proof"):
        (folder / name).mkdir()
    value: dict[str, Any] = {"ok": False, "exercise": True, "title": story.title, "sources": story.sources}
    began = time.monotonic()
    processes = Processes(folder / "logs", environment(PASSPHRASE), LIMIT_SECONDS)
    try:
        stage.open(story)
        with processes:
            value |= _perform(Play(story, stage, processes, folder), verifier.absolute())
        value["ok"] = True
        code = DONE
    except OpenlineError as error:
        value["error"] = error_value(error)
        code = say_error(error, json=False)
    except Stopped as stopped:
        code, value["error"] = _stopped(stopped)
    finally:
        _tidy(folder, whole=whole, proof=bool(value["ok"]))
    value["seconds"] = round(time.monotonic() - began, 1)
    value |= {"steps": stage.steps, "evening": stage.told, "processes": processes.as_json()}
    value |= _paths(folder, whole, verifier) if value["ok"] or whole else {}
    stage.close(value)
    return code, value


def _opened(stage: Stage, folder: Path, verifier: Path, *, whole: bool, asked: bool) -> tuple[int, dict[str, Any]]:
    """Three desks until Ctrl-C: the exit status, and what is told of them with --json.

    A copy without the page of the desk opens none; where nobody asked for them that is no fault.
    """
    place = folder / "desks"
    value: dict[str, Any] = {"ok": False}
    try:
        importlib.import_module("openline.desk.pages").load()
        for name in desks.FOLDERS:
            (place / name).mkdir(parents=True)
        value["desks"] = opened = desks.Desks(stage, place).keep_open()
        value["ok"] = all(each["ok"] and each["same"] for each in opened["records"])
        code = DONE if value["ok"] else REFUSED
        opened["look"] = _desks_look(place, verifier)
        stage.stays(place, opened["look"])
    except OpenlineError as error:
        value["error"] = error_value(error)
        code = say_error(error, json=False)
        if isinstance(error, DeskNotBuilt) and not asked:
            return DONE, {}
    except Stopped as stopped:
        code, value["error"] = _stopped(stopped)
    finally:
        kept = desks.STAYS if "desks" in value else ()
        for path in [] if whole or not place.is_dir() else sorted(place.iterdir()):
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)
        if not whole:
            for path in (place, folder):
                _remove_empty(path)
    return code, value


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _desks_look(place: Path, verifier: Path) -> list[str]:
    """How to verify the records of the desks from a shell."""
    own = shlex.quote(str(Path(sys.executable).with_name("openline")))
    second = shlex.join([sys.executable, str(verifier.absolute())])
    trusted = " ".join(f"--card=cards/{shlex.quote(card.name)}" for card in sorted((place / "cards").iterdir()))
    look = [f"cd {shlex.quote(str(place))}"]
    for file in sorted((place / "proof").glob("*.bundle")):
        bundle = f"proof/{shlex.quote(file.name)}"
        look += [f"{own} verify {bundle} {trusted}", f"{second} {bundle} {trusted}"]
    return look


def _stopped(stopped: Stopped) -> tuple[int, dict[str, str]]:
    """A signal ended it: the exit status, and what is told of it with --json."""
    value = {"code": "stopped", "message": f"Stopped by {stopped}.", "advice": ""}
    err.print(value["message"], markup=False)
    return SIGNALLED + stopped.number, value


def _folder(keep: Path | None) -> Path:
    """Where everything lies. Raises Misuse or CannotWrite."""
    try:
        if keep is None:
            folder = Path(tempfile.mkdtemp(prefix="openline-demo-"))
        else:
            folder = keep.expanduser().absolute()
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise Misuse(f"{keep} is not empty: name a new directory.")
    except OSError as error:
        raise CannotWrite(f"No directory for the demo can be made: {error}.") from error
    return folder


def _perform(play: Play, verifier: Path) -> dict[str, Any]:
    """All acts; what came of them."""
    proving = Proving(play, verifier)
    reaching, picturing, telling, stating = Reaching(play, proving), Picturing(), Telling(), Stating(proving)
    try:
        middle = (acts.flash, acts.cut, acts.mend, acts.kill, reaching.perform, picturing.perform, telling.perform)
        for act in (opening, *middle, stating.perform, proving.perform):
            act(play)
    finally:
        play.close()
    return {
        "ladder": play.ladder,
        "attempts": reaching.attempts,
        "certificate": reaching.sentences,
        "origins": picturing.origins,
        "had": picturing.had,
        "warnings": telling.counts,
        "in_force": telling.in_force,
        "page_refusals": stating.refusals,
        "posts": [{"name": post.name, "fingerprint": post.spoken, "link": post.link} for post in play.posts],
        "refusals": proving.refusals,
        "counts": proving.counts,
    }


def _tidy(folder: Path, *, whole: bool, proof: bool) -> None:
    """Remove what should not stay: homes and logs, and without a proof everything."""
    for path in [] if whole else sorted(folder.iterdir()):
        if not (proof and path.name == "proof"):
            shutil.rmtree(path, ignore_errors=True)
    if not whole and not proof:
        shutil.rmtree(folder, ignore_errors=True)


def _paths(folder: Path, whole: bool, verifier: Path) -> dict[str, Any]:
    """What stays, and how to look at it from a shell in `proof`."""
    proof = folder / "proof"
    kinds = ("bundle", "card", "certificate", "html")
    bundles, cards, certificates, pages = (sorted(str(file) for file in proof.glob(f"*.{kind}")) for kind in kinds)
    homes = [str(about.parent) for about in sorted(folder.glob("*/home.json"))] if whole else []
    own = shlex.quote(str(Path(sys.executable).with_name("openline")))
    second = shlex.join([sys.executable, str(verifier)])
    trusted = " ".join(shlex.quote(f"--card={Path(card).name}") for card in cards)
    look = [f"cd {shlex.quote(str(proof))}"]
    for bundle in bundles:
        name = shlex.quote(Path(bundle).name)
        look += [f"{own} verify {name} {trusted}", f"{second} {name} {trusted}"]
    certifier = shlex.join([sys.executable, str(certifier_beside(verifier))])
    for certificate in certificates:
        name = shlex.quote(Path(certificate).name)
        look += [f"{own} verify {name} {trusted}", f"{certifier} {name} {trusted}"]
    pager = shlex.join([sys.executable, str(pager_beside(verifier))])
    for page in pages:
        name = shlex.quote(Path(page).name)
        look += [f"{own} verify {name} {trusted}", f"{pager} {name} {trusted}"]
    look += [f"OPENLINE_PASSPHRASE={PASSPHRASE} {own} inbox --home {shlex.quote(home)}" for home in homes]
    paths = {"folder": str(folder), "bundles": bundles, "certificates": certificates, "cards": cards, "homes": homes}
    paths["pages"] = pages
    return {"paths": paths, "look": look}
