"""Commands for the desk: links, who signs in, and a post that serves with one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from openline.cli import desk
from openline.desk import pages
from openline.errors import DeskNotBuilt
from tests.pair import WAIT_SECONDS, done, environment, make, refused


def test_a_link_a_list_and_an_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = make(tmp_path / "north", "North", "Berg")
    value = done(home, "desk", "link", "Berg", "--role", "viewer")
    assert (value["officer"], value["roles"], value["url"]) == ("Berg", ["viewer"], None)
    assert done(home, "desk", "list") == {
        "accounts": [
            {"officer": "Berg", "number": 1, "roles": ["viewer"], "password": False, "signed_in": None, "times": 0}
        ],
        "url": None,
    }
    assert done(home, "desk", "end", "Berg") == {"officer": "Berg", "number": 1}
    assert refused(home, "desk", "end", "Berg") == (1, "unknown-name")
    assert refused(home, "desk", "link", "Berg", "--role", "captain") == (2, "misuse")
    assert refused(home, "serve", "--desk", "0.0.0.0:8080") == (2, "misuse")
    assert refused(home, "serve", "--desk", "8080") == (2, "misuse")
    assert refused(home, "serve", "--guide") == (2, "misuse")
    assert desk.desk.name == ("desk",)


def test_tokens_are_made_shown_once_and_revoked(tmp_path: Path) -> None:
    home = make(tmp_path / "north", "North", "Berg")
    made = done(home, "desk", "token", "add", "archive", "--role", "viewer", "--until", "30d")
    assert (made["name"], made["role"]) == ("archive", "viewer")
    told = done(home, "desk", "token", "list")["tokens"]
    assert [(each["name"], each["role"], each["until"], each["used"]) for each in told] == [
        ("archive", "viewer", made["until"], None)
    ]
    assert made["token"][-43:] not in str(told)
    assert refused(home, "desk", "token", "add", "archive") == (1, "name-taken")
    assert refused(home, "desk", "token", "add", "other", "--role", "administrator") == (2, "misuse")
    assert refused(home, "desk", "token", "add", "other", "--until", "367d") == (2, "misuse")
    assert done(home, "desk", "token", "revoke", "archive")["name"] == "archive"
    assert refused(home, "desk", "token", "revoke", "archive") == (1, "unknown-name")
    assert done(home, "desk", "token", "list") == {"tokens": []}


def test_serve_says_where_the_desk_is_and_stops_with_it(tmp_path: Path) -> None:
    try:
        pages.load()
    except DeskNotBuilt as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))
    home = make(tmp_path / "north", "North", "Berg")
    command = [sys.executable, "-m", "openline.cli", "serve", "--home", str(home), "--desk", "127.0.0.1:0", "--json"]
    with open(tmp_path / "log", "w") as log:
        served = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        assert served.stdout is not None
        said = json.loads(served.stdout.readline())
        assert said["first"].startswith(said["desk"] + "/#link=")
        with urllib.request.urlopen(f"{said['desk']}/healthz", timeout=WAIT_SECONDS) as answer:
            assert json.load(answer) == {"ok": True}
        well = done(home, "health")
        assert (well["ok"], well["turns"], well["reads"], well["writes"]) == (True, True, True, True)
        assert done(home, "desk", "list")["url"] == said["desk"]
        served.terminate()
        assert served.wait(20) == 0
    finally:
        served.kill()
        served.communicate()
    assert said["first"].rpartition("=")[2] not in (tmp_path / "log").read_text()


def test_a_post_without_a_desk_loads_none_of_it() -> None:
    code = (
        "import sys, openline.cli.main; "
        "print([name for name in ('openline.desk', 'starlette', 'uvicorn', 'argon2', 'h11') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
