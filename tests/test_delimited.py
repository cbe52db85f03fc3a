"""Rows of CSV: as Python's csv module tells them apart, and in linear time where quotes don't match."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleaner.dumps.formats.delimited import rows
from cleaner.dumps.formats.lines import Line

_MOST = 30

texts = st.text(st.sampled_from('",\r\nab'), max_size=40)


@settings(max_examples=600)
@given(texts)
@example('a","\nb","\nc"')
@example('"a\n""\n","b\n"\nc')
@example('"a\n' + "b\n" * 20 + '"')
def test_a_row_is_what_the_csv_module_makes_of_the_lines_from_its_first_one_on(text: str) -> None:
    found = [
        (row.data.decode(), None if row.damage else list(row.fields))
        for row in rows(map(Line, text.encode().split(b"\n")), ",", _MOST)
    ]
    assert found == list(_one_by_one(text.split("\n")))


def _one_by_one(lines: Sequence[str]) -> Iterator[tuple[str, list[str] | None]]:
    """Each row and its fields, read by itself; a row without an end is its first line, and has no fields."""
    while lines:
        taken: list[str] = []
        try:
            fields = next(csv.reader(_as_taken(lines, taken), strict=True), [])
        except csv.Error:
            yield lines[0], None
            lines = lines[1:]
        else:
            yield "\n".join(taken), fields
            lines = lines[len(taken) :]


def _as_taken(lines: Sequence[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        if sum(map(len, taken)) > _MOST:
            return
        yield line + "\n"


def test_a_quote_that_is_open_to_the_files_end_costs_no_more_for_each_line_that_has_one() -> None:
    # Read to the end anew for each row, these would be five billion lines.
    lines = [Line(b'a","')] * 100_000
    assert all(row.damage and row.data == b'a","' for row in rows(iter(lines), ",", 100_000_000))
