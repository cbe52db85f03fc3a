"""The weights of the model: what a feature is worth, as natural logarithms of odds."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Table(Protocol):
    """What the scoring needs of a table of weights. It only ever adds them up, so the fit can pass tables
    whose weights are vectors, and read the features off the sums."""

    def get(self, key: str, default: float, /) -> float: ...


class Weights(NamedTuple):
    """The model for one way of writing headlines: a weight for a feature, 0 for one that isn't listed."""

    inside: Table
    within: Table
    open: Table
    second: Table
    last: Table
    border: Table
    run: Table
    verb: Table
    form: Table
    prev: Table
    shape: Table
    around: Table
    length: Table
