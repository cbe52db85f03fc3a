"""The marks that scraped news sets around words."""

MARKS = "\"'“”‘’()[],.:;!?–-—…"
"""What hangs on a word and is no part of it."""
QUOTES = "\"“‘'"
"""What a quotation opens with."""
