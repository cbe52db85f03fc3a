"""The fitted model, as it stands in `weights.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleaner.headline_end.style import Style
from cleaner.headline_end.weights import Weights


class Model(NamedTuple):
    """Everything in `weights.toml`: function words, and the weights for title and sentence case."""

    small: frozenset[str]
    title: Style
    sentence: Style


@cache
def model() -> Model:
    """The model, read once, when first needed."""
    with Path(__file__).with_name("weights.toml").open("rb") as file:
        data = tomllib.load(file)
    small = frozenset(data["small"])

    def style(tables: Mapping[str, Mapping[str, float]]) -> Style:
        return Style(small, Weights(*(tables.get(name, {}) for name in Weights._fields)))

    return Model(small, style(data["title"]), style(data["sentence"]))
