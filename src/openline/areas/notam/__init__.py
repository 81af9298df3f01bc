"""NOTAM: notices to airmen, ICAO Annex 15 and Doc 8126: heading, Q-line, items A to G."""
