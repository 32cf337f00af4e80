"""Amounts in a group are compared and capped alike, whether 64 bits hold them or not."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.running import AMOUNT, ASKED, ROW, Running
from segrules.backends.polars.stacking import keep_below, keep_best

LARGEST = 2**63 - 1


def running(amounts: Sequence[int]) -> Running:
    wide = pl.Series(amounts, dtype=WIDE)
    places = pl.int_range(len(amounts), dtype=pl.UInt32(), eager=True)
    return Running(pl.DataFrame({ROW: places, ASKED: wide, AMOUNT: wide}), has_amount=True)


@pytest.mark.parametrize("more", [0, 1, 2**40])
def test_the_largest_amount_is_kept_and_the_first_of_equal_ones(more: int) -> None:
    most = LARGEST + more
    members = {"a": running([most, 1, most - 1]), "b": running([most - 1, 2, most])}
    keep_best(members, 3)
    assert [one.places.to_list() for one in members.values()] == [[0], [1, 2]]


@pytest.mark.parametrize("more", [0, 1, 2**40])
def test_a_cap_leaves_the_next_member_what_is_left(more: int) -> None:
    cap = LARGEST + more
    members = {"a": running([cap, cap - 5, 2**100]), "b": running([7, 7, 7])}
    keep_below(cap, members, {"a": 1, "b": 2}, 3)
    assert [one.rows[AMOUNT].to_list() for one in members.values()] == [[cap, cap - 5, cap], [4]]
    assert members["b"].places.to_list() == [1]
