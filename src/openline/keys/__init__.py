"""Keys: sign, verify, seal, open, and fingerprints as digits. The only room that imports ``cryptography``.

It knows bytes and keys only: no entry, no card, no line. Every function is pure except where its docstring says
that the library draws randomness inside (`sealing.seal`, and `sign` of the two ML-DSA keys); those are effects.
A secret of the wrong length is a mistake of the program and raises ValueError; bytes from elsewhere raise a PeerError.
"""
