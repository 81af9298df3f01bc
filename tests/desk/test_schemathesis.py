"""The API is as its document tells: real answers of a running post, and what Schemathesis makes up to prove otherwise.

Schemathesis (https://schemathesis.readthedocs.io) is told with whose rights it asks, and asks nobody but the post.
What it does not check here: that whatever is well-formed is also taken, for an entry of a name that nobody has is not;
nor, for programs, that bad tokens are refused with 401, for after thirty of them it is 429 (tests/desk/test_routes.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from tests.desk.api import Api, api, fill

ENDS = ("sign-out", "desk-end", "desk-link", "code-new", "code-confirm")
"""What would end the session with which is asked, or change with what its officer signs in."""

WITHOUT = {"officers": "positive_data_acceptance", "programs": "positive_data_acceptance,ignored_auth"}
"""Which checks are left out, see above."""

WITHIN_SECONDS = 500


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory, built: None) -> Iterator[Api]:
    """A post that runs, with one thing said of each sort."""
    with api(tmp_path_factory.mktemp("api")) as opened:
        yield opened


@pytest.fixture(scope="module")
def ids(at: Api) -> dict[str, str]:
    """What can be shown."""
    return fill(at)


def test_real_answers_are_as_the_document_tells(at: Api, ids: dict[str, str]) -> None:
    document = at.officer.get("/api/v1/openapi.json").json()
    given = {**ids, "at": str(time.time_ns() // 1_000_000), "code": "gap", "text": "59-30N 024-45E", "readout": ""}
    told, wrong = [], list[str]()
    for path, operations in document["paths"].items():
        operation = operations.get("get")
        if operation is None:
            continue
        asked = [each["name"] for each in operation.get("parameters", []) if each["required"] or each["name"] == "line"]
        answer = at.officer.get(path, params={name: given[name] for name in asked if name in given})
        wrong += not_as_told(document, operation, answer.status_code, answer.json())
        told += [path] if answer.status_code == 200 else []
    assert wrong == []
    assert len(told) > 45, told


def not_as_told(document: dict[str, Any], operation: dict[str, Any], status: int, value: Any) -> list[str]:
    """What is wrong with an answer: a status that the document does not name, or another form than it has there."""
    name, responses = operation["operationId"], operation["responses"]
    if str(status) not in responses:
        return [f"{name}: {status}"]
    schema = responses[str(status)]["content"]["application/json"]["schema"]
    whole = {"components": document["components"], "allOf": [schema]}
    return [f"{name} {each.instance_path}: {each.message[:200]}" for each in jsonschema_rs.iter_errors(whole, value)]


def run(at: Api, folder: Path, who: str, *more: str) -> int:
    """How many operations of officers or of programs Schemathesis asked with their rights, with nothing to find."""
    rights = {
        "officers": f'[auth.openapi.session]\napi_key = "{at.session}"\n',
        "programs": f'[auth.openapi.token]\nbearer = "{at.token}"\n',
    }
    config = folder / "schemathesis.toml"
    config.write_text(f"color = false\n{rights[who]}")
    document = folder / "openapi.json"
    document.write_bytes(at.officer.get("/api/v1/openapi.json").content)
    command = [
        str(Path(sys.executable).with_name("schemathesis")),
        *("--config-file", str(config), "run", str(document), "--url", at.address),
        *("-H", f"Origin: {at.address}", "--include-tag", who),
        *[word for each in ENDS for word in ("--exclude-operation-id", each)],
        *("--checks", "all", "--exclude-checks", WITHOUT[who]),
        *("--continue-on-failure", "--suppress-health-check", "all", "--warnings", "off", *more),
    ]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=WITHIN_SECONDS, env={"PATH": "/bin"}
    )
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-2_000:]
    tested = re.search(r"Tested: (\d+)", done.stdout)
    assert tested is not None, done.stdout
    assert at.officer.get("/api/v1/me").status_code == 200, "still signed in, so the rights were there to the end"
    return int(tested[1])


def test_what_is_made_up_for_programs_is_answered_as_told(at: Api, ids: dict[str, str], tmp_path: Path) -> None:
    assert run(at, tmp_path, "programs", "--phases", "coverage,fuzzing", "-n", "1", "--seed", "1") > 50


def test_what_is_made_up_for_officers_is_answered_as_told(at: Api, ids: dict[str, str], tmp_path: Path) -> None:
    assert run(at, tmp_path, "officers", "--phases", "fuzzing", "-n", "2", "--seed", "1") > 100


@pytest.mark.soak
@pytest.mark.parametrize("who", ["programs", "officers"])
def test_much_that_is_made_up_is_answered_as_told(at: Api, ids: dict[str, str], tmp_path: Path, who: str) -> None:
    assert run(at, tmp_path, who, "--phases", "coverage,fuzzing,stateful", "-n", "60") > 50
