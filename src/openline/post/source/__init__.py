"""Published accounts, kept in the home and held against the record."""
