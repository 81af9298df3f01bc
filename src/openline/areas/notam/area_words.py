"""The words of item E around positions: what joins them, and what they bound, point to or leave out."""

from __future__ import annotations

import re
from typing import Final

JOINT: Final = frozenset(
    ("TO", "THENCE", "THEN", "AND", "VIA", "POINT", "PSN", "PT", "P", "THROUGH", "UNTIL", "A", "Y", "E")
)
LABEL: Final = re.compile(r"[A-Z]?\d{0,2}|[IVX]{1,4}")
ORIGIN: Final = re.compile(
    r"[\s,.;:-]{0,20}(?:AND\s|THENCE\s|THEN\s){0,2}"
    r"(?:B\s{0,3}A\s{0,3}C\s{0,3}K|RETURN\w*|TO\s+(?:THE\s+)?(?:POINT\s+OF\s+|PSN\s+OF\s+)?(?:ORIGIN|START\w*|BEGINNING|FIRST))",
    re.IGNORECASE,
)
FILLER: Final = frozenset(
    (
        "84",
        "A",
        "ABOUT",
        "AN",
        "AND",
        "AREA",
        "AROUND",
        "ARP",
        "AS",
        "AT",
        "BEING",
        "BY",
        "CENTER",
        "CENTERD",
        "CENTERED",
        "CENTERING",
        "CENTRADA",
        "CENTRADO",
        "CENTRE",
        "CENTRED",
        "CENTRES",
        "CENTRING",
        "CENTRO",
        "CIRCLE",
        "CIRCULAR",
        "CIRCULO",
        "CNTR",
        "CNTRD",
        "CON",
        "COOR",
        "COORD",
        "COORDENADAS",
        "COORDINATE",
        "COORDINATED",
        "COORDINATES",
        "COORDS",
        "CORD",
        "CTR",
        "CTRD",
        "DE",
        "DEFINED",
        "DEL",
        "EL",
        "EN",
        "FLW",
        "FM",
        "FOLLOWING",
        "FROM",
        "GEO",
        "GEOGRAPHIC",
        "GEOGRAPHICAL",
        "HAVING",
        "IN",
        "IS",
        "ITS",
        "LA",
        "LAT",
        "LATITUDE",
        "LOCATED",
        "LOCATION",
        "LONG",
        "LONGITUDE",
        "OF",
        "ON",
        "ORIGIN",
        "POINT",
        "POS",
        "POSITION",
        "POSITIONED",
        "POSN",
        "PSN",
        "PSNS",
        "PT",
        "REF",
        "SITUATED",
        "THE",
        "TO",
        "UN",
        "UNA",
        "WGS",
        "WGS84",
        "WI",
        "WITH",
        "WITHIN",
    )
)
AREA_WORDS: Final = re.compile(
    r"\b(?:AREAS?|AIRSPACE|WI|WITHIN|BOUND\w*|BDRY|BOUNDAR\w*|BDD|LIMIT(?:S|LER)?|LATERAL\w*|COORDS?|COORDINATES?|COORDENADAS?|COOR|CORD"
    r"|POLYGON\w*|SECTORS?|ZONE|ZONA|ENCLOSED|JOIN\w*|DEFINED|DELIMIT\w*|CONTAINED|PSN|POINTS?|PERIMETER|REGION|VERTICES)\b",
    re.IGNORECASE,
)
OBSTACLES: Final = re.compile(
    r"\b(?:CRANES?|OBST\w*|MASTS?|TOWERS?|TURBINES?|RIGS?|CHIMNEYS?|ANTENNAS?|PYLONS?|WINDMILLS?|BUILDINGS?|POLES?"
    r"|VOR|DVOR|NDB|DME|TACAN|VORTAC|ILS|ARP|THR|THRESHOLDS?|HELIPADS?|HELIPORTS?|WAYPOINTS?|WPTS?|STANDS?|LIGHTS?)\b",
    re.IGNORECASE,
)
BENT: Final = re.compile(
    r"\b(?:ARCS?|ARCO|CLOCKWISE|ANTI-?CLOCKWISE|COUNTER-?CLOCKWISE|CW|CCW|ACW|SEMI-?CIRCLE"
    r"|(?:ALONG|FOLLOW\w*)\s+(?:THE\s+)?(?:\w+\s+){0,4}(?:BORDER|BDRY|BOUNDARY|COAST\w*|FRONTIER|RIVER|SHORE\w*|LINE)"
    r"|STATE\s+(?:BORDER|BOUNDARY)|COASTLINE|FIR\s+(?:BDRY|BOUNDARY)\s+TO)\b",
    re.IGNORECASE,
)
PARTIAL: Final = re.compile(
    r"\b(?:SECTORS?\s+(?:BTN|BETWEEN|FROM|FM|OF|\d)|(?:BTN|BETWEEN)\s+(?:\d|TRUE|MAG))"
    r"|\b(?:RADIALS?|RDL|BEARINGS?|QUADRANTS?|SEGMENTS?|SEMI|HALF|OUTSIDE|BEYOND)\b"
)
EXCLUDED: Final = re.compile(r"\b(?:EXCLUD\w*|EXCEPT\w*|EXC|EXCLUSIVE|OUTSIDE|MINUS)\b(?:(?!\.\s)[\s\S])*$")
ROUTE: Final = re.compile(
    r"\b(?:ROUTES?|RTE|CORRIDOR|TRACKS?|AXIS|CENTRE\s?LINE|CENTERLINE|EITHER\s+SIDE|WIDTH|WIDE)\b", re.IGNORECASE
)
LENGTH: Final = r"\d(?:[\d.,]{0,6}\d)?\s?(?:NM|KM|M|FT)"
LENGTH_BEFORE: Final = re.compile(
    rf"(?:(?<![\d.(]){LENGTH}\b\s(?!AGL|AMSL|HGT|MSL|HIGH|LONG|N\b|S\b|E\b|W\b)[A-Z ]{{2,32}}"
    r"|\bCENT(?:ER|RE)E?D?\s(?:ON|AT)\s)\W{0,6}$"
)
LENGTH_AFTER: Final = re.compile(
    rf"\s{{1,4}}\(?(?!HGT|ELEV|TOP)\S{{3,8}}\s(?:OF\s)?{LENGTH}\b(?!\s(?:AGL|AMSL|MSL|HGT))"
)
STRAY: Final = re.compile(
    r"(?!\d{1,4}NMI?\b)\d{3,}[A-Z0-9]{0,4}[NSEW]|[NSEW]\s?\d{2,}[A-Z.]?\d*\s?[NSEW]\s?\d|[NSEW]\s\d{2,3}\s\d"
    r"|\d{2}\s\d{2,}[NSEW]\W|[NSEW]\d{6,}|(?<![+\d])\d{13}(?!\d)"
)
STRAY_CHARS: Final = 30
"""How far beside a ring a figure of a position that could not be read makes the ring doubtful."""
NEAR_CHARS: Final = 160
"""How far before a list of positions the words that say what it is may stand."""


SMALL_M: Final = 50
"""No circle that was seen is so small: M may have been NM or KM."""
