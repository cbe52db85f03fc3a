"""What a run shows of how long it still takes."""

from __future__ import annotations

import pytest

from cleaner.cli.progress import Pace


@pytest.mark.parametrize(
    ("seconds", "before", "done", "left"),
    [(3, 0, 10, "0:00:27"), (60, 50, 60, "0:04:00"), (7200, 0, 50, "2:00:00"), (9, 0, 100, "0:00:00")],
)
def test_the_rest_takes_as_long_as_what_is_done_took(
    seconds: float, before: int, done: int, left: str
) -> None:
    assert Pace().time_left(seconds, before, done, 100) == left


@pytest.mark.parametrize(("before", "done", "total"), [(0, 0, 100), (40, 40, 100), (0, 10, None)])
def test_nothing_is_guessed_before_anything_is_done_or_where_the_whole_isnt_known(
    before: int, done: int, total: int | None
) -> None:
    assert Pace().time_left(5, before, done, total) == ""


def test_between_two_steps_the_clock_runs_down() -> None:
    pace = Pace()
    said = [
        pace.time_left(seconds, 0, done, 100) for seconds, done in ((10, 25), (14, 25), (90, 25), (20, 50))
    ]
    assert said == ["0:00:30", "0:00:26", "0:00:00", "0:00:20"]
