"""Columns of texts to results, row by row: what tables of any library have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from cleaner.api import clean
from cleaner.decide import Policy
from cleaner.registry import outlet_named
from cleaner.result import Result


def results(
    texts: Sequence[Any],
    *,
    urls: Sequence[Any] | None = None,
    titles: Sequence[Any] | None = None,
    outlets: Sequence[Any] | str | None = None,
    policy: Policy | None = None,
) -> Iterator[Result | None]:
    """The result of each row; None where its text is None.

    The sequences are of one length and hold text or None. `outlets` may be one id for all rows; without one
    a row's outlet is told by its url, else by its text.

    Raises TypeError, naming the row by its number from 0, where a value is anything else, and OutletError
    where an outlet isn't installed.
    """
    policy = policy or Policy()
    if isinstance(outlets, str):
        outlet_named(outlets)
    columns = zip(texts, _each(urls), _each(titles), _each(outlets), strict=False)
    for row, (text, url, title, outlet) in enumerate(columns):
        for name, value in (("text", text), ("url", url), ("title", title), ("outlet", outlet)):
            if value is not None and not isinstance(value, str):
                raise TypeError(f"{name} of row {row} is {type(value).__name__}, not text or null")
        yield None if text is None else clean(text, url=url, title=title, outlet=outlet, policy=policy)


def _each(column: Sequence[Any] | str | None) -> Iterable[Any]:
    return repeat(column) if column is None or isinstance(column, str) else column
