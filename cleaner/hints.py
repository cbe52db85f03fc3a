"""What a page says of a line, beside its text: hints, and where on the page it stood.

A hint is no judgement. Rules may ask for one, and one can lift or veto the claims of others.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from cleaner.kinds import Kind

HEADING = "heading"
LINK_ONLY = "link_only"

FROM_TAGS = (HEADING, "list_item", "quote", "table_row", "figcaption", LINK_ONLY, "embed", "control")
"""Hints that a page's own elements give. `link_only`: every visible sign of the line is in a link.
`embed`: what a social network's player leaves behind. `control`: forms, buttons, navigation."""

LEFT_OUT = "left_out"
"""The hint of a second reader of pages: it leaves the line out of the article."""

BOXES = tuple(f"{kind}_box" for kind in Kind)
"""Hints that an outlet's selectors give: the line stands in a box of that kind, such as `related_box`."""

HINTS = (*FROM_TAGS, LEFT_OUT, *BOXES)
"""All hints there are."""

Step: TypeAlias = "tuple[Step | None, str]"
"""One step of a path, such as `p:nth-of-type(3)`, behind the steps above it."""

# A page can be nested a hundred thousand elements deep. The steps next to the line tell most.
_MAX_STEPS = 12


class Label(msgspec.Struct, frozen=True):
    """What a page says of one line."""

    hints: tuple[str, ...] = ()
    steps: Step | None = None
    root: str = ""
    """What finds the element that was read as the article's body: a selector of its outlet, or its path."""

    @property
    def path(self) -> str:
        """The CSS path of the element that held the line; of a deep one, its root and the last steps."""
        steps: list[str] = []
        step = self.steps
        while step is not None and len(steps) <= _MAX_STEPS:
            steps.append(step[1])
            step = step[0]
        if len(steps) <= _MAX_STEPS:
            return " > ".join(reversed(steps))
        # A space is CSS for "somewhere inside".
        return f"{self.root} {' > '.join(reversed(steps[: _MAX_STEPS - 1]))}"
