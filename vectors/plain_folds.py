"""What the generators of folds share: entries of an exchange as a record gives them, without headers and signatures.

    id, author, number     the entry, its author and its place in that author's feed
    time, class, officer   its signed time in milliseconds, its traffic class, whether an officer's act is on it
    exchange, refers       the opening that it names, null where it opens; the entries that it refers to
    knew                   the highest number of each other author that its author had signed for by then
    kind, items            its kind and its body items in hex; null is one that is withheld
"""

from plain_cbor import cbor, seed

ALPHA, BRAVO, CHARLIE, DELTA = (seed(name) for name in ("alpha", "bravo", "charlie", "delta"))


def item(value):
    """A body item in hex."""
    return None if value is None else cbor(value).hex()


def entry(label, author, number, kind, *items, to=(), knew=None, time=0, officer=True, traffic=0):
    """An entry; `to` are the labels of the opening and of what else it refers to, none for what opens."""
    return {
        "id": seed(label).hex(),
        "author": author.hex(),
        "number": number,
        "time": time,
        "class": traffic,
        "officer": officer,
        "exchange": seed(to[0]).hex() if to else None,
        "refers": [seed(each).hex() for each in to],
        "knew": {post.hex(): had for post, had in (knew or {}).items()},
        "kind": kind,
        "items": list(map(item, items)),
    }


def ids(*labels):
    """The ids of entries, rising."""
    return sorted(seed(label).hex() for label in labels)
