"""Columns of polars, cleaned: expressions for eager and lazy frames.

>>> import polars as pl
>>> from cleaner.integrations.polars import cleaned
>>> df = pl.DataFrame({"text": ["Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik", None]})
>>> df.with_columns(clean=cleaned("text"))["clean"].to_list()
['Harga cabai turun.', None]

What was cut, as a struct for each text:

>>> from cleaner.integrations.polars import audited
>>> df.select(audited("text").struct.unnest())["removed"][0][0]["rule"]
'common/read-also'
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from cleaner.api import outlet_of
from cleaner.decide import Policy
from cleaner.integrations.audit import FIELDS, OUTLET, REMOVED, SUSPECTS, as_json, audit
from cleaner.integrations.needs import not_installed
from cleaner.integrations.rows import results
from cleaner.outlet import Outlet
from cleaner.result import Result

try:
    import polars as pl
except ImportError as error:
    raise not_installed("polars", error) from error

_CUTS = pl.List(
    pl.Struct(
        {
            "start": pl.Int64,
            "end": pl.Int64,
            "kind": pl.String,
            "rule": pl.String,
            "certainty": pl.String,
            "text": pl.String,
        }
    )
)
AUDIT = pl.Struct({"text": pl.String, OUTLET: pl.String, FIELDS: pl.String, REMOVED: _CUTS, SUSPECTS: _CUTS})
"""The dtype of what `audited` gives; `fields` is JSON, since every article has other ones."""


def cleaned(
    texts: str | pl.Expr,
    *,
    url: str | pl.Expr | None = None,
    title: str | pl.Expr | None = None,
    outlet: str | Outlet | pl.Expr | None = None,
    policy: Policy | None = None,
) -> pl.Expr:
    """The clean text of each of `texts`, under their name; null stays null.

    `texts`, `url` and `title` are names of columns, or expressions. `outlet` is the outlet that all of them
    are from, its id or an `Outlet`, or an expression with the id of each. Nulls in them are unknown: an
    outlet is then told by the url, else by the text.

    Raises OutletError for an outlet that isn't installed. While the frame is computed, a column that holds no
    text is polars' ComputeError.
    """
    return _each(texts, url, title, outlet, _text, pl.String(), policy)


def audited(
    texts: str | pl.Expr,
    *,
    url: str | pl.Expr | None = None,
    title: str | pl.Expr | None = None,
    outlet: str | Outlet | pl.Expr | None = None,
    policy: Policy | None = None,
) -> pl.Expr:
    """Each of `texts` cleaned, with its audit: a struct of `text`, `outlet`, `fields`, `removed`, `suspects`.

    `fields` is JSON; `removed` and `suspects` are lists of structs, with offsets in code points of the source
    text. Null stays null. What goes in, and the errors, are as in `cleaned`.
    """
    return _each(texts, url, title, outlet, _audit, AUDIT, policy)


def _each(
    texts: str | pl.Expr,
    url: str | pl.Expr | None,
    title: str | pl.Expr | None,
    outlet: str | Outlet | pl.Expr | None,
    told: Callable[[Result], Any],
    dtype: pl.DataType,
    policy: Policy | None,
) -> pl.Expr:
    # Here a wrong id is an error with a name; while the frame is computed it would be one of polars'.
    same = outlet_of(outlet) if isinstance(outlet, str | Outlet) else None
    of_each = None if isinstance(outlet, str | Outlet) else outlet
    given = {"text": texts, "url": url, "title": title, "outlet": of_each}
    columns = {name: column for name, column in given.items() if column is not None}
    return pl.map_batches(
        list(columns.values()),
        partial(_computed, tuple(columns), told, dtype, same, policy),
        return_dtype=dtype,
        is_elementwise=True,
    )


def _computed(
    names: Sequence[str],
    told: Callable[[Result], Any],
    dtype: pl.DataType,
    outlet: Outlet | None,
    policy: Policy | None,
    columns: Sequence[pl.Series],
) -> pl.Series:
    # A literal comes as one row, whatever the others have.
    rows = 0 if any(column.is_empty() for column in columns) else max(map(len, columns))
    values = {name: _values(name, column, rows) for name, column in zip(names, columns, strict=True)}
    found = results(
        values["text"],
        urls=values.get("url"),
        titles=values.get("title"),
        outlets=outlet or values.get("outlet"),
        policy=policy,
    )
    return pl.Series(columns[0].name, [None if each is None else told(each) for each in found], dtype=dtype)


def _values(name: str, column: pl.Series, rows: int) -> list[Any]:
    if column.dtype in (pl.Categorical, pl.Enum):
        column = column.cast(pl.String)
    if column.dtype not in (pl.String, pl.Null):
        raise TypeError(f"{name} is a column of {column.dtype}, not of String; cast it, or name another")
    values: list[Any] = column.to_list()
    return values * rows if len(values) == 1 else values


def _text(result: Result) -> str:
    return result.text


def _audit(result: Result) -> dict[str, Any]:
    told = audit(result)
    return {"text": result.text, **told, FIELDS: as_json(told[FIELDS])}
