"""The officers of a post: sign-in, passkeys, drafts and second persons, the watch and its log."""
