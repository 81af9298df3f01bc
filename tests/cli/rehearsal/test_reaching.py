"""What the act tells of attempts and of a certificate; that it can be played is shown by the demo as a process."""

from __future__ import annotations

from io import StringIO

from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.proving import Proving, certifier_beside
from openline.cli.rehearsal.reaching import Reaching
from openline.cli.rehearsal.stage import Stage
from tests.proof.bundles import ROOT


def test_attempts_and_sentences_are_told_with_who_says_so(play: Play) -> None:
    printed = StringIO()
    play.stage = Stage.on(printed)
    act = Reaching(play, Proving(play, ROOT / "tools/verify_bundle.py"))
    tried = {"began": "2022-11-15T20:05:00Z", "means": "link", "layer": "bearer", "text": "the link is up"}
    act.attempts = [{**tried, "officer": None}, {**tried, "means": "telephone", "officer": "Reed"}]
    act.sentences = [{"label": "not known", "text": "Anything of theirs after entry 9."}]
    act._tell_attempts()
    act._tell_sentences()
    said = printed.getvalue()
    assert "20:05:00Z by link (stated by the post), reached bearer: the link is up" in said
    assert "by telephone (Reed)" in said
    assert "[not known] Anything of theirs after entry 9." in said


def test_the_second_verifier_of_certificates_lies_beside_that_of_bundles() -> None:
    assert certifier_beside(ROOT / "tools/verify_bundle.py").is_file()
