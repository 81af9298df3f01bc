"""Bearers carry opaque sealed frames from one post to another and know nothing else.

A bearer cannot tell a call from an incident. Each passes one contract suite: tests/bearers/contract.py.
"""
