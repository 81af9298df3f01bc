"""Accounts: published texts as sources, what they assert, and what the record says of it (docs/guides/accounts.md)."""
