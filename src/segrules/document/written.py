"""What every file as written is made of: scalars, named entries and records, each with its place.

The text below a field of a record is its description in the JSON Schema, and so what an editor shows. A trailing
underscore in a field's name (`as_`, `from_`) is not part of the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Generic, TypeVar

from segrules.diagnostics.source import Passage, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """A scalar as written: its text, and where each character of it stands."""

    value: str
    passage: Passage

    @property
    def span(self) -> Span:
        """Where it stands in the file."""
        return self.passage.whole


class Text(Written):
    """Any text."""

    __slots__ = ()


class Word(Written):
    """A name: letters, digits and underscores, not beginning with a digit."""

    __slots__ = ()


class Formula(Written):
    """An expression of the language."""

    __slots__ = ()


class Sentence(Written):
    """A text with `{expression}` holes."""

    __slots__ = ()


class TypeName(Written):
    """The type of a column, such as `integer`, `decimal(2)` or `list of string`."""

    __slots__ = ()


class Day(Written):
    """A date, `2026-01-31`."""

    __slots__ = ()


class TableBlock(Written):
    """A decision table: lines of cells between bars."""

    __slots__ = ()


class ConstantText(Written):
    """A constant: a number, a percent, a date, a duration, true or false, otherwise text."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""

    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the words that are allowed there; the annotation `Annotated[Choice, Words({...})]` lists them."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One entry of a mapping whose keys the author chooses."""

    name: Word
    value: T


Entries = tuple[Entry[T], ...]


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """A value, and the day from which it holds."""

    day: Day
    value: T


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """Values by day, at least one, in the order written."""

    values: tuple[Since[T], ...]


class Words:
    """Marks a choice with the words that are allowed, and what each of them means."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.meanings = meanings


class AnyName:
    """Marks entries whose names may be any text, as the names of segments may."""


SegmentEntries = Annotated[Entries[T], AnyName]


class MayBeEmpty:
    """Marks a value whose list may have no items, as a row may have no tags, or whose mapping no entries."""


class Others:
    """Marks the field of a record that takes all keys that are none of the language's: columns, segmentations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A mapping whose keys the language chooses: each field of a subclass is a key, except `shapes.NO_KEYS`."""

    exactly_one: ClassVar[tuple[str, ...]] = ()
    """Keys of which one stands there, and only one."""
    calls_for: ClassVar[Mapping[str, str]] = {}
    """A key, and the key that must then stand beside it."""
    only_with: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """A key that stands there when another key has a certain word, and only then."""

    span: Span
