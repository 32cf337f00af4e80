"""What may stand under each key, read off the annotations of its record.

The reader and the JSON Schema both follow these shapes. A YAML value is a scalar, a list or a mapping, and no key
takes two sorts of one of them: so what a value is can be told from its form alone.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, fields, replace
from functools import reduce
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from segrules.document.written import (
    AnyName,
    Choice,
    Dated,
    Entry,
    Flag,
    MayBeEmpty,
    Others,
    Record,
    Words,
    Written,
)

ScalarKind = type[Written] | type[Flag] | type[Choice]


@dataclass(frozen=True, slots=True)
class Shape:
    """The forms that a value may have; None where the form is not allowed.

    `words` are the words of a choice, `meanings` what they mean. `items` is the shape of each item of a list. A
    mapping is a `record`, whose keys the language chooses, or has `entries` of one shape, whose names the author
    chooses; they are identifiers unless `any_name`. A mapping whose first key begins with a digit holds values of the
    shape `dated` by day. `may_be_empty` lets the list have no items, or the mapping no entries.
    """

    scalar: ScalarKind | None = None
    words: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    items: Shape | None = None
    record: type[Record] | None = None
    entries: Shape | None = None
    any_name: bool = False
    dated: Shape | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: how it is written, the field that holds its value, and what may stand under it."""

    name: str
    field: str
    shape: Shape
    required: bool


NO_KEYS = frozenset({"span", "unread", "whole", "imported", "ways", "read"})
"""Fields that hold what the reader has to say, and no key's value."""

_KEYS: dict[type[Record], tuple[Key, ...]] = {}
_OTHERS: dict[type[Record], Key | None] = {}


def keys_of(record: type[Record]) -> tuple[Key, ...]:
    """Return the keys of a record, in the order in which they are declared."""
    if record not in _KEYS:
        _KEYS[record] = _declared_keys(record)
    return _KEYS[record]


def _declared_keys(record: type[Record]) -> tuple[Key, ...]:
    hints = get_type_hints(record, include_extras=True)
    declared = (field for field in fields(record) if field.name not in NO_KEYS)
    return tuple(_key(field, shape_of(hints[field.name])) for field in declared if not _is_open(hints[field.name]))


def others_of(record: type[Record]) -> Key | None:
    """Return what a record takes under keys that are none of its own, if it takes any; the name is of no meaning."""
    if record not in _OTHERS:
        hints = get_type_hints(record, include_extras=True)
        marked = (field for field in fields(record) if _is_open(hints[field.name]))
        _OTHERS[record] = next((_key(field, shape_of(hints[field.name])) for field in marked), None)
    return _OTHERS[record]


def _is_open(annotation: Any) -> bool:
    return get_origin(annotation) is Annotated and Others in get_args(annotation)


def key_of(record: type[Record], name: str) -> Key | None:
    """Return a record's key of that name, if it has one."""
    return next((key for key in keys_of(record) if key.name == name), None)


def records_below(shape: Shape) -> tuple[type[Record], ...]:
    """Return the record that a value of a shape is, or holds in its list or under its names."""
    below = [inner.record for inner in (shape, shape.items, shape.entries) if inner]
    return tuple(record for record in below if record)


def _key(field: Field[Any], shape: Shape) -> Key:
    required = field.default is MISSING and field.default_factory is MISSING
    return Key(field.name.removesuffix("_"), field.name, shape, required)


def shape_of(annotation: Any) -> Shape:
    """Return the shape that an annotation of a record declares."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return reduce(_either, (shape_of(part) for part in arguments))
    if origin is Annotated:
        return reduce(_marked, arguments[1:], shape_of(arguments[0]))
    if origin is Dated:
        return Shape(dated=shape_of(arguments[0]))
    if origin is tuple:
        return _several(arguments[0])
    if annotation is NoneType:
        return Shape()
    return Shape(record=annotation) if issubclass(annotation, Record) else Shape(scalar=annotation)


def _several(item: Any) -> Shape:
    if get_origin(item) is Entry:
        return Shape(entries=shape_of(get_args(item)[0]))
    return Shape(items=shape_of(item))


def _marked(shape: Shape, mark: Any) -> Shape:
    if mark is AnyName or mark is Others:
        return Shape(entries=shape.entries, any_name=True)
    if mark is MayBeEmpty:
        return replace(shape, may_be_empty=True)
    assert isinstance(mark, Words)
    return Shape(scalar=shape.scalar, words=tuple(mark.meanings), meanings=tuple(mark.meanings.values()))


def _either(left: Shape, right: Shape) -> Shape:
    for form in ("scalar", "items", "record", "entries", "dated"):
        assert not (getattr(left, form) and getattr(right, form)), f"two sorts of {form} under one key"
    return Shape(
        scalar=left.scalar or right.scalar,
        words=left.words or right.words,
        meanings=left.meanings or right.meanings,
        items=left.items or right.items,
        record=left.record or right.record,
        entries=left.entries or right.entries,
        any_name=left.any_name or right.any_name,
        dated=left.dated or right.dated,
        may_be_empty=left.may_be_empty or right.may_be_empty,
    )
