"""Reaching a counterpart: offices, calls, checks of the line, the reach board, certificates, hoaxes."""
