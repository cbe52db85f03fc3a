"""What is too long for a sheet, shortened."""

from __future__ import annotations

import re

_NUMBER = re.compile(r":nth-of-type\((\d+)\)")
_FEW_STEPS = 4


def short_path(path: str) -> str:
    """A CSS path for people: `p[3]` stands for `p:nth-of-type(3)`; of a long one, its end."""
    steps = _NUMBER.sub(r"[\1]", path).split(" > ")
    return " > ".join(steps) if len(steps) <= _FEW_STEPS else f"… > {' > '.join(steps[-_FEW_STEPS:])}"


def without_end(text: str, longest: int) -> str:
    """`text`; of one longer than `longest` code points, its first ones."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def without_middle(text: str, longest: int) -> str:
    """The same, of a long one the first and the last."""
    half = longest // 2
    return text if len(text) <= longest else f"{text[:half]}…{text[-half:]}"
