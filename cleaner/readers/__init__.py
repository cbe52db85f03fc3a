"""Readers: a page's HTML to a `Document`. They label lines, they never delete any."""
