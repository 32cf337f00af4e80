from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.language.values import Duration
from segrules.meaning.calendar import days_between, earlier, in_last, in_next, later, months_between

DATES = st.dates(date(1990, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime.fromisoformat("1990-01-01T00:00"), datetime.fromisoformat("2040-12-31T00:00"))


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        (date(2026, 1, 31), Duration(months=1), date(2026, 2, 28)),
        (date(2024, 1, 31), Duration(months=1), date(2024, 2, 29)),
        (date(2024, 2, 29), Duration(months=12), date(2025, 2, 28)),
        (date(2026, 12, 15), Duration(months=1), date(2027, 1, 15)),
        (date(2026, 1, 31), Duration(days=90), date(2026, 5, 1)),
        (date(9999, 12, 1), Duration(months=1), None),
        (date(9999, 12, 31), Duration(days=1), None),
        (datetime.fromisoformat("2026-01-31T12:50"), Duration(months=1), datetime.fromisoformat("2026-02-28T12:50")),
    ],
)
def test_a_month_that_is_too_short_clamps_to_its_last_day(start: date, duration: Duration, end: date | None) -> None:
    assert later(start, duration) == end


def test_nothing_is_earlier_than_the_first_year() -> None:
    assert earlier(date(1, 1, 31), Duration(months=1)) is None
    assert earlier(date(2026, 3, 31), Duration(months=1)) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 2, 28), date(2026, 3, 31), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (datetime.fromisoformat("2026-01-15T12:00"), datetime.fromisoformat("2026-02-15T11:00"), 0),
        (datetime.fromisoformat("2026-01-15T12:00"), datetime.fromisoformat("2026-02-15T12:00"), 1),
        (date(2026, 6, 30), date(2025, 6, 30), -12),
    ],
)
def test_months_between_are_the_most_that_can_be_added(start: date, end: date, months: int) -> None:
    assert months_between(start, end) == months


@given(DATES, DATES)
def test_months_between_fit_and_one_more_does_not(a: date, b: date) -> None:
    start, end = sorted([a, b])
    months = months_between(start, end)
    fits, exceeds = later(start, Duration(months=months)), later(start, Duration(months=months + 1))
    assert fits is not None
    assert exceeds is not None
    assert fits <= end < exceeds


@given(MOMENTS, MOMENTS)
def test_swapping_the_ends_changes_the_sign_only(a: datetime, b: datetime) -> None:
    assert months_between(a, b) == -months_between(b, a)
    assert days_between(a, b) == -days_between(b, a)


def test_days_on_datetimes_are_whole_ones_of_24_hours() -> None:
    noon = datetime.fromisoformat("2026-01-01T12:00")
    assert days_between(noon, noon + timedelta(hours=47)) == 1
    assert days_between(noon, noon - timedelta(hours=47)) == -1
    assert days_between(date(2026, 1, 31), date(2026, 3, 1)) == 29


AS_OF = date(2026, 3, 31)
MONTH = Duration(months=1)


@pytest.mark.parametrize(
    ("day", "last", "following"),
    [
        (date(2026, 2, 28), False, False),
        (date(2026, 3, 1), True, False),
        (AS_OF, True, False),
        (date(2026, 4, 1), False, True),
        (date(2026, 4, 30), False, True),
        (date(2026, 5, 1), False, False),
        (None, None, None),
    ],
)
def test_a_window_ends_with_as_of_or_begins_after_it(
    day: date | None, last: bool | None, following: bool | None
) -> None:
    assert in_last(day, AS_OF, MONTH) is last
    assert in_next(day, AS_OF, MONTH) is following


def test_a_window_that_begins_before_all_time_is_decided_by_its_end() -> None:
    ages = Duration(months=9999 * 12)
    assert in_last(date(2026, 4, 1), AS_OF, ages) is False
    assert in_last(AS_OF, AS_OF, ages) is None
