"""Paging: who is on call, and how a page leaves."""
