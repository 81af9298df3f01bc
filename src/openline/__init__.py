"""Openline: a crisis line between organisations that distrust each other, and one record that neither can bend."""

__version__ = "0.1.0"
