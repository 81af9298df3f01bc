"""A cast on its feet: its posts run and are listened to, as long as a run lasts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Any, Final

from openline.cli.playing.cast import PASSPHRASE, Cast
from openline.cli.playing.ears import Ears
from openline.post.loop import now

VARIABLE: Final = "OPENLINE_PASSPHRASE"


@contextmanager
def on_stage(cast: Cast, queue: SimpleQueue[Any], say: Callable[[str], None]) -> Iterator[None]:
    """Open the posts of a cast, and hear all that they tell in `queue`; at the end all processes have ended."""
    ears = Ears(queue, now)
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = PASSPHRASE
    try:
        with cast.processes:
            cast.open(say)
            for name, post in cast.posts.items():
                ears.listen(name, post.home)
            cast.processes.until(ears.all_listen, "every desk that watches")
            yield
    finally:
        ears.close()
        cast.close()
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
