"""What is hidden of a row's trace: the values of sensitive columns, and those that come from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from segrules.explain.legend import Legend
from segrules.explain.row import RowTrace
from segrules.program.sensitivity import HIDDEN, Sensitivity


def without_sensitive(row: RowTrace, sensitivity: Sensitivity) -> RowTrace:
    """Return a row's trace without sensitive values; which of them are missing is told, and how conditions turned out.

    All that is read off a trace is then without them, margins too.
    """
    places = {
        place: sources for place, sources in _hidden(row.legend, sensitivity).items() if row.values[place] is not None
    }
    if not places:
        return row
    values = tuple(HIDDEN if place in places else value for place, value in enumerate(row.values))
    return replace(row, values=values, hidden=tuple(sorted(frozenset().union(*places.values()))))


@lru_cache(maxsize=64)
def _hidden(legend: Legend, sensitivity: Sensitivity) -> Mapping[int, frozenset[str]]:
    """Return the places of the values that are hidden, each with the columns that it comes from."""
    hidden = (place for place, node in enumerate(legend.expressions) if sensitivity.hides(node))
    return {place: sensitivity.sources_of(legend.expressions[place]) for place in hidden}
