"""`python -m cleaner` is the command `clean`, where it isn't on the path."""

from cleaner.cli import main

main()
