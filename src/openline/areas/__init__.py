"""Places and times: shapes on the sea and in the air, windows, and warnings read from other people's formats.

Positions are (longitude, latitude) in degrees on WGS 84, longitude first, as GeoJSON has them. Lengths are metres.
"""
