"""Bulletins written in other people's formats: GeoJSON, CAP 1.2, text as warnings at sea have it, a page.

Each is for those who have no post. None is the record, and none is signed.
"""
