"""What follows a call: minutes, commitments, disclosure, readouts, simultaneous exchanges."""
