"""Values brought to a type, where they are of it."""

from __future__ import annotations

from datetime import date, datetime, time

from segrules.checker.coercion import exact
from segrules.checker.expressions import type_of
from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import Value


def fit(value: Value, wanted: Type) -> Value | None:
    """Return a value in a type, or None if it is none of it."""
    found = type_of(value)
    if found.kind is Kind.LIST and wanted.kind is Kind.LIST and wanted.item and isinstance(value, tuple):
        members = [fit(member, wanted.item) for member in value]
        return None if None in members else tuple(members)
    if wanted.kind is Kind.DECIMAL and found.kind in (Kind.INTEGER, Kind.DECIMAL):
        return exact(value, wanted.places) if found.places <= wanted.places else None
    if wanted.kind is Kind.NUMBER and found.kind in NUMERIC:
        return float(value)  # type: ignore[arg-type]
    if wanted.kind is Kind.DATETIME and found.kind is Kind.DATE:
        assert isinstance(value, date)
        return datetime.combine(value, time())
    return value if found.kind is wanted.kind else None
