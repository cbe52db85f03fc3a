"""Text of a page without control characters: no page needs one, and a terminal or a file might obey it."""

from __future__ import annotations

import re

# C0 but for what HTML takes as white space, DEL and C1. A page can write them out: `&#27;`.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]+")


def without_controls(text: str) -> str:
    """`text` without its control characters; tabs, line feeds, form feeds and carriage returns stay."""
    return text if text.isprintable() else _CONTROLS.sub("", text)
