"""Statistics against their definitions, counted out row by row; and groups in which a row is exchanged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.language import types
from segrules.language.statistics import SHARE_UNITS, share_units
from segrules.language.types import Type
from segrules.language.values import MAX_INTEGER, Value
from segrules.meaning.population import Group, Member
from segrules.meaning.statistics import PLACES, Standing, quantile, standing, value_among
from segrules.program.nodes import Statistic
from tests.support.programs import SPAN, constant

VALUES = st.lists(st.one_of(st.none(), st.integers(-2, 4)), min_size=1, max_size=9)


def group_of(values: Sequence[Value], kind: Type = types.INTEGER) -> Group:
    return Group(kind, [Member((index,), value) for index, value in enumerate(values)])


def statistic(function: str, kind: Type = types.INTEGER, *, descending: bool = False) -> Statistic:
    return Statistic(function, constant(None, kind), (), None, None, descending, types.NUMBER, SPAN)


def counted(values: Sequence[int | None], at: int, *, descending: bool) -> Standing:
    """Where a row stands, by looking at every other."""
    rows = [(value, index) for index, value in enumerate(values) if value is not None]
    value = values[at]
    assert value is not None
    before = [one for one, _ in rows if (one > value if descending else one < value)]
    equal = [index for one, index in rows if one == value]
    return Standing(len(rows), len(before), len(set(before)), len(equal), sum(index < at for index in equal))


@given(VALUES, st.booleans())
def test_a_row_stands_where_counting_says(values: list[int | None], descending: bool) -> None:
    group = group_of(values)
    for at, member in enumerate(group.members):
        if member.value is not None:
            assert standing(group, member, descending=descending) == counted(values, at, descending=descending)


@given(VALUES, st.integers(1, 12))
def test_qcut_counts_the_inner_quantiles_below_and_ntile_cuts_into_equal_parts(
    values: list[int | None], number: int
) -> None:
    present = sorted(value for value in values if value is not None)
    sizes = [len(present) // number + (tile < len(present) % number) for tile in range(number)]
    tiles = [tile + 1 for tile, size in enumerate(sizes) for _ in range(size)]
    for at, value in enumerate(values):
        if value is not None:
            stands = counted(values, at, descending=False)
            inner = [exact_quantile(present, Fraction(k, number)) for k in range(1, number)]
            assert PLACES["qcut"](stands, number) == 1 + sum(one < value for one in inner)
            assert PLACES["ntile"](stands, number) == tiles[stands.before + stands.first]


def exact_quantile(ordered: Sequence[int], share: Fraction) -> Fraction:
    low, part = divmod((len(ordered) - 1) * share, 1)
    return ordered[low] + part * (ordered[low + 1] - ordered[low]) if part else Fraction(ordered[low])


@given(VALUES, st.sampled_from([0, 1, Decimal("0.5"), Decimal("0.29"), Decimal("0.8"), 1 / 3]))
def test_a_quantile_lies_between_two_values_in_proportion(
    values: list[int | None], share: Value
) -> None:  # fmt: skip
    present = sorted(value for value in values if value is not None)
    units = share_units(share)
    assert units is not None
    found = quantile(group_of(values), units)
    expected = float(exact_quantile(present, Fraction(units, SHARE_UNITS))) if present else None
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_a_share_of_hundred_steps_meets_the_value_itself() -> None:
    assert quantile(group_of([float(value) for value in range(101)], types.NUMBER), share_units(Decimal("0.29"))) == 29


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([5, 3, 2, None], types.INTEGER, [0.5, 0.8, 1.0, None]),
        ([2, 2, 4], types.INTEGER, [1.0, 1.0, 0.5]),
        ([3, -1], types.INTEGER, [None, None]),
        ([0, 0], types.INTEGER, [None, None]),
        ([MAX_INTEGER, 1], types.INTEGER, [None, None]),
        ([Decimal("7.50"), Decimal("2.50")], types.decimal(2), [0.75, 1.0]),
        ([Decimal("9" * 36 + ".00")] * 2, types.decimal(2), [None, None]),
        ([1.5, 0.5], types.NUMBER, [0.75, 1.0]),
        ([1e308, 1e308], types.NUMBER, [None, None]),
    ],
)
def test_cumulative_share(values: list[Value], kind: Type, expected: list[float | None]) -> None:
    group = group_of(values, kind)
    node = statistic("cumulative_share", kind)
    assert [value_among(node, None, group, member) for member in group.members] == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 2, 3, None], [-1.0, 0.0, 1.0, None]), ([4], [None]), ([4, 4], [None, None])],
)
def test_zscore_needs_a_spread(values: list[Value], expected: list[float | None]) -> None:
    group = group_of(values)
    assert [value_among(statistic("zscore"), None, group, one) for one in group.members] == expected


def test_a_row_that_takes_no_part_has_no_place_but_its_group_has_values() -> None:
    group = group_of([1, 2])
    assert value_among(statistic("rank"), None, group, None) is None
    assert value_among(statistic("count"), None, group, None) == 2


@given(
    VALUES, st.integers(0, 9), st.one_of(st.none(), st.integers(-2, 4).map(lambda value: (value,)), st.just((None,)))
)
def test_a_group_with_a_row_exchanged_is_the_group_made_anew(
    values: list[int | None], at: int, new: tuple[Value] | None
) -> None:
    base = group_of(values)
    member = None if new is None else Member((at,), *new)
    rows = list(base.members)
    rows[at : at + 1] = [] if member is None else [member]
    found, anew = base.exchanged((at,), member), Group(types.INTEGER, rows)
    assert list(found.members) == rows
    assert list(found.places) == list(anew.places)
    assert list(found.keyed) == list(anew.keyed)
    assert list(found.different) == list(anew.different)
