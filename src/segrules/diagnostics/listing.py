"""How names are listed and things are counted in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str], joint: str = "and") -> str:
    """Return names, each as code: `a`, `b` and `c`; without any `nothing`."""
    *first, last = [f"`{name}`" for name in names] or ["nothing"]
    return f"{', '.join(first)} {joint} {last}" if first else last


def counted(count: int, noun: str) -> str:
    """Return so many things, thousands parted: `1 row`, `2,400 rows`."""
    return f"{count:,} {plural(count, noun)}"


def plural(count: int, noun: str) -> str:
    """Return a noun as it stands behind a number: with an `s` behind all but one."""
    return noun if abs(count) == 1 else f"{noun}s"
