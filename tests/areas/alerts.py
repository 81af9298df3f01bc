"""CAP alerts made for tests, in the kind of those that weather services and civil protection publish."""

from __future__ import annotations

HEAD = """\
<identifier>{identifier}</identifier>
  <sender>watch@channel.example</sender>
  <sent>2024-11-27T12:00:00+01:00</sent>
  <status>Actual</status>
  <msgType>{kind}</msgType>
  <scope>Public</scope>
"""

INFO = """\
  <info>
    <language>{language}</language>
    <category>Safety</category>
    <event>Gunnery</event>
    <urgency>Expected</urgency>
    <severity>Severe</severity>
    <certainty>Likely</certainty>
    {times}
    <headline>{headline}</headline>
    <area>
      <areaDesc>Channel, eastern part</areaDesc>
      {area}
    </area>
  </info>
"""

TIMES = """\
<effective>2024-11-27T12:00:00+01:00</effective>
    <onset>2024-11-30T06:00:00-00:00</onset>
    <expires>2024-11-30T16:00:00-00:00</expires>"""

POLYGON = "<polygon>50.0,0.0 50.0,1.0 50.5,1.0 50.0,0.0</polygon>"
CIRCLE = "<circle>50.25,0.5 12.5</circle>"
CODES = "<geocode><valueName>UN/LOCODE</valueName><value>GBDVR</value></geocode>"


def info(area: str = POLYGON, *, language: str = "en-GB", times: str = TIMES, headline: str = "Keep clear") -> str:
    """One information block."""
    return INFO.format(area=area, language=language, times=times, headline=headline)


def alert(*infos: str, identifier: str = "CH-1", kind: str = "Alert", more: str = "", declared: bool = True) -> str:
    """One alert with these blocks; `more` stands between its head and them."""
    head = HEAD.format(identifier=identifier, kind=kind)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n' if declared else ""
    body = f"  {head}{more}{''.join(infos)}"
    return f'{declaration}<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">\n{body}</alert>'
