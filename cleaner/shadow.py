"""Folded copies of a text, code point for code point, to match on while cutting in the text: the shadow, and
one that keeps the capitals."""

from __future__ import annotations

import re

# Only what scrapes mix freely is folded. Each is one code point for one, so offsets stay true.
_SPACES = ("\u00a0", "\u202f", "\u200b", "\ufeff")
_SIGNS = (
    ("\u2010", "-"),
    ("\u2011", "-"),
    ("\u2013", "-"),
    ("\u2014", "-"),
    ("\u201c", '"'),
    ("\u201d", '"'),
    ("\u2018", "'"),
    ("\u2019", "'"),
)

# What else ends a line: of old systems, of word processors, of Unicode.
_LINE_END = re.compile("[\r\v\x85\u2028\u2029]")
# Where a text on one line had line feeds, as far as can be seen: those of a blank line left two spaces behind
# a sentence, and more left three.
_PARTED = re.compile(r"""(?<=[.!?]) (?= )|(?<=[.!?]["”’')]) (?= )|(?<=[^\s:]) (?=  )""")
_RUN = re.compile(r"(?<=[^\s:]) (?= )")
_IN_SENTENCE = re.compile(r"[\w,] {2,}[^\W\d_A-Z]")
# Such a text has its paragraphs parted throughout, and hardly two spaces elsewhere. One that has them here
# and there, where a link was, has its markers glued to the paragraph behind them.
_LEAST_BREAKS = 3
_LONGEST_MEAN = 600


def spaced(text: str) -> str:
    """`text` with plain spaces, of equal length: what is compared with regard to its capitals."""
    text = text.replace("\t", " ")
    if not text.isascii():
        for space in _SPACES:
            text = text.replace(space, " ")
    return text


def parted(plain: str) -> str:
    """A text without line feeds with some for what stands for them, of equal length: another sign that ends a
    line, else two spaces."""
    if "\n" in plain:
        return plain
    plain = _LINE_END.sub("\n", plain)
    if "\n" in plain or _are_too_few(plain.count("  "), plain):
        return plain
    lines, breaks = _PARTED.subn("\n", plain)
    every, runs = _RUN.subn("\n", plain)
    if _are_too_few(breaks, plain) or breaks * 2 < runs:
        return plain
    return lines if _IN_SENTENCE.search(plain) else every


def _are_too_few(breaks: int, plain: str) -> bool:
    return breaks < _LEAST_BREAKS or breaks * _LONGEST_MEAN < len(plain)


def fold(text: str) -> str:
    """Fold `text` for matching: lower case, plain spaces, dashes and quotes.

    The result has as many code points as `text`, so an offset means the same place in both.
    """
    return fold_spaced(spaced(text))


def fold_spaced(plain: str) -> str:
    """The same for a text whose spaces are plain already."""
    if not plain.isascii():
        # Folding first leaves most articles pure ASCII, which str.lower() takes at ten times the speed.
        for folded, sign in _SIGNS:
            plain = plain.replace(folded, sign)
    shadow = plain.lower()
    if len(shadow) != len(plain):
        # 'İ' is the one letter that str.lower() makes longer.
        shadow = plain.replace("\u0130", "I").lower()
    return shadow
