"""Forms of a post: the shipped ones, its own, and what is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from openline.errors import Misuse, UnknownName
from openline.post.notice.forms import SHIPPED, Forms
from openline.wire.rules import FormRef


def test_shipped_forms_and_those_of_the_home(tmp_path: Path) -> None:
    forms = Forms(tmp_path)
    assert len(forms.all()) == 11
    known = forms.named("accident")
    assert forms.named("accident@1") == known
    assert forms.by_ref(known.ref) == known.form
    assert forms.by_ref(FormRef("accident", 1, bytes(32))) is None
    own = tmp_path / "forms"
    own.mkdir()
    (own / "accident-2.toml").write_text(
        (SHIPPED / "accident-1.toml").read_text().replace("version = 1", "version = 2")
    )
    assert Forms(tmp_path).named("accident").ref.version == 2
    assert Forms(tmp_path).named("accident").own
    (own / "wrong-1.toml").write_text("x")
    with pytest.raises(Misuse, match="wrong-1"):
        Forms(tmp_path)


def test_what_is_not_there() -> None:
    for text, error in (("accident@x", Misuse), ("accident@7", UnknownName), ("party", UnknownName)):
        with pytest.raises(error):
            Forms().named(text)
