"""The sheet: one row a source line, kept lines too, because what was missed shows only among what stayed."""
