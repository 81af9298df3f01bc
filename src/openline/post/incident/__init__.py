"""Incidents: one picture with each party's part in it."""
