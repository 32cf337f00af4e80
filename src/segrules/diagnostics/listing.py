"""How names are listed in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str], joint: str = "and") -> str:
    """Return names, each as code: `a`, `b` and `c`; without any `nothing`."""
    *first, last = [f"`{name}`" for name in names] or ["nothing"]
    return f"{', '.join(first)} {joint} {last}" if first else last
