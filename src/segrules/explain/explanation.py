"""An explanation: the trace of a row, to be read as text, as a dictionary or in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from segrules.explain.text import render
from segrules.explain.trace import Trace


@dataclass(frozen=True)
class Explanation:
    """Why one row is where it is."""

    trace: Trace

    def text(self, *, full: bool = False, width: int = 100) -> str:
        """Return the explanation for a terminal; `full` folds nothing, `width` is in columns."""
        return render(self.trace, full=full, width=width)

    def to_dict(self) -> dict[str, Any]:
        """Return the trace as JSON has it: exact numbers and dates as text."""
        return self.trace.to_dict()

    def __str__(self) -> str:
        """Return the text."""
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"
