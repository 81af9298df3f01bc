"""The home of a post: its directory, the keys in it, the sealed secrets of its record, backups."""
