"""Dumps: whole collections of articles, read, cleaned and written record by record, and restored."""
