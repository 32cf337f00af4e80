"""An explanation: the trace of a row, to be read as text, as a dictionary or in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.spelling import nearest
from segrules.errors import InputInvalid
from segrules.explain.asking import Search, why_not
from segrules.explain.forms.legend.legend import LegendForm, legend_form
from segrules.explain.forms.row import RowForm, row_form
from segrules.explain.forms.trace import TraceForm, trace_form
from segrules.explain.html import render_html
from segrules.explain.provenance import Provenance
from segrules.explain.read import read_trace
from segrules.explain.row import RowTrace
from segrules.explain.text import render
from segrules.explain.trace import Trace
from segrules.explain.trace_outline import outline
from segrules.explain.treatments import TreatmentTrace
from segrules.explain.wanted import wanted_segments
from segrules.explain.why_not import WhyNot


@dataclass(frozen=True)
class Explanation:
    """Why one row is where it is: outcomes and values, from which text is made when it is read."""

    row: RowTrace
    provenance: Provenance
    search: Search = field(compare=False, repr=False)
    treatments: tuple[TreatmentTrace, ...] = ()
    """What became of the row's treatments; of a record alone it stands in its decision."""

    @cached_property
    def trace(self) -> Trace:
        """The trace as people read it."""
        return read_trace(self.row, self.provenance)

    def text(self, *, full: bool = False, width: int = 100, segmentations: Sequence[str] = ()) -> str:
        """Return the explanation for a terminal; `full` folds nothing, `width` is in columns.

        With `segmentations` it is about these alone; raises `InputInvalid` if there is none of a name.
        """
        told = self._known(segmentations)
        return render(outline(self.trace, told, self.treatments), full=full, width=width)

    def to_dict(self) -> TraceForm:
        """Return the trace as JSON has it, version 1: exact numbers and dates as text; see `docs/trace.md`."""
        return trace_form(self.row, self.provenance, self.treatments)

    def why_not(self, segment: str, *, segmentations: Sequence[str] = ()) -> WhyNot:
        """Return why the row is not in a segment, in each segmentation that has one of that name.

        `tier.platinum` and `tier=platinum` name a segment of one segmentation; with `segmentations` these alone are
        asked. Raises `InputInvalid` if there is none.
        """
        asked = wanted_segments(self.row.legend.program, segment, self._known(segmentations))
        return why_not(self.row, asked, self.search)

    def _known(self, segmentations: Sequence[str]) -> Sequence[str]:
        """Return segmentations that are asked about; raise `InputInvalid` if there is none of a name."""
        asked = [segmentations] if isinstance(segmentations, str) else segmentations
        names = [one.segmentation.name for one in self.row.legend.segmentations]
        if unknown := [name for name in asked if name not in names]:
            raise InputInvalid([_unknown(name, names) for name in unknown])
        return asked

    def legend(self) -> LegendForm:
        """Return the part of `to_dict()` that is the same for every row, for who keeps many rows."""
        return legend_form(self.row.legend)

    def values(self) -> RowForm:
        """Return the part of `to_dict()` that is this row's own."""
        return row_form(self.row)

    def __str__(self) -> str:
        """Return the text."""
        return self.text()

    def _repr_html_(self) -> str:
        return render_html(outline(self.trace, treatments=self.treatments))


def _unknown(name: str, names: Sequence[str]) -> Diagnostic:
    near = nearest(name, names)
    listed = ", ".join(f"`{one}`" for one in names)
    way_out = f"did you mean `{near}`?" if near else (f"it has {listed}" if names else "it has none")
    return Diagnostic(catalogue.UNKNOWN_SEGMENTATION, f"the ruleset has no segmentation `{name}`", help=way_out)
