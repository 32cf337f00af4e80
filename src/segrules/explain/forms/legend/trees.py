"""Conditions where they stand: trees, at whose ends are those with numbers."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from segrules.explain.legend import Node
from segrules.program.conditions import condition_name


class LeafForm(TypedDict):
    """A numbered condition where it stands."""

    condition: str
    """Its name."""
    text: str
    """As it is written here."""
    place: str
    """Where it stands here: file:line:column."""


class TogetherForm(TypedDict):
    """Conditions put together."""

    together: Literal["and", "or", "not", "at_least"]
    """How, by three-valued logic."""
    count: NotRequired[int]
    """How many have to be true, for `at_least`."""
    text: str
    """As it is written."""
    place: str
    """Where it stands: file:line:column."""
    parts: list[LeafForm | TogetherForm]
    """The conditions."""


def tree_form(node: Node) -> LeafForm | TogetherForm:
    """Return the JSON form of a condition with all that stands in it."""
    if node.number is not None:
        return {"condition": condition_name(node.number), "text": node.text, "place": str(node.span)}
    assert node.together is not None
    found: TogetherForm = {
        "together": node.together,
        "text": node.text,
        "place": str(node.span),
        "parts": [tree_form(part) for part in node.parts],
    }
    if node.count is not None:
        found["count"] = node.count
    return found
