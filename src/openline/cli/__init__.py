"""The command line: asks a post and prints what it says; one file for each group of commands."""
