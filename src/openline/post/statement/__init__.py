"""Joint statements and their public pages."""
