"""The rows among which a statistic places a row: by group, in order, ready to have one row exchanged for another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from functools import cached_property
from itertools import accumulate
from typing import Any

from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.meaning.arithmetic import WORKING_DIGITS
from segrules.meaning.comparisons import place
from segrules.meaning.tables import Key


@dataclass(frozen=True, slots=True)
class Member:
    """A row that takes part: its key and its value, which may be missing."""

    key: Key
    value: Value


class Group:
    """The rows that take part in one group, in the order of the table; what follows from them is worked out once."""

    is_exchanged = False

    def __init__(self, kind: Type, members: Sequence[Member]) -> None:
        self.kind = kind
        self._members = members
        self.known: dict[object, Any] = {}

    @property
    def members(self) -> Sequence[Member]:
        """The rows in the order of the table."""
        return self._members

    @cached_property
    def places(self) -> Sequence[Any]:
        """What the values that are present are ordered by, the smallest first."""
        return sorted(place(self.kind, member.value) for member in self.members if member.value is not None)

    @cached_property
    def keyed(self) -> Sequence[Any]:
        """The same, each with its row's key, by which equal ones are ordered."""
        return sorted((place(self.kind, one.value), one.key) for one in self.members if one.value is not None)

    @cached_property
    def different(self) -> Sequence[Any]:
        """The different ones."""
        return sorted(set(self.places))

    @cached_property
    def size(self) -> int:
        """How many rows take part, those without a value among them."""
        return len(self.members)

    @cached_property
    def present(self) -> int:
        """How many of them have a value."""
        return sum(member.value is not None for member in self.members)

    @cached_property
    def total(self) -> Any:
        """The exact sum of the values, of whatever size; they are no doubles."""
        return added(member.value for member in self.members if member.value is not None)

    def sum_from(self, smallest: Any) -> Any:
        """Return the sum of the values that are not smaller, added from the largest down.

        Decimals are added in units of their last place.
        """
        count = len(self.places) - bisect_left(self.places, smallest)
        return self._sums[count - 1] if count else 0

    @cached_property
    def _sums(self) -> Sequence[Any]:
        return list(accumulate(_units(self.kind, value) for value in reversed(self.places)))

    @cached_property
    def _indexes(self) -> dict[Key, int]:
        return {member.key: index for index, member in enumerate(self.members)}

    def index(self, key: Key) -> int | None:
        """Return where the row with a key stands, or None if it takes no part here."""
        return self._indexes.get(key)

    def exchanged(self, key: Key, member: Member | None) -> Group:
        """Return the group with a row in the place of the one with that key, or at the end; None takes no part."""
        index = self.index(key)
        old = None if index is None else self.members[index]
        return self if old == member else _Exchanged(self, index, old, member)


class _Exchanged(Group):
    """A group in which one row was exchanged; nothing is sorted or added anew."""

    is_exchanged = True

    def __init__(self, base: Group, index: int | None, old: Member | None, new: Member | None) -> None:
        super().__init__(base.kind, ())
        self._base, self._index = base, index
        self._old = [] if old is None or old.value is None else [(place(base.kind, old.value), old.key)]
        self._new = [] if new is None or new.value is None else [(place(base.kind, new.value), new.key)]
        self._given = [] if new is None else [new]

    @cached_property
    def members(self) -> Sequence[Member]:
        """The rows in the order of the table."""
        rows, index = self._base.members, self._index
        if index is None:
            return [*rows, *self._given]
        return [*rows[:index], *self._given, *rows[index + 1 :]]

    @cached_property
    def size(self) -> int:
        """How many rows take part."""
        return self._base.size - (self._index is not None) + len(self._given)

    @cached_property
    def present(self) -> int:
        """How many of them have a value."""
        return self._base.present - len(self._old) + len(self._new)

    @cached_property
    def total(self) -> Any:
        """The exact sum of the values."""
        return added([self._base.total, *(one for one, _ in self._new)], [one for one, _ in self._old])

    def sum_from(self, smallest: Any) -> Any:
        """Return the sum of the values that are not smaller; doubles have to be added anew."""
        if self.kind.kind is Kind.NUMBER:
            return super().sum_from(smallest)
        won, lost = ([_units(self.kind, one) for one, _ in each if one >= smallest] for each in (self._new, self._old))
        return self._base.sum_from(smallest) + sum(won) - sum(lost)

    @cached_property
    def places(self) -> Sequence[Any]:
        """What the values that are present are ordered by, the smallest first."""
        return _Altered(self._base.places, [one for one, _ in self._old], [one for one, _ in self._new])

    @cached_property
    def keyed(self) -> Sequence[Any]:
        """The same, each with its row's key."""
        return _Altered(self._base.keyed, self._old, self._new)

    @cached_property
    def different(self) -> Sequence[Any]:
        """The different ones."""
        lost = [one for one, _ in self._old if not _has(self.places, one)]
        won = [one for one, _ in self._new if not _has(self._base.places, one)]
        return _Altered(self._base.different, lost, won)


def added(numbers: Iterable[Any], taken: Iterable[Any] = ()) -> Any:
    """Return the sum of exact numbers, without others, of whatever size."""
    with localcontext(prec=WORKING_DIGITS):
        return sum(numbers) - sum(taken)


def _units(kind: Type, number: Any) -> Any:
    """Return a decimal in units of its last place, any other number as it is."""
    if kind.kind is not Kind.DECIMAL:
        return number
    numerator, denominator = number.as_integer_ratio()
    return numerator * 10**kind.places // denominator


def _has(ordered: Sequence[Any], value: Any) -> bool:
    return bisect_left(ordered, value) < bisect_right(ordered, value)


class _Altered(Sequence[Any]):
    """An ordered sequence without one of its members and with another, at most one of each."""

    def __init__(self, base: Sequence[Any], old: Sequence[Any], new: Sequence[Any]) -> None:
        self._base = base
        self._out = bisect_left(base, old[0]) if old else len(base)
        self._length = self._in = len(base) - len(old)
        self._new: Sequence[Any] = ()
        if new:
            self._in = bisect_left(self, new[0])
            self._new = new
            self._length += 1

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: Any) -> Any:
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError(index)
        if self._new and index == self._in:
            return self._new[0]
        index -= bool(self._new) and index > self._in
        return self._base[index + (index >= self._out)]


Groups = Mapping[tuple[Value, ...], Group]
"""The groups of one statistic, by what its `over` names hold."""


def grouped(kind: Type, rows: Iterable[tuple[tuple[Value, ...], Member]]) -> Groups:
    """Return the groups of rows that take part, each row with what `over` parts it by."""
    members: dict[tuple[Value, ...], list[Member]] = {}
    for group, member in rows:
        members.setdefault(group, []).append(member)
    return {group: Group(kind, found) for group, found in members.items()}
