"""What a pattern may not be: broken, empty, or slow on a line made to hurt it."""

from __future__ import annotations

import regex

from cleaner.inlines import AHEAD

# What has no say in how often something repeats is blanked out first: escapes, classes, group names.
_ATOMS = regex.compile(r"\\[pP]\{[^}]*\}|\\.|\[(?:\\.|[^\]\\])*\]|(?<=\()\?(?:P?<[^>]*>|[:>=!]|<[=!])")
_RECURSION = regex.compile(r"\(\?(?:R|&|P>|\d)|\\[1-9]|\(\?P=")
_REPEAT = regex.compile(r"(?P<plus>[*+])|\{(?P<times>\d*)(?P<upto>,\d*)?\}|\?")

# Steps a pattern may need on one line, in orders of its repeats' bounds; about a second's work.
_MAX_STEPS = 50_000_000


def complaint(pattern: str) -> str | None:
    """Why a rule may not use `pattern`, worded to follow its text; None where it may."""
    if any(ord(sign) < 32 or ord(sign) == 127 for sign in pattern):
        return "holds a control character; \"\\b\" in a basic TOML string is a backspace, so write it in '…'"
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

    Repeats in a row multiply, branches don't. A possessive repeat (`++`, `*+`, `{1,9}+`) never gives back
    what it took, so it adds no ways.
    """
    branches = [[1]]
    at = 0
    while at < len(plain):
        sign = plain[at]
        if sign == "(":
            branches.append([1])
        elif sign == "|":
            branches[-1].append(1)
        else:
            repeat = _REPEAT.match(plain, at + 1)
            times, ways, possessive = _repeated(repeat, plain)
            if sign == ")" and len(branches) > 1:
                within = branches.pop()
                # Alternatives that overlap can be told apart in as many ways.
                each = max(*within, len(within) if times > 1 else 1)
                if each > 1 and times >= AHEAD and not possessive:
                    return (
                        "repeats a group that holds a repeat or alternatives; make one of the repeats "
                        "possessive, such as ++"
                    )
                # A repeated group shares out the line anew each time.
                ways = max(ways, min(each**times, _MAX_STEPS + 1))
            branches[-1][-1] *= 1 if possessive else ways
            at = repeat.end() - 1 + possessive if repeat else at
        at += 1
    steps = max(map(max, branches))
    if steps > _MAX_STEPS:
        return f"can share out one line in {steps:,} ways; bound its repeats, or make them possessive (++)"
    return None


def _repeated(repeat: regex.Match[str] | None, plain: str) -> tuple[int, int, bool]:
    """The most often that something repeats, in how many ways, and whether it gives nothing back."""
    if repeat is None:
        return 1, 1, False
    possessive = plain.startswith("+", repeat.end())
    if repeat["plus"] or repeat["upto"] == ",":
        return AHEAD, AHEAD, possessive
    if repeat["upto"]:
        most = min(int(repeat["upto"][1:]), AHEAD)
        return most, most, possessive
    if repeat["times"]:
        return min(int(repeat["times"]), AHEAD), 1, possessive
    return 1, 1, possessive
