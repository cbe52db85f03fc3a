"""What `CleanPipeline` is told by a project's settings: read once, checked whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

from cleaner.decide import Policy
from cleaner.errors import CleanerError
from cleaner.integrations.audit import FIELDS, NO_ARTICLE, OUTLET, REMOVED, SUSPECTS
from cleaner.outlet import Outlet
from cleaner.policies import certainty_named, kinds_named
from cleaner.registry import PACK_ENDING, not_installed, outlet_ids, outlet_named

PREFIX = "CLEANER_"

ENABLED = "CLEANER_ENABLED"

DEFAULTS: Mapping[str, str | None] = {
    "CLEANER_TEXT_FIELD": "text",
    "CLEANER_HTML_FIELD": "html",
    "CLEANER_URL_FIELD": "url",
    "CLEANER_TITLE_FIELD": "title",
    "CLEANER_OUTLET": None,
    "CLEANER_CERTAINTY": "inferred",
    "CLEANER_KINDS": None,
    "CLEANER_OUTLET_FIELD": OUTLET,
    "CLEANER_FIELDS_FIELD": FIELDS,
    "CLEANER_REMOVALS_FIELD": REMOVED,
    "CLEANER_SUSPECTS_FIELD": SUSPECTS,
    "CLEANER_NO_ARTICLE_FIELD": NO_ARTICLE,
}
"""Every setting beside `CLEANER_ENABLED`, with its value where a project says nothing."""

_KEPT = {
    OUTLET: "CLEANER_OUTLET_FIELD",
    FIELDS: "CLEANER_FIELDS_FIELD",
    REMOVED: "CLEANER_REMOVALS_FIELD",
    SUSPECTS: "CLEANER_SUSPECTS_FIELD",
    NO_ARTICLE: "CLEANER_NO_ARTICLE_FIELD",
}


class KeptField(msgspec.Struct, frozen=True):
    """A field of items that a part of the audit goes into, and the setting that names it."""

    name: str
    setting: str


class CleanSettings(msgspec.Struct, frozen=True):
    """The settings of one crawl."""

    text_field: str
    html_field: str | None
    url_field: str | None
    title_field: str | None
    outlet: str | Outlet | None
    """The id of an installed one, or the one that a pack's file describes."""
    policy: Policy
    kept: Mapping[str, KeptField]
    """Where each part of the audit goes, by its name there, such as `removed`."""


def read_settings(settings: Mapping[str, Any]) -> CleanSettings:
    """The settings that a crawler's `settings` hold.

    Raises ValueError, naming the setting, its value and what it may be, where one is wrong or two name one
    field. A crawl with wrong settings shouldn't start: it would cut other things than it was told to.
    """
    said = {name: _said(settings, name) for name in DEFAULTS}
    text_field = _field("CLEANER_TEXT_FIELD", said["CLEANER_TEXT_FIELD"])
    if text_field is None:
        raise ValueError("CLEANER_TEXT_FIELD is empty; it names the items' field whose text is cleaned")
    kept = {
        part: KeptField(name, setting)
        for part, setting in _KEPT.items()
        if (name := _field(setting, said[setting])) is not None
    }
    _refuse_twice(text_field, kept.values())
    return CleanSettings(
        text_field,
        _field("CLEANER_HTML_FIELD", said["CLEANER_HTML_FIELD"]),
        _field("CLEANER_URL_FIELD", said["CLEANER_URL_FIELD"]),
        _field("CLEANER_TITLE_FIELD", said["CLEANER_TITLE_FIELD"]),
        _outlet(said["CLEANER_OUTLET"]),
        _policy(said["CLEANER_CERTAINTY"], said["CLEANER_KINDS"]),
        kept,
    )


def unknown_settings(names: Iterable[object]) -> list[str]:
    """A sentence for each of `names` that looks like a setting of ours and is none."""
    known = [ENABLED, *DEFAULTS]
    sentences = []
    for name in sorted(str(name) for name in names):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, 1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            sentences.append(f"{name} is no setting of CleanPipeline{hint}; it is ignored")
    return sentences


def _said(settings: Mapping[str, Any], name: str) -> Any:
    # Scrapy's own `get` takes None for a setting that isn't there.
    return settings[name] if name in settings else DEFAULTS[name]


def _field(setting: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError(f"{setting} is {value!r}; it is the name of a field, or empty for none")
    return value


def _refuse_twice(text_field: str, kept: Iterable[KeptField]) -> None:
    seen = {text_field: "CLEANER_TEXT_FIELD"}
    for field in kept:
        if field.name in seen:
            raise ValueError(
                f"{seen[field.name]} and {field.setting} both name the field {field.name!r}; "
                "one would overwrite the other, so give each its own"
            )
        seen[field.name] = field.setting


def _outlet(value: Any) -> str | Outlet | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str | Path):
        raise ValueError(
            f"CLEANER_OUTLET is {_shown(value)}; it is the id of an outlet, the path of its pack (a .toml "
            "file), or empty for any"
        )
    try:
        if Path(value).suffix == PACK_ENDING:
            return Outlet.from_file(value)
        return _installed(str(value))
    except CleanerError as error:
        raise ValueError(f"CLEANER_OUTLET: {error}") from error


def _installed(id: str) -> str:
    if id not in outlet_ids():
        own = "a pack of your own is given by the path of its file, as in 'patterns/contoh.toml'"
        raise not_installed(id, outlet_ids(), own)
    return outlet_named(id).id


def _shown(value: object) -> str:
    # All that an outlet holds fills many screens.
    return "an Outlet" if isinstance(value, Outlet) else repr(value)


def _policy(certainty: Any, kinds: Any) -> Policy:
    try:
        least = certainty_named(certainty)
    except ValueError as error:
        raise ValueError(f"CLEANER_CERTAINTY: {error}") from None
    try:
        return Policy(least, kinds_named(kinds))
    except (TypeError, ValueError) as error:
        raise ValueError(f"CLEANER_KINDS: {error}") from None
