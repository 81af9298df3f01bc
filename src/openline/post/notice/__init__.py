"""Forms, notices and STOP, what is in force, own assets and warnings beside it."""
