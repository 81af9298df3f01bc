"""A post of the demo, with a real `openline serve` behind it."""

from __future__ import annotations

import pytest

from openline.cli.rehearsal.play import Play
from openline.errors import DemoFailed
from openline.post import requests


def test_it_is_founded_served_killed_and_served_again(play: Play) -> None:
    post = play.west
    play.processes.answers([post.found()])
    post.spoken = play.processes.answers([post.write_card()])[0]["fingerprint"]
    assert post.card.is_file()
    post.start()
    post.ready()
    first = post.pid
    assert 0 < post.port < 65_536
    assert post.ask(requests.About()) == {
        "name": "Washington",
        "post": post.ask(requests.About())["post"],
        "fingerprint": post.spoken,
    }
    assert not post.is_asked()
    post.kill()
    with pytest.raises(DemoFailed, match="Washington does not answer"):
        post.ask(requests.About())
    post.start()
    post.ready()
    assert post.pid != first
    assert post.ask(requests.About())["name"] == "Washington"
    post.served.process.kill()
    with pytest.raises(DemoFailed, match=f"serve Washington \\(process {post.pid}\\) ended by itself with status -9"):
        post.ask(requests.About())


def test_before_it_serves_it_has_no_process(play: Play) -> None:
    with pytest.raises(DemoFailed, match="Washington does not serve"):
        repr(play.west.pid)
