"""The search for a headline's end, step by step."""

from __future__ import annotations

from cleaner.headline_end.answer import HeadlineEnd
from cleaner.headline_end.close_look import close_look
from cleaner.headline_end.first_sight import first_sight
from cleaner.headline_end.least_loss import least_loss
from cleaner.headline_end.model import model
from cleaner.headline_end.stretch import read_stretch
from cleaner.headline_end.surroundings import surroundings

_FAR = 8.0
"""Candidates that are less likely than the best by this (natural logarithm of odds) at first sight are not
looked at closely."""


def headline_end(text: str, start: int, limit: int | None = None) -> HeadlineEnd | None:
    """The end of the headline whose first character is at `start`; nothing at or behind `limit` is looked at.

    None where nothing sensible can be said. A headline that runs to `limit` ends there. Of two headlines
    glued together (``<REL><REL> PARA``) it is the end of the second. A native ad behind the headline is not
    part of it: the end lies before the ad (`native_ads_end` finds the ad's end).
    """
    stretch = read_stretch(text, start, limit, model())
    if not stretch.words:
        return None
    around, usages = surroundings(text, stretch)
    found, rough = first_sight(stretch, usages)
    if len(found) == 1:
        return None
    near = _near(found, rough)
    return least_loss(stretch.ends, close_look(text, stretch, near, usages, around))


def _near(found: list[int], rough: list[float]) -> list[tuple[int, float]]:
    """The borders that are worth a close look, with their weights."""
    least = max(rough) - _FAR - 1e-9  # weights have two decimals: without this, rounding would decide on ties
    return [(k, weight) for k, weight in zip(found, rough, strict=True) if weight >= least]
