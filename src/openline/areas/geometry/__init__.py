"""Shapes measured on the WGS 84 ellipsoid: what contains what, how far away, and the outline to draw.

These modules import numpy and shapely, which a post has no use for until someone asks. `openline.areas.where` asks them
and imports them only then; nothing that a post loads at its start imports a module of this package.

An area becomes a `Figure` (figures.py): its edges are filled with points until straight lines between them are off by
no more than a stated tolerance (edges.py), rings are closed over a pole where they go around one and cut at the
antimeridian (rings.py). Containment is then a test in the plane of longitude and latitude; distances are geodesic
(ellipsoid.py).
"""
