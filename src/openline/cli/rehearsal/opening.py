"""The first act: three posts are made and started, their cards compared, and a line is opened between them."""

from __future__ import annotations

from openline.cli.rehearsal.cable import HOST
from openline.cli.rehearsal.play import Play
from openline.post import requests

ONE_PERSON = "two-persons = []"
"""Rules of the line of the evening: each side has one officer awake, who also speaks for it."""


def opening(play: Play) -> None:
    """From nothing to a line on which all three can write."""
    stage, posts, west, east, third = play.stage, play.posts, play.west, play.east, play.third
    stage.begin("opening", "1. Three posts that do not trust each other")
    with stage.step("Each makes its own keys and card (openline init, openline card)"):
        play.processes.answers([post.found() for post in posts])
        for post, said in zip(posts, play.processes.answers([post.write_card() for post in posts]), strict=True):
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
                    here.trusts(there)
    with stage.step(f"{west.name} calls {east.name}, and both call {third.name}"):
        play.lay_cable()
        for here, there, port in ((west, east, play.cable.port), (west, third, third.port), (east, third, third.port)):
            here.ask(requests.PeerAddress(peer=there.name, addresses=(f"wss://{HOST}:{port}",)))
    with stage.step(f"{west.name} proposes the line “{play.evening.line}”, and the others accept it"):
        _open_line(play)
        play.watch()


def _open_line(play: Play) -> None:
    until, line, others = play.processes.until, play.evening.line, (play.east, play.third)
    peers = tuple(post.name for post in others)
    play.west.ask(requests.LineOpen(line=line, peers=peers, text=ONE_PERSON))
    for post in others:
        until(post.is_asked, f"{post.name} is asked")
        post.ask(requests.LineAccept(line=line))
    for post in play.posts:
        post.line = line
        until(post.is_complete, f"{post.name} has heard everybody")
