"""Where an outlet's pages hold what: the schema of one `[[html]]` table in a pack, a template generation.

Every value is a list of CSS selectors, tried in order. Templates stand newest first.
"""

from __future__ import annotations

import msgspec

from cleaner.errors import PackError
from cleaner.hints import HINTS

# One selector names one place; a list of hundreds would be no template.
_MAX_SELECTOR = 300
_ZONES = ("WIB", "WITA", "WIT")


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One generation of an outlet's pages."""

    years: str = ""
    """When pages looked like this, for people: `2019-2025`."""
    body: tuple[str, ...]
    """The element that holds the article's paragraphs. Where a selector matches several that lie apart,
    they are read one after the other."""
    title: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    """The links to the article's other pages."""
    zone: str = ""
    """The zone of the times that name none, in what its machine-readable parts say too: WIB, WITA or WIT."""
    hints: dict[str, tuple[str, ...]] = {}
    """Elements inside the body by the hint that their lines get, such as `related_box`."""


def require_valid_template(template: Template) -> None:
    """Raise `PackError`, with the reason, where a template of the right types says something it may not."""
    if not template.body:
        raise PackError("has no body; name the element that holds the article's paragraphs")
    if template.zone and template.zone not in _ZONES:
        raise PackError(f"zone {template.zone!r} is unknown; it may be one of {', '.join(_ZONES)}")
    for hint in template.hints:
        if hint not in HINTS:
            raise PackError(f"hint {hint!r} is unknown; it may be one of {', '.join(HINTS)}")
    for selector in selectors_of(template):
        _require_sound_selector(selector)


def selectors_of(template: Template) -> tuple[str, ...]:
    """All selectors of a template."""
    values = (getattr(template, name) for name in template.__struct_fields__)
    lists = [value for value in values if isinstance(value, tuple)] + list(template.hints.values())
    return tuple(selector for each in lists for selector in each)


def _require_sound_selector(selector: str) -> None:
    if not selector.strip():
        raise PackError("a selector is empty; take it out")
    if len(selector) > _MAX_SELECTOR:
        raise PackError(f"a selector has over {_MAX_SELECTOR} characters: {selector[:40]!r}…")
    if ":has" in selector or ":is" in selector or ":where" in selector or ":lexbor" in selector:
        # They look at every element below every element.
        raise PackError(f"selector {selector!r} can take very long on a large page; name the element")
    if "," in selector:
        raise PackError(f"selector {selector!r} has a comma; make it two in the list")
