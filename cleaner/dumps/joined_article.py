"""An article of several records, once it is joined."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.dumps.records import Record
from cleaner.result import Result


class JoinedArticle(NamedTuple):
    """An article of several records: the record that it becomes, and the result of cleaning it."""

    record: Record
    result: Result
