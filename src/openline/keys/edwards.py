"""The group of Ed25519 in plain Python (RFC 8032 section 5.1), for what the library does not answer.

Slow (milliseconds) and not constant-time: for public values only. Points are in extended coordinates
(X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z, as in RFC 8032 section 5.1.4.
"""

from __future__ import annotations

from typing import Final

Point = tuple[int, int, int, int]

P: Final = 2**255 - 19
"""The prime of the field."""

L: Final = 2**252 + 27742317777372353535851937790883648493
"""The order of the base point, and of the subgroup that a good key is in."""

D: Final = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_ONE: Final = pow(2, (P - 1) // 4, P)

IDENTITY: Final[Point] = (0, 1, 1, 0)


def decode(encoded: bytes) -> Point | None:
    """The point that 32 bytes stand for, or None unless they are its one canonical encoding.

    Stricter than RFC 8032 section 5.1.3 in nothing, but said fully: y below the prime, and no sign bit when x is 0.
    """
    if len(encoded) != 32:
        return None
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _x_of(y: int, sign: int) -> int | None:
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u:
        x = x * SQRT_MINUS_ONE % P
    if v * x * x % P != u or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def encode(point: Point) -> bytes:
    """The canonical 32 bytes of a point (RFC 8032 section 5.1.2)."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(p: Point, q: Point) -> Point:
    """The sum of two points; complete, so it doubles too (RFC 8032 section 5.1.4)."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def double(p: Point) -> Point:
    """The sum of a point and itself, cheaper than `add`."""
    a, b = p[0] * p[0] % P, p[1] * p[1] % P
    h, s = a + b, p[0] + p[1]
    e, g = h - s * s, a - b
    f = 2 * p[2] * p[2] % P + g
    return e * f % P, g * h % P, f * g % P, e * h % P


def negate(p: Point) -> Point:
    """The point that adds to nothing with this one."""
    return -p[0] % P, p[1], p[2], -p[3] % P


def multiply(scalar: int, p: Point) -> Point:
    """A point added to itself `scalar` times; the scalar is not reduced, so that it is right outside the subgroup."""
    result = IDENTITY
    for bit in bin(scalar)[2:]:
        result = double(result)
        if bit == "1":
            result = add(result, p)
    return result


def is_identity(p: Point) -> bool:
    """True for the neutral point."""
    return p[0] % P == 0 and (p[1] - p[2]) % P == 0


def in_prime_subgroup(p: Point) -> bool:
    """True when the order of the point is exactly `L`: not small, and without a part of small order."""
    return not is_identity(p) and is_identity(multiply(L, p))


def _base() -> Point:
    y = 4 * pow(5, P - 2, P) % P
    point = decode(y.to_bytes(32, "little"))
    assert point is not None
    return point


BASE: Final = _base()
"""The base point B (RFC 8032 section 5.1)."""


def _small_order() -> tuple[Point, ...]:
    """The eight points whose order divides 8, as the multiples of one of order 8."""
    y = 2
    while True:
        point = decode(y.to_bytes(32, "little"))
        if point is not None:
            torsion = multiply(L, point)
            if not is_identity(multiply(4, torsion)):
                return tuple(multiply(n, torsion) for n in range(8))
        y += 1


SMALL_ORDER: Final = _small_order()
"""The eight points of small order; the n-th is n times the second, so the first is the neutral point."""


def _small_order_encodings() -> frozenset[bytes]:
    encodings: set[bytes] = set()
    for point in SMALL_ORDER:
        canonical = int.from_bytes(encode(point), "little")
        sign, y = canonical >> 255, canonical & (2**255 - 1)
        signs = (0, 1) if point[0] % P == 0 else (sign,)
        ys = (y, y + P) if y + P < 2**255 else (y,)
        encodings.update((each | bit << 255).to_bytes(32, "little") for each in ys for bit in signs)
    return frozenset(encodings)


SMALL_ORDER_ENCODINGS: Final = _small_order_encodings()
"""Every 32 bytes that a lax decoder takes for a point of small order, canonical or not: fourteen."""
