"""Navigational warnings in the words of those who issue them: NAVAREA, HYDROLANT, HYDROPAC, HYDROARC and their like.

`read` reads one, `read_many` a file of them, `as_json` gives the field names that the samples use. In reading order:

1. `messages` cuts a file into messages, whatever envelope they came in.
2. `tokens` cuts a message into words, each with where it stands.
3. `positions`, `times`, `places`, `cancels` each understand one kind of phrase, and mark the words they understood.
4. `reader` walks the words, then refuses every number, position and time that nobody understood.
5. `doubts` holds the parts against each other, and flags contradictions.
"""

from openline.areas.navwarn.messages import read_many
from openline.areas.navwarn.reader import read
from openline.areas.navwarn.written import as_json

__all__ = ["as_json", "read", "read_many"]
