"""Numbers of things, as a sentence says them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 record`, `2,000 records`: for nouns that take an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def agreeing(number: int, one: str, several: str) -> str:
    """What goes with a number of things: `it is` or `they are`."""
    return one if number == 1 else several
