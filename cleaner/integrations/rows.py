"""Columns of texts to results, row by row: what tables of any library have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from cleaner.api import clean, outlet_of
from cleaner.decide import Policy
from cleaner.outlet import Outlet
from cleaner.result import Result


def results(
    texts: Sequence[Any],
    *,
    urls: Sequence[Any] | None = None,
    titles: Sequence[Any] | None = None,
    outlets: Sequence[Any] | str | Outlet | None = None,
    policy: Policy | None = None,
) -> Iterator[Result | None]:
    """The result of each row; None where its text is None.

    The sequences are of one length and hold text or None. `outlets` may be one for all rows, by its id or as
    it is; without one a row's outlet is told by its url, else by its text.

    Raises TypeError, naming the row by its number from 0, where a value is anything else, and OutletError
    where an outlet isn't installed.
    """
    policy = policy or Policy()
    same = outlet_of(outlets) if isinstance(outlets, str | Outlet) else None
    told = None if isinstance(outlets, str | Outlet) else outlets
    columns = zip(texts, _each(urls), _each(titles), _each(told), strict=False)
    for row, (text, url, title, outlet) in enumerate(columns):
        for name, value in (("text", text), ("url", url), ("title", title), ("outlet", outlet)):
            if value is not None and not isinstance(value, str):
                raise TypeError(f"{name} of row {row} is {type(value).__name__}, not text or null")
        whose = same or outlet
        yield None if text is None else clean(text, url=url, title=title, outlet=whose, policy=policy)


def _each(column: Sequence[Any] | None) -> Iterable[Any]:
    return repeat(None) if column is None else column
