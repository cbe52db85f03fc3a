"""`Dataset.map` of Hugging Face datasets, a batch at a time.

>>> from datasets import Dataset
>>> from cleaner.integrations.datasets import clean_batch
>>> dataset = Dataset.from_dict({"text": ["Harga cabai turun.\\n\\nBaca Juga: Harga Beras Naik", None]})
>>> dataset = dataset.map(clean_batch, batched=True)
>>> dataset["text"][:]
['Harga cabai turun.', None]

Every cut is beside it, as JSON:

>>> import json
>>> json.loads(dataset[0]["removed"])[0]["rule"]
'common/read-also'

Options go into `fn_kwargs`:

>>> pages = Dataset.from_dict({"body": ["Pedagang lega.\\n\\n(*)"], "link": ["https://www.viva.co.id/1"]})
>>> pages.map(clean_batch, batched=True, fn_kwargs={"text_column": "body", "url_column": "link"})["outlet"][:]
['viva']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from cleaner.integrations.audit import FIELDS, OUTLET, REMOVED, SUSPECTS, as_json, cuts
from cleaner.integrations.rows import results
from cleaner.integrations.rules_version import rules_version
from cleaner.outlet import Outlet
from cleaner.policies import policy_of
from cleaner.result import Result

_Parameters = ParamSpec("_Parameters")
_Returned = TypeVar("_Returned")


class _Versioned(Generic[_Parameters, _Returned]):
    """A function that is pickled with the version of the rules it cleans by.

    A cache knows a step by its pickle. A function's own holds nothing but its name, so answers of other rules
    would be taken for those of today.
    """

    def __init__(self, function: Callable[_Parameters, _Returned]) -> None:
        self._function = function
        update_wrapper(self, function)

    def __call__(self, *args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Returned:
        return self._function(*args, **kwargs)

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        return _clean_batch_of, (rules_version(),)


@_Versioned
def clean_batch(
    batch: Mapping[str, Sequence[Any]],
    text_column: str = "text",
    url_column: str | None = None,
    title_column: str | None = None,
    outlet: str | Outlet | None = None,
    certainty: str = "inferred",
    kinds: Sequence[str] | None = None,
) -> dict[str, list[Any]]:
    """Clean the texts of a batch, for `Dataset.map(clean_batch, batched=True)`; also for `IterableDataset`.

    Returns columns: `text_column` with the clean texts, nulls as they are, and `outlet`, `fields`, `removed`
    and `suspects`. The last three are JSON, offsets in code points of the source text (`removals_of` in
    `cleaner.integrations.audit` reads them); `outlet` is empty where no outlet's rules were used. None of
    them is ever null: datasets takes a column's type from its first rows, and a null has none.

    Without `url_column` and `title_column`, the columns `url` and `title` are used where there are any.
    `outlet` is the outlet that all texts are from, its id or an `Outlet`; without it the url tells, else the
    text.
    `certainty` is the least that is cut and `kinds` are the ones to cut, by name: plain values, since a
    cache knows a step by its options, and sets come in another order each time.

    The cache of datasets holds as long as options and rules stay the same: other packs (also that of an
    `Outlet` that is given), plug-ins or another release of this package have the texts cleaned anew.

    Raises ValueError for a column that isn't there, a column of the dataset's own that would be
    overwritten, or an unknown certainty or kind; TypeError where a value is neither text nor null;
    OutletError for an outlet that isn't installed.
    """
    policy = policy_of(certainty, kinds)
    texts = _column(batch, text_column)
    _refuse_overwriting(batch)
    found = results(
        texts,
        urls=_known(batch, url_column, "url"),
        titles=_known(batch, title_column, "title"),
        outlets=outlet,
        policy=policy,
    )
    answers = [Result("") if each is None else each for each in found]
    return {
        text_column: [None if text is None else each.text for text, each in zip(texts, answers, strict=True)],
        OUTLET: [each.outlet or "" for each in answers],
        FIELDS: [as_json(each.fields) for each in answers],
        REMOVED: [as_json(cuts(each.removals)) for each in answers],
        SUSPECTS: [as_json(cuts(each.suspects)) for each in answers],
    }


def _clean_batch_of(version: str) -> Any:
    """What a pickle of `clean_batch` becomes: the one that is installed, whatever rules it was made with."""
    return clean_batch


def _refuse_overwriting(batch: Mapping[str, Sequence[Any]]) -> None:
    taken = [name for name in (OUTLET, FIELDS, REMOVED, SUSPECTS) if name in batch]
    if taken:
        raise ValueError(
            f"the dataset has a column {taken[0]!r} already, which would be overwritten; rename or remove it "
            f"before, as in dataset.rename_column({taken[0]!r}, 'old_{taken[0]}')"
        )


def _known(batch: Mapping[str, Sequence[Any]], name: str | None, usual: str) -> Sequence[Any] | None:
    """The column of this name; without a name, the one of the usual name if there is one."""
    if name is None:
        return batch.get(usual)
    return _column(batch, name)


def _column(batch: Mapping[str, Sequence[Any]], name: str) -> Sequence[Any]:
    if name not in batch:
        raise ValueError(f"the dataset has no column {name!r}; it has {', '.join(map(repr, batch))}")
    return batch[name]
