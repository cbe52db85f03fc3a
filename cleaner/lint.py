"""What a pattern may not be: broken, empty, or slow on a line made to hurt it."""

from __future__ import annotations

import regex

from cleaner.inlines import AHEAD

# What has no say in how often something repeats is blanked out first: escapes, classes, group names.
_ATOMS = regex.compile(r"\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|(?<=\()\?(?:P?<[^>]*>|[:>=!]|<[=!])")
_RECURSION = regex.compile(r"\(\?(?:R|&|P>|\d)|\\[1-9]|\(\?P=")
_REPEAT = regex.compile(r"(?P<plus>[*+])|\{\d*(?P<upto>,\d*)?\}|\?")

# Steps a pattern may need on one line, in orders of its repeats' bounds; about a second's work.
_MAX_STEPS = 50_000_000


def complaint(pattern: str) -> str | None:
    """Why a rule may not use `pattern`, worded to follow its text; None where it may."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in pattern):
        return "holds a control character; \"\\b\" in a basic TOML string is a backspace, so write patterns in '…'"
    try:
        compiled = regex.compile(f"(?:{pattern})", regex.V1)
    except (regex.error, RecursionError) as error:
        return f"can't be compiled ({error})"
    if compiled.fullmatch("") is not None:
        return "matches the empty line; name what it looks for"
    if _RECURSION.search(pattern):
        return "refers back to a group or to itself; such a match has no bound on its time"
    return _slow(_ATOMS.sub("x", pattern))


def _slow(plain: str) -> str | None:
    """Why matching could take too long: the number of ways its repeats can share out one line.

    A possessive repeat (`++`, `*+`, `{1,9}+`) never gives back what it took, so it adds no ways.
    """
    steps = 1
    open_groups: list[bool] = []
    repeats_inside = False
    at = 0
    while at < len(plain):
        if plain[at] == "(":
            open_groups.append(repeats_inside)
            repeats_inside = False
        repeat = _REPEAT.match(plain, at + 1)
        bound, possessive = _bound(repeat, plain)
        if plain[at] == ")" and open_groups:
            if repeats_inside and bound >= AHEAD and not possessive:
                return "repeats a group that holds a repeat; make the inner or the outer one possessive, such as ++"
            repeats_inside = open_groups.pop() or repeats_inside
        if bound > 1 and not possessive:
            steps *= bound
            repeats_inside = True
        at = repeat.end() + possessive if repeat else at + 1
    if steps > _MAX_STEPS:
        return f"can share out one line in up to {steps:,} ways; bound its repeats ({{0,40}}) or make them possessive (++)"
    return None


def _bound(repeat: regex.Match[str] | None, plain: str) -> tuple[int, bool]:
    """The most often that something repeats, and whether it gives nothing back."""
    if repeat is None:
        return 1, False
    possessive = plain.startswith("+", repeat.end())
    if repeat["plus"] or repeat["upto"] == ",":
        return AHEAD, possessive
    if repeat["upto"]:
        return min(int(repeat["upto"][1:]), AHEAD), possessive
    return 1, possessive
