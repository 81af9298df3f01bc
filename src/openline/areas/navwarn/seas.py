"""Where the seas are that a warning names at its head, generously: a position far outside has a wrong digit or letter.

Issuers head a warning with its sea: `BLACK SEA.` A position in no box of the seas named is flagged, never corrected.
The boxes are our own, wider than the seas by some degrees; they are for doubting, not for drawing.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from openline.areas.shapes import Position


class Box(msgspec.Struct, frozen=True):
    """From `south` to `north`, and eastwards from `west` to `east`, across the antimeridian if west is above east."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, position: Position) -> bool:
        """Whether the position is in the box."""
        longitude, latitude = position
        inside = (
            self.west <= longitude <= self.east
            if self.west <= self.east
            else longitude >= self.west or longitude <= self.east
        )
        return inside and self.south <= latitude <= self.north


SEAS: Final[dict[str, Box]] = {
    "NORTH ATLANTIC": Box(-6, 72, -100, 20),
    "WESTERN NORTH ATLANTIC": Box(-3, 70, -100, -10),
    "EASTERN NORTH ATLANTIC": Box(-4, 72, -50, 10),
    "SOUTH ATLANTIC": Box(-80, 6, -75, 40),
    "WESTERN SOUTH ATLANTIC": Box(-80, 3, -75, -5),
    "EASTERN SOUTH ATLANTIC": Box(-80, 3, -40, 40),
    "NORTH PACIFIC": Box(-6, 70, 95, -75),
    "WESTERN NORTH PACIFIC": Box(-6, 70, 95, -150),
    "EASTERN NORTH PACIFIC": Box(-6, 70, 160, -70),
    "SOUTH PACIFIC": Box(-80, 6, 130, -60),
    "WESTERN SOUTH PACIFIC": Box(-80, 6, 125, -140),
    "EASTERN SOUTH PACIFIC": Box(-80, 6, 170, -60),
    "INDIAN OCEAN": Box(-80, 35, 10, 155),
    "NORTHERN INDIAN OCEAN": Box(-12, 35, 35, 115),
    "WESTERN INDIAN OCEAN": Box(-75, 32, 10, 85),
    "EASTERN INDIAN OCEAN": Box(-75, 32, 65, 150),
    "ARCTIC": Box(55, 90, -180, 180),
    "BLACK SEA": Box(39, 49, 25, 44),
    "AEGEAN SEA": Box(33, 43, 20, 31),
    "MEDITERRANEAN SEA": Box(28, 48, -9, 40),
    "WESTERN MEDITERRANEAN SEA": Box(32, 47, -9, 19),
    "EASTERN MEDITERRANEAN SEA": Box(28, 48, 8, 40),
    "ADRIATIC SEA": Box(37, 48, 10, 22),
    "NORTHERN ADRIATIC SEA": Box(39, 48, 10, 22),
    "BALTIC SEA": Box(51, 68, 6, 33),
    "EASTERN BALTIC SEA": Box(51, 68, 10, 33),
    "WESTERN BALTIC SEA": Box(51, 62, 6, 25),
    "NORTH SEA": Box(48, 66, -9, 14),
    "NORWEGIAN SEA": Box(58, 80, -20, 30),
    "GREENLAND SEA": Box(63, 88, -45, 30),
    "BARENTS SEA": Box(62, 86, 5, 80),
    "KARA SEA": Box(64, 87, 40, 125),
    "LAPTEV SEA": Box(68, 88, 90, 150),
    "EAST SIBERIAN SEA": Box(66, 88, 130, -165),
    "CHUKCHI SEA": Box(62, 82, 165, -145),
    "BEAUFORT SEA": Box(65, 82, -170, -110),
    "BERING SEA": Box(48, 70, 158, -150),
    "SEA OF OKHOTSK": Box(41, 65, 132, 168),
    "SEA OF JAPAN": Box(31, 55, 124, 146),
    "YELLOW SEA": Box(29, 43, 115, 131),
    "EAST CHINA SEA": Box(20, 36, 115, 134),
    "SOUTH CHINA SEA": Box(-8, 30, 97, 125),
    "PHILIPPINE SEA": Box(-2, 40, 118, 150),
    "CORAL SEA": Box(-35, -4, 138, 176),
    "TASMAN SEA": Box(-55, -24, 142, 180),
    "GREAT AUSTRALIAN BIGHT": Box(-50, -28, 110, 152),
    "ARAFURA SEA": Box(-15, 0, 125, 145),
    "JAVA SEA": Box(-12, 2, 100, 122),
    "ANDAMAN SEA": Box(2, 22, 86, 102),
    "BAY OF BENGAL": Box(-2, 26, 75, 102),
    "ARABIAN SEA": Box(-2, 30, 46, 82),
    "PERSIAN GULF": Box(21, 33, 45, 60),
    "GULF OF OMAN": Box(19, 30, 52, 66),
    "GULF OF ADEN": Box(7, 18, 40, 58),
    "RED SEA": Box(9, 33, 30, 47),
    "MOZAMBIQUE CHANNEL": Box(-32, -6, 30, 54),
    "GULF OF GUINEA": Box(-12, 12, -20, 18),
    "BAY OF BISCAY": Box(40, 52, -16, 4),
    "CELTIC SEA": Box(44, 56, -17, 0),
    "ENGLISH CHANNEL": Box(46, 54, -10, 6),
    "CARIBBEAN SEA": Box(5, 25, -93, -54),
    "EASTERN CARIBBEAN SEA": Box(5, 24, -76, -54),
    "WESTERN CARIBBEAN SEA": Box(5, 26, -93, -67),
    "GULF OF MEXICO": Box(14, 34, -101, -76),
    "HUDSON BAY": Box(48, 68, -100, -70),
}


COASTS: Final[dict[str, Box]] = {
    "BRAZIL": Box(-45, 16, -65, -15),
    "ARGENTINA": Box(-65, -28, -80, -40),
    "SENEGAL": Box(4, 25, -35, -8),
    "MOROCCO": Box(18, 42, -30, 5),
    "FRANCE": Box(35, 56, -20, 16),
    "SPAIN": Box(20, 50, -30, 12),
    "PORTUGAL": Box(22, 50, -45, 0),
    "ENGLAND": Box(45, 60, -15, 10),
    "SCOTLAND": Box(50, 66, -25, 8),
    "WALES": Box(46, 58, -16, 4),
    "IRELAND": Box(46, 60, -30, 2),
    "NORWAY": Box(52, 85, -12, 45),
    "SVALBARD": Box(68, 88, -15, 50),
    "ICELAND": Box(55, 75, -45, 0),
    "GREENLAND": Box(52, 88, -85, 5),
    "LITHUANIA": Box(50, 61, 12, 28),
    "LATVIA": Box(50, 63, 12, 30),
    "SWEDEN": Box(50, 71, 4, 30),
    "ROMANIA": Box(38, 50, 22, 38),
    "BULGARIA": Box(38, 48, 22, 38),
    "UKRAINE": Box(39, 50, 24, 44),
    "TURKEY": Box(30, 48, 18, 47),
    "GREECE": Box(29, 46, 14, 35),
    "ITALY": Box(31, 50, 2, 24),
    "ALGERIA": Box(31, 43, -7, 14),
    "TUNISIA": Box(29, 43, 2, 18),
    "LIBYA": Box(27, 42, 4, 30),
    "EGYPT": Box(16, 40, 20, 42),
    "ISRAEL": Box(25, 40, 25, 42),
    "CYPRUS": Box(29, 41, 24, 42),
    "INDIA": Box(-5, 32, 55, 105),
    "PAKISTAN": Box(15, 32, 52, 78),
    "JAPAN": Box(15, 55, 115, 165),
    "CHINA": Box(-2, 48, 98, 138),
    "AUSTRALIA": Box(-60, 2, 95, 175),
    "NEW ZEALAND": Box(-65, -20, 155, -160),
    "CHILE": Box(-75, -8, -125, -55),
    "PERU": Box(-30, 5, -110, -62),
    "FRENCH GUIANA": Box(-5, 25, -66, -25),
    "FLORIDA": Box(15, 40, -95, -60),
    "TEXAS": Box(16, 38, -105, -78),
    "CALIFORNIA": Box(18, 50, -150, -105),
    "SOUTH AFRICA": Box(-60, -15, 0, 50),
    "NAMIBIA": Box(-45, -8, -8, 26),
    "ANGOLA": Box(-28, 5, -8, 24),
}
"""The same for coasts. What is fired from one reaches far, so one position in the box of a coast is enough."""


PART: Final = re.compile(r"^(?:NORTH|SOUTH)?(?:EAST|WEST)?(?:ERN)? ")
"""A part of a sea, which lies in the box of the whole: SOUTHWESTERN INDIAN OCEAN."""


def far_outside(heads: list[str], positions: list[Position]) -> list[Position]:
    """The positions that are in none of the seas named, or all of them if the coasts named have none.

    Unknown names doubt nothing.
    """
    seas = [SEAS[name] for name in (head if head in SEAS else PART.sub("", head) for head in heads) if name in SEAS]
    outside = [each for each in positions if seas and not any(box.holds(each) for box in seas)]
    stems = [head.partition("-")[0] for head in heads]
    coasts = [COASTS[stem] for stem in stems if stem in COASTS]
    if coasts and not any(box.holds(each) for each in positions for box in coasts):
        return positions
    return outside
