"""Values as JSON has them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from segrules.language.values import Duration, Value


def plain(value: Value) -> Any:
    """Return a value as JSON has it: exact numbers and dates as text, so that nothing is lost."""
    match value:
        case Decimal():
            return format(value, "f")
        case date() | datetime():
            return value.isoformat()
        case Duration():
            return str(value)
        case tuple():
            return [plain(member) for member in value]
        case _:
            return value
