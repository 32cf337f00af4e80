"""By how much conditions failed."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from segrules.explain.plain import plain
from segrules.explain.trace import Margin


class MarginForm(TypedDict):
    """By how much a comparison of numbers or dates is false."""

    amount: Any
    """The distance to the limit, in days for dates; 0 where the limit itself does not belong."""
    limit: Any
    """The limit."""
    side: Literal["short", "over"]
    """Whether the value is short of the limit or over it."""


def margin_form(one: Margin) -> MarginForm:
    """Return the JSON form of a margin."""
    return {"amount": plain(one.amount), "limit": plain(one.limit), "side": "short" if one.short else "over"}
