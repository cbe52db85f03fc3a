"""Columns of pandas, cleaned.

>>> import pandas as pd
>>> from cleaner.integrations.pandas import cleaned
>>> df = pd.DataFrame({"text": ["Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik", None]})
>>> df["clean"] = cleaned(df["text"])
>>> df["clean"].tolist()[0]
'Harga cabai turun.'

What was cut, a row for each text:

>>> from cleaner.integrations.pandas import audited
>>> audited(df["text"])["removed"][0][0]["rule"]
'common/read-also'
"""

from __future__ import annotations

from typing import Any

from cleaner.decide import Policy
from cleaner.integrations.audit import FIELDS, OUTLET, REMOVED, SUSPECTS, audit
from cleaner.integrations.needs import not_installed
from cleaner.integrations.rows import results
from cleaner.outlet import Outlet
from cleaner.result import Result

try:
    import pandas as pd
except ImportError as error:
    raise not_installed("pandas", error) from error

_AUDIT = ("text", OUTLET, FIELDS, REMOVED, SUSPECTS)


def cleaned(
    texts: pd.Series[str],
    *,
    url: pd.Series[str] | None = None,
    title: pd.Series[str] | None = None,
    outlet: pd.Series[str] | str | Outlet | None = None,
    policy: Policy | None = None,
) -> pd.Series[str]:
    """The clean text of each of `texts`, with their index, name and dtype; a null stays the null it was.

    `url` and `title` are those of the same rows, `outlet` their outlets' ids, or one for all: its id, or an
    `Outlet`. Nulls in them are unknown: an outlet is then told by the url, else by the text. A categorical
    gives its categories' dtype.

    Raises TypeError where a value is neither text nor null, ValueError where a Series has other row labels
    than `texts`, and OutletError for an outlet that isn't installed.
    """
    found = _results(texts, url, title, outlet, policy)
    values = [null if result is None else result.text for null, result in zip(texts, found, strict=True)]
    dtype = texts.cat.categories.dtype if isinstance(texts.dtype, pd.CategoricalDtype) else texts.dtype
    return pd.Series(values, index=texts.index, name=texts.name, dtype=dtype)


def audited(
    texts: pd.Series[str],
    *,
    url: pd.Series[str] | None = None,
    title: pd.Series[str] | None = None,
    outlet: pd.Series[str] | str | Outlet | None = None,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """Each of `texts` cleaned, with its audit: `text`, `outlet`, `fields`, `removed`, `suspects`.

    `fields` are dicts; `removed` and `suspects` are lists of dicts, with offsets in code points of the source
    text. A row whose text is null is all null. What goes in, and the errors, are as in `cleaned`.
    """
    found = _results(texts, url, title, outlet, policy)
    rows = [_row(result) for result in found]
    columns = {
        name: pd.Series([row[at] for row in rows], index=texts.index, dtype=object)
        for at, name in enumerate(_AUDIT)
    }
    return pd.DataFrame(columns, index=texts.index)


def _row(result: Result | None) -> tuple[Any, ...]:
    return (None,) * len(_AUDIT) if result is None else (result.text, *audit(result).values())


def _results(
    texts: pd.Series[str],
    url: pd.Series[str] | None,
    title: pd.Series[str] | None,
    outlet: pd.Series[str] | str | Outlet | None,
    policy: Policy | None,
) -> list[Result | None]:
    if not isinstance(texts, pd.Series):
        raise TypeError(
            f"the texts are {type(texts).__name__}, not a Series; give one column, as in df['text']"
        )
    return list(
        results(
            _values(texts),
            urls=_beside(texts, "url", url),
            titles=_beside(texts, "title", title),
            outlets=outlet if isinstance(outlet, str | Outlet) else _beside(texts, "outlet", outlet),
            policy=policy,
        )
    )


def _beside(texts: pd.Series[str], name: str, column: pd.Series[str] | None) -> list[Any] | None:
    """The values of a column of the same rows as `texts`."""
    if column is None:
        return None
    if not isinstance(column, pd.Series):
        raise TypeError(f"{name} is {type(column).__name__}, not a Series of the same rows as the texts")
    if not column.index.equals(texts.index):
        raise ValueError(f"{name} has other row labels than the texts; take both from one DataFrame")
    return _values(column)


def _values(column: pd.Series[str]) -> list[Any]:
    """The values, with None for every kind of null there is."""
    return [None if null else value for value, null in zip(column, column.isna(), strict=True)]
