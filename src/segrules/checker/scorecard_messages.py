"""What is said about scorecards."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.checker import name_messages
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Span


def useless_key(span: Span, key: str, beside: str) -> Diagnostic:
    """`target` beside `when`."""
    return Diagnostic(
        catalogue.KEY_WITHOUT_USE,
        f"`{key}` means nothing beside `{beside}`",
        Label(span, "not used"),
        help=f"leave `{key}` out, or `{beside}`",
    )


def unknown_card(span: Span, name: str, cards: Sequence[str]) -> Diagnostic:
    """`best_of: [enterprise, smbs]`."""
    return name_messages.unknown_name(span, name, cards, "of a scorecard")


def card_twice(span: Span, name: str, first: Span) -> Diagnostic:
    """`best_of: [smb, smb]`."""
    return Diagnostic(
        catalogue.CARD_TWICE,
        f"the scorecard `{name}` is listed twice",
        Label(span, "again"),
        related=(Label(first, "first"),),
        help="leave one of them out",
    )
