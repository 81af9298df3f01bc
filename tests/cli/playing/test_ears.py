"""What posts tell comes into one queue, with whose post it was."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from openline.cli.playing import orders
from openline.cli.playing.cast import Cast
from openline.cli.playing.ears import Ears, Heard
from openline.exercises.incident import Fault
from openline.post.loop import now
from tests.pair import WAIT_SECONDS


def test_both_sides_are_heard_and_a_post_that_comes_back_is_heard_again(cast: Cast) -> None:
    queue: SimpleQueue[Any] = SimpleQueue()
    ears = Ears(queue, now)
    try:
        for name, post in cast.posts.items():
            ears.listen(name, post.home)
        cast.processes.until(ears.all_listen, "ears")
        for fault in (None, Fault(at="1m", down="South")):
            if fault:
                cast.breaks(fault)
                cast.mends(fault)
            before = now()
            value, _ = orders.carry_out(cast.posts["North"].home, ["send", "strait", "Do you hear?"])
            heard: dict[str, Heard] = {}
            while set(heard) != {"North", "South"}:
                item = queue.get(timeout=WAIT_SECONDS)
                if item.event["what"] == "entry" and item.event["id"] == value["id"]:
                    heard[item.party] = item
            assert all(item.wall >= before for item in heard.values())
    finally:
        ears.close()
