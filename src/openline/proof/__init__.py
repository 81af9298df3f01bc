"""Proving a record with no post at all: bundles are verified, compared and written here (spec/bundle.md)."""
