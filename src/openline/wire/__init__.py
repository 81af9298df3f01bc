"""Bytes and values: deterministic CBOR, COSE structures, one file per message family (spec/)."""
