"""`python -m openline.cli` is the command `openline`."""

from openline.cli.main import main

main()
