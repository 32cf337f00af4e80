"""How the values that reasons tell are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from segrules.explain import reasons as wording
from segrules.explain.shown import PLACES
from segrules.language.formatting import FORMAT, text_of
from segrules.language.types import Kind, Type
from segrules.language.values import Value


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a number is written: with so many places, or with all that it has and no noughts at the end.

    A double has `rounded` places where it has more. A share is written as a `percent`. Of a large number cents are
    enough with `cents_if_large`, unless none would be left.
    """

    places: int | None = None
    rounded: int | None = None
    comma: bool = False
    percent: bool = False
    cents_if_large: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How values are written: each by `write`, numbers all at once as `number` says, which is the same."""

    write: Callable[[Value], str]
    number: NumberStyle


@lru_cache(maxsize=2)
def style_of_value(*, percent: bool) -> Style:
    """Return how the values that conditions saw are written."""
    number = NumberStyle(rounded=PLACES - 2 if percent else PLACES, comma=True, percent=percent, cents_if_large=True)
    return Style(partial(wording.value_text, percent=percent), number)


@lru_cache(maxsize=64)
def style_of_hole(format_: str | None, kind: Type) -> Style:
    """Return how values of a type are written in a hole of a `because` with that format."""
    parts = FORMAT.fullmatch(format_ or "")
    assert parts is not None
    own = kind.places if kind.kind is Kind.DECIMAL else None
    places = int(parts["places"]) if parts["style"] else own
    number = NumberStyle(places, comma=bool(parts["comma"]), percent=parts["style"] == "%")
    return Style(partial(text_of, format=format_), number)
