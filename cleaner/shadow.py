"""Folded copies of a text, code point for code point, to match on while cutting in the text: the shadow, and
one that keeps the capitals."""

from __future__ import annotations

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


def spaced(text: str) -> str:
    """`text` with plain spaces, of equal length: what is compared with regard to its capitals."""
    text = text.replace("\t", " ")
    if not text.isascii():
        for space in _SPACES:
            text = text.replace(space, " ")
    return text


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
