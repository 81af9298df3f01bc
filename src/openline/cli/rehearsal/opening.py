"""The first act: three posts are made and started, their cards compared, and a line is opened between them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Any

from openline.cli.rehearsal.cable import HOST
from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.cli.rehearsal.processes import Child
from openline.errors import DemoFailed
from openline.identity.card import Card
from openline.post import requests


def opening(play: Play) -> None:
    """From nothing to a line on which all three can write."""
    stage, posts, west, east, third = play.stage, play.posts, play.west, play.east, play.third
    stage.begin("opening", "1. Three posts that do not trust each other")
    with stage.step("Each makes its own keys and card (openline init, openline card)"):
        all_done(play, [post.found() for post in posts])
        for post, said in zip(posts, all_done(play, [post.write_card() for post in posts]), strict=True):
            post.spoken = said["fingerprint"]
    for post in posts:
        stage.note(f"{post.name} reads out its card: {post.spoken}")
    with stage.step("Each starts its post (openline serve)") as more:
        for post in posts:
            post.start()
        for post in posts:
            post.ready()
            more.append(f"{post.name} is process {post.pid} at {post.link}")
    with stage.step("The sixty digits of each card are compared: here by this program, between people by voice"):
        for here in posts:
            for there in posts:
                if there is not here:
                    trust(here, there)
    with stage.step(f"{west.name} calls {east.name}, and both call {third.name}"):
        play.lay_cable()
        for here, there, port in ((west, east, play.cable.port), (west, third, third.port), (east, third, third.port)):
            here.ask(requests.PeerAddress(peer=there.name, addresses=(f"wss://{HOST}:{port}",)))
    with stage.step(f"{west.name} proposes the line “{play.evening.line}”, and the others accept it"):
        _open_line(play)
        play.watch()


def all_done(play: Play, children: Iterable[Child]) -> list[dict[str, Any]]:
    """What commands say that run at the same time, and must succeed."""
    said = []
    for child in children:
        if play.processes.finish(child) != 0:
            raise DemoFailed(f"“{child.what}” failed. {child.output} {child.last_words}".strip())
        said.append(json.loads(child.output))
    return said


def trust(here: Post, there: Post) -> None:
    """Compare the digits of a card, and add it. Raises DemoFailed when they are not those that were read out."""
    data = there.card.read_bytes()
    if Card.admit(data).fingerprint != there.spoken:
        raise DemoFailed(f"The card of {there.name} has other digits than those that {there.name} read out.")
    here.ask(requests.PeerAdd(card=base64.b64encode(data).decode(), fingerprint=there.spoken))


def _open_line(play: Play) -> None:
    until, line, others = play.processes.until, play.evening.line, (play.east, play.third)
    play.west.ask(requests.LineOpen(line=line, peers=tuple(post.name for post in others)))
    for post in others:
        until(post.is_asked, f"{post.name} is asked")
        post.ask(requests.LineAccept(line=line))
    for post in play.posts:
        post.line = line
        until(post.is_complete, f"{post.name} has heard everybody")
