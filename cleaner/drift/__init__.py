"""Drift: what two dumps say of the outlets' pages, and what became another between them."""
