"""Commands for proof: write a bundle, verify one, compare two."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from openline.cli.common import DEFAULTS, DONE, REFUSED, Common, app, out, print_json
from openline.cli.peers import read_card
from openline.cli.screen import on_one_line
from openline.errors import Misuse, NoHome
from openline.identity.card import Card
from openline.post import requests, verifying
from openline.post.home import homes
from openline.post.names import ID_DIGITS_MIN
from openline.proof.certificate import merged
from openline.proof.compare import compare
from openline.proof.finding import Finding
from openline.terms import PostId


@app.command
def export(
    line: str,
    /,
    *,
    file: Annotated[Path, Parameter(name="--out", help="The file to write.")],
    withhold: Annotated[
        tuple[str, ...],
        Parameter(help="Entry whose text stays closed, or one item of it, as ID#1; may be repeated."),
    ] = (),
    withhold_all: Annotated[bool, Parameter(help="Close all texts: show only who wrote when.")] = False,
    common: Common = DEFAULTS,
) -> int:
    """Write a bundle of a line, which anyone can verify with no post at all. Read what it reveals, then give it away.

    Example: openline export strait --out strait.bundle
    """
    request = requests.Export(line=line, file=str(file.absolute()), withhold=withhold, withhold_all=withhold_all)

    def words(value: Any) -> None:
        for sentence in value["reveals"]:
            out.print(on_one_line(sentence), markup=False)
        out.print(f"Written: {value['file']}, {value['bytes']} bytes.", markup=False)

    return common.say(common.ask(request), words)


@app.command
def verify(
    path: Path,
    /,
    *,
    card: Annotated[tuple[Path, ...], Parameter(help="Card that you trust; may be repeated.")] = (),
    against: Annotated[Path | None, Parameter(help="Another bundle or home: say what each left out.")] = None,
    line: Annotated[str, Parameter(help="Which line of a home; needed when it has several.")] = "",
    entry: Annotated[
        tuple[str, ...], Parameter(help="Entry of which to say between which others it was signed; may be repeated.")
    ] = (),
    common: Common = DEFAULTS,
) -> int:
    """Verify a bundle, a certificate of no contact, the public page of a joint statement, or the record in a home.

    Only the cards of this home and those that you name are trusted.
    Exit 0 only when all is proved under keys that you know. No post has to run, and no passphrase is asked for.
    Without a home and without cards it says whose keys to compare, and exits 1.

    Example: openline verify strait.bundle --card northern.card --card southern.card
    """
    known, wanted = _known(common, card), [_digits(each) for each in entry]
    first = verifying.verify(path.absolute(), line, known, wanted)
    if against is None:
        return _say(common, first)
    second = verifying.verify(against.absolute(), line, known)
    if first.statement is not None or second.statement is not None:
        raise Misuse("The public page of a statement is no record, and has nothing to compare: verify it by itself.")
    comparison = compare(first, second)
    both = merged(first.certificate, second.certificate)
    fine = first.ok and second.ok and comparison.same
    if common.json:
        print_json(
            {
                "first": first.as_json(),
                "second": second.as_json(),
                "comparison": comparison.as_json(),
                "merged": None if both is None else both.as_json(),
                "ok": fine,
            }
        )
    else:
        for sentence in comparison.sentences(str(path), str(against)):
            out.print(on_one_line(sentence), markup=False)
        for name, finding in ((path, first), (against, second)):
            out.print(f"\n{name}:", markup=False)
            for sentence in finding.sentences():
                out.print(on_one_line(sentence), markup=False)
        if both is not None:
            out.print("\nBoth together; two certificates of one contact never contradict each other:", markup=False)
            for sentence in both.lines():
                out.print(on_one_line(sentence), markup=False)
    return DONE if fine else REFUSED


def _digits(text: str) -> str:
    if re.fullmatch(rf"[0-9a-fA-F]{{{ID_DIGITS_MIN},{verifying.ID_DIGITS}}}", text) is None:
        raise Misuse(f"{text!r} is no id of an entry: type the first {ID_DIGITS_MIN} hexadecimal digits or more.")
    return text


def _say(common: Common, finding: Finding) -> int:
    if common.json:
        print_json(finding.as_json())
    else:
        for sentence in finding.sentences():
            out.print(on_one_line(sentence), markup=False)
    return DONE if finding.ok else REFUSED


def _known(common: Common, files: tuple[Path, ...]) -> Mapping[PostId, Card]:
    """The cards that count: those of this home, where there is one, and those that were named; there may be none."""
    known: dict[PostId, Card] = {}
    with suppress(NoHome):
        known.update(verifying.trusted(homes.find(common.path)))
    for file in files:
        given = read_card(file)
        held = known.get(given.post)
        known[given.post] = given if held is None else held.merged(given)
    return known
