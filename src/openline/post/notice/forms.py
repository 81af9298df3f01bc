"""The forms of notices that a post knows: those shipped, and its own in `forms/` of its home.

A file is named NAME-VERSION.toml. A file of the home with the name and version of a shipped one counts instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

import openline
from openline.areas.forms import Form, digest, read_form
from openline.errors import Misuse, PeerError, UnknownName
from openline.limits import FORM_MAX_BYTES, FORMS_MAX
from openline.post.home.homes import read_file
from openline.wire.rules import FormRef

SHIPPED: Final = Path(openline.__file__).with_name("forms")
FOLDER: Final = "forms"


class Known(msgspec.Struct, frozen=True):
    """A form, and what members sign of it; `own` where the file lies in the home."""

    form: Form
    ref: FormRef
    own: bool


class Forms:
    """All forms of a post, by name and version."""

    def __init__(self, home: Path | None = None) -> None:
        """Raises Misuse for a file in the home that is no form, CannotRead for one that cannot be read."""
        self._held: dict[tuple[str, int], Known] = {}
        for folder, own in ((SHIPPED, False), *([] if home is None else [(home / FOLDER, True)])):
            for file in sorted(folder.glob("*.toml"))[:FORMS_MAX]:
                known = _read(file, own=own)
                self._held[known.form.name, known.form.version] = known

    def all(self) -> list[Known]:
        """Every form, by name, then by version."""
        return [self._held[key] for key in sorted(self._held)]

    def by_ref(self, ref: FormRef) -> Form | None:
        """The form that a notice names, if the file here is the same one."""
        known = self._held.get((ref.name, ref.version))
        return known.form if known is not None and known.ref == ref else None

    def named(self, text: str) -> Known:
        """A form by its name, or name@version; without a version the newest. Raises UnknownName or Misuse."""
        name, at, number = text.partition("@")
        if at and not number.isdecimal():
            raise Misuse(f"{text!r} is no form: write NAME or NAME@VERSION, such as live-fire-exercise@1.")
        found = [known for known in self.all() if known.form.name == name]
        found = [known for known in found if not at or known.form.version == int(number)]
        if not found:
            names = ", ".join(dict.fromkeys(known.form.name for known in self.all()))
            raise UnknownName(f"There is no form {text!r} here; there are: {names}.")
        return found[-1]


def _read(file: Path, *, own: bool) -> Known:
    data = read_file(file, FORM_MAX_BYTES)
    try:
        form = read_form(data)
    except PeerError as error:
        raise Misuse(f"{file.name}: {error}") from None
    return Known(form, FormRef(form.name, form.version, digest(data)), own)
