"""How things are counted in a sentence."""

from __future__ import annotations

import pytest

from segrules.diagnostics.listing import counted, plural


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1000, "1,000 rows"), (2_400_000, "2,400,000 rows")],
)
def test_things_are_counted_with_an_s_behind_all_but_one(count: int, words: str) -> None:
    assert counted(count, "row") == words


def test_one_that_is_taken_away_is_one() -> None:
    assert (plural(-1, "month"), plural(-2, "month")) == ("month", "months")
