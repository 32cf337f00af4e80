"""Numbers inside a message."""

from __future__ import annotations


def counted(number: int, one: str, many: str) -> str:
    """Return `1 row`, `2,400 rows`."""
    return f"{number:,} {one if number == 1 else many}"
