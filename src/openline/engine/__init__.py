"""One organisation's post as a pure machine: events in, effects out."""
