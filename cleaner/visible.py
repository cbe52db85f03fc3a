"""Text that came from elsewhere, in a form that can be shown and obeys nobody."""

from __future__ import annotations

import re

# Control characters (C0, DEL, C1), line and paragraph separators, everything that changes the direction of
# what follows, invisible marks that make two names look alike, and halves of surrogate pairs.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """`text` with every control character, escape, direction override and lone surrogate spelt out.

    An escape comes back as the four characters `\\x1b`, a new line as `\\n`, U+202E as `\\u202e`; what a
    terminal shows as it stands is untouched. The answer is one line and can be encoded as UTF-8. It is not
    rich markup: print it through a console that reads none.
    """
    return _INVISIBLE.sub(_spelt_out, text)


def _spelt_out(match: re.Match[str]) -> str:
    char = match.group()
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
