"""The acts of the evening: a FLASH and its ladder, a cut healed through the third, the path mended, a post killed."""

from __future__ import annotations

from functools import partial
from typing import Any

from openline.cli.rehearsal.play import Play
from openline.cli.rehearsal.posts import Post
from openline.errors import DemoFailed

OFFICE = "the office of the chief of the general staff"
SIGNED = ("delivered", "seen", "taken", "passed on", "answered")
"""The rungs each of which has to be a signature of the other side."""


def flash(play: Play) -> None:
    """One side asks for the other's chief; who has the message, and where it went, is proved rung by rung."""
    west, east, third, stage = play.west, play.east, play.third, play.stage
    stage.begin("flash", "2. “They couldn't connect me”: a FLASH, and how far it got")
    play.tell_facts("flash")
    message = play.say("flash")
    with stage.step(f"{east.name} has signed that it holds the FLASH", "FLASH delivered and signed for"):
        play.await_rung(west, message, "delivered", east)
    with stage.step(f"So has {third.name}"):
        play.await_rung(west, message, "delivered", third)
    with stage.step(f"{east.officer}, on watch in {east.name}, has seen it, takes it and passes it on to {OFFICE}"):
        play.await_message(east, message)
        east.mark(message, "seen")
        east.mark(message, "taken")
        east.mark(message, "passed-on", OFFICE)
    play.say("answer")
    with stage.step(f"{west.name} has the whole ladder: each rung above “carried” is a signature of the other side"):
        for rung in SIGNED:
            play.await_rung(west, message, rung, east)
        play.ladder = west.rungs(message)
        check_ladder(play.ladder, west, east)
    stage.ladder(play.ladder)


def check_ladder(ladder: list[dict[str, Any]], author: Post, other: Post) -> None:
    """Raises DemoFailed unless it goes from kept to answered, and every signed rung names the entry that proves it.

    “Carried” is the sender's own word, and is not said any more where a signature came before it.
    """
    reached = {(each["rung"], each["by"]) for each in ladder}
    wanted = {("kept", author.name), *((rung, other.name) for rung in SIGNED)}
    if wanted - reached:
        raise DemoFailed(f"Rungs are missing: {sorted(wanted - reached)}.")
    if any(each["rung"] in SIGNED and not each["proof"] for each in ladder):
        raise DemoFailed("A rung of the ladder is not proved by an entry.")


def cut(play: Play) -> None:
    """The path between the two sides is dead; what they say goes through the third."""
    west, east, third, stage = play.west, play.east, play.third, play.stage
    stage.begin("cut", f"3. The path between {west.name} and {east.name} is cut")
    play.tell_facts("cut")
    told = len(play.told())
    with stage.step("Cut: from now on that path carries nothing, and tells nobody"):
        play.cable.cut()
    passed = play.cable.passed_bytes
    message = play.say("restraint")
    with stage.step(f"{east.name} has signed that it holds it: it came through {third.name}", "through the third post"):
        play.await_rung(west, message, "delivered", east)
        _check_detour(play, west, message, passed)
    with stage.step(f"{west.name} learns that its link to {east.name} is down", "the cut noticed"):
        play.processes.until(lambda: not west.linked(east.name), "the link that is down")
    down = f"link to {east.name} is down"
    with stage.step(f"What the desk in {west.name} was told (openline watch)") as more:
        number = west.number(message)
        play.processes.until(lambda: down in told_in_words(play.told()[told:], number), "word of the link that is down")
        more.extend(told_in_words(play.told()[told:], number))
        if f"carried to {east.name}" in more:
            raise DemoFailed(f"The desk was told that {east.name} was reached by the path that is cut.")
    east.mark(message, "seen")
    answer = play.say("agreed")
    with stage.step(f"The answer of {east.name} has come back the same way"):
        play.await_message(west, answer)
        _check_detour(play, east, answer, passed)
    stage.note(
        f"{third.name} is a member of the line and can read what it passes on; it can change nothing and invent "
        "nothing, for every entry carries its author's signature."
    )


def _check_detour(play: Play, author: Post, entry: str, passed: int) -> None:
    """Raises DemoFailed if an entry went from one side to the other by the path that is cut."""
    other = play.east if author is play.west else play.west
    if author.reached(entry, "carried", other.name) or play.cable.passed_bytes != passed:
        raise DemoFailed("It came by the path that is cut.")


def told_in_words(events: list[dict[str, Any]], number: int) -> list[str]:
    """What a desk is told of links, and of our entries from this one on, in a few words each and each once."""
    words: dict[str, None] = {}
    for event in events:
        if event["what"] == "changed" and "link to" in event["text"]:
            words[event["text"]] = None
        elif event["what"] == "carried" and event["number"] >= number:
            words[f"carried to {event['to']}"] = None
        elif event["what"] == "delivered" and event["number"] >= number:
            words[f"signed for by {event['by']}"] = None
    return list(words)


def mend(play: Play) -> None:
    """The path returns."""
    west, east, stage = play.west, play.east, play.stage
    stage.begin("mend", "4. The path returns")
    with stage.step(f"{west.name} and {east.name} have found each other again", "the direct path found again") as more:
        play.cable.mend()
        play.processes.until(lambda: west.linked(east.name) and east.linked(west.name), "the link")
        more.append("It was tried every few seconds only, for nothing waited: all had gone through the third")
    passed = play.cable.passed_bytes
    message = play.say("direct")
    text_bytes = len(play.evening.message("direct").text.encode())
    with stage.step(f"{west.name} has signed that it holds it, and the direct path has carried it"):
        play.await_rung(east, message, "delivered", west)
        play.processes.until(lambda: play.cable.passed_bytes - passed > text_bytes, "bytes on the direct path")


def kill(play: Play) -> None:
    """A post loses its power after it has accepted three messages; it comes back, and nothing is lost or doubled."""
    west, east, third, stage = play.west, play.east, play.third, play.stage
    stage.begin("kill", f"5. The post of {east.name} is killed")
    play.tell_facts("kill")
    sent = [play.say(key) for key in ("first", "second", "third")]
    with stage.step(f"SIGKILL to process {east.pid}, the post of {east.name}") as more:
        east.kill()
        more.append(f"{len(_from(west, sent))} of its last {len(sent)} messages had come to {west.name} by then")
    message = play.say("finding")
    with stage.step(f"{west.name} is told “not yet”: kept, and not delivered to {east.name}"):
        if west.reached(message, "delivered", east.name):
            raise DemoFailed(f"{east.name} has signed though it is dead.")
    with stage.step(f"{east.name} starts again from what it has on disk", "the killed post ready again") as more:
        east.start()
        east.ready()
        play.cable.leads_to = east.port
        more.append(f"It is process {east.pid} at {east.link}")
    with stage.step(f"{west.name} and {third.name} have all {len(sent)} messages of {east.name}, in order, once"):
        for post in (west, third):
            play.processes.until(partial(_holds, post, sent), f"what {east.name} had accepted, at {post.name}")
            if _from(post, sent) != sent:
                raise DemoFailed(f"{post.name} holds the messages of {east.name} doubled or out of order.")
    with stage.step(f"{east.name} has signed that it holds what {west.name} said meanwhile"):
        play.await_rung(west, message, "delivered", east)
    with stage.step(f"It came by whoever was reached first; now {west.name} and {east.name} are linked, too"):
        play.processes.until(lambda: west.linked(east.name) and east.linked(west.name), "the link")


def _holds(post: Post, sent: list[str]) -> bool:
    return set(sent) <= set(_from(post, sent))


def _from(post: Post, sent: list[str]) -> list[str]:
    """Which of these messages are here, in the order of their author's feed."""
    held = sorted(post.inbox(), key=lambda each: int(each["number"]))
    return [each["id"] for each in held if each["id"] in sent]
