"""What a ruleset says of one record. What only some readers ask for is worked out when it is read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from segrules import __version__
from segrules.backends.scalar.blame import blame
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.reasons import because
from segrules.engine.nesting import misspelt, shapes
from segrules.engine.record_treatments import RecordTreatment, treatments_of
from segrules.explain.enough import what_would_be_enough
from segrules.explain.explanation import Explanation
from segrules.explain.hiding import without_sensitive
from segrules.explain.provenance import Provenance
from segrules.explain.reasons import reason
from segrules.explain.row import RowTrace
from segrules.meaning.tables import RowAt, Tables
from segrules.program.program import HitPolicy, Segmentation

if TYPE_CHECKING:
    from datetime import date

    from segrules.backends.record.compiled import Found
    from segrules.backends.record.rows import Rows
    from segrules.backends.record.segmentations import Decided
    from segrules.diagnostics.diagnostic import Diagnostic
    from segrules.engine.population import Population
    from segrules.explain.legend import Legend
    from segrules.language.values import Value
    from segrules.meaning.decisions import Decision as Outcome
    from segrules.meaning.tables import Record
    from segrules.program.nodes import Expression
    from segrules.program.program import Program
    from segrules.program.sensitivity import Sensitivity


class Recorded:
    """A record as it was decided, for questions about why: the interpreter on its rows is made with the first.

    `names` are those under which something stood in it.
    """

    def __init__(
        self,
        program: Program,
        as_of: date,
        names: Collection[str],
        rows: Rows,
        others: Population | None,
        sensitivity: Sensitivity,
    ) -> None:
        self.program = program
        self.names = names
        self.others = others
        self.sensitivity = sensitivity
        self._as_of = as_of
        self._rows = rows

    @cached_property
    def known(self) -> Interpreter:
        """What knows every value of the record."""
        rows: dict[str, list[Record]] = {}
        for table, typed in zip(self.program.tables, self._rows.tables, strict=True):
            names = [column.name for column in table.columns]
            rows[table.name] = [dict(zip(names, row, strict=True)) for row in typed]
        return Interpreter(self.program, self._as_of, Tables(self.program, rows), self._rows.others)

    def missing(self, decided: Outcome) -> tuple[str, ...]:
        """Return what the unknown rules of a segmentation lack, as far as they matter."""
        lacking = (name for rule in decided.unknown_rules for name in blame(self.known, rule.when, self.row))
        return tuple(sorted(set(lacking)))

    @property
    def row(self) -> RowAt:
        """The record's own row."""
        return RowAt(self.program.entity, 0)

    def reason(self, segmentation: Segmentation, decided: Outcome) -> str:
        """Return the reason of an assignment."""
        return reason(self.program, segmentation, decided, self._shown)

    def _shown(self, node: Expression) -> Value:
        return self.sensitivity.shown(node, self.known.evaluate(node, self.row))

    def because(self, segmentation: Segmentation, rules: tuple[str, ...]) -> str | None:
        """Return the author's reasons of the rules that decided."""
        if all(rule.because is None for rule in segmentation.rules if rule.id in rules):
            return None
        return because(self.known, segmentation, rules, self.row, self.sensitivity)


@dataclass(frozen=True, eq=False, repr=False)
class Assignment:
    """What one segmentation says of a record; the fields are those of the columns of `assignments`.

    `outputs` are the further ones by name. `missing` names the columns, or expressions without a value, that a
    provisional assignment hangs on.
    """

    segmentation: str
    segment: str | None
    segments: tuple[str, ...] | None
    rule: str | None
    certainty: str
    possible: tuple[str, ...]
    conflict: tuple[str, ...]
    outputs: Mapping[str, Value]
    _decided: Outcome = field(repr=False)
    _recorded: Recorded = field(repr=False)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What a provisional assignment hangs on."""
        return self._recorded.missing(self._decided) if self._decided.unknown_rules else ()

    @cached_property
    def reason(self) -> str:
        """The reason in one short sentence, as `result.reasons()` gives it."""
        segmentation = self._recorded.program.segmentation(self.segmentation)
        return self._recorded.reason(segmentation, replace(self._decided, missing=self.missing))

    @cached_property
    def because(self) -> str | None:
        """The author's reasons of the rules that decided, None without any."""
        segmentation = self._recorded.program.segmentation(self.segmentation)
        return self._recorded.because(segmentation, self._decided.rules)

    def _told(self) -> dict[str, object]:
        own = {one.name: getattr(self, one.name) for one in fields(self) if not one.name.startswith("_")}
        return {**own, "missing": self.missing, "because": self.because}

    def __eq__(self, other: object) -> bool:
        """Whether another says the same."""
        return self._told() == other._told() if isinstance(other, Assignment) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return the assignment as it would be written."""
        return f"Assignment({', '.join(f'{name}={value!r}' for name, value in self._told().items())})"


class Decision:
    """What a ruleset says of one record: its metrics, its scores and its assignments by name.

    `decision["tier"]` is the assigned segment, None for none, or, under `collect`, the tuple of segments.
    """

    __slots__ = ("_assignments", "_explanation", "_found", "_recorded", "_treatments", "_watch")

    def __init__(self, found: Found, recorded: Recorded, watch: Watch | None) -> None:
        self._found = found
        self._recorded = recorded
        self._watch = watch
        self._assignments: Mapping[str, Assignment] | None = None
        self._explanation: Explanation | None = None
        self._treatments: Mapping[str, RecordTreatment] | None = None

    def __getitem__(self, segmentation: str) -> str | tuple[str, ...] | None:
        """Return the segment, or segments, that a segmentation assigns."""
        return self._found[2][segmentation].given

    @property
    def metrics(self) -> Mapping[str, Value]:
        """The metrics by name."""
        return self._found[0]

    @property
    def scorecards(self) -> Mapping[str, Value]:
        """The scores by the name of their card."""
        return self._found[1]

    @property
    def assignments(self) -> Mapping[str, Assignment]:
        """What each segmentation says, by its name."""
        if self._assignments is None:
            decided = zip(self._recorded.program.segmentations, self._found[2].values(), strict=True)
            self._assignments = {one.name: _assignment(one, said, self._recorded) for one, said in decided}
        return self._assignments

    @property
    def treatments(self) -> Mapping[str, RecordTreatment]:
        """What becomes of each treatment that the record is eligible for, or perhaps is, by its name.

        What is shared out among all rows is left at `eligible`.
        """
        if self._treatments is None:
            self._treatments = treatments_of(self._recorded.known, self._recorded.row, self._recorded.sensitivity)
        return self._treatments

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Warnings about the record: an optional column that it lacks, although it has a name that is nearly that."""
        recorded = self._recorded
        return tuple(misspelt(shapes(recorded.program)[recorded.program.entity], recorded.names))

    @property
    def explanation(self) -> Explanation | None:
        """Why the record is where it is, if that was asked for with `trace=True`."""
        if self._explanation is None and self._watch is not None:
            decisions = [one.decision for one in self._found[2].values()]
            self._explanation = self._watch.explained(self._recorded, decisions, self._found[3])
        return self._explanation

    def _told(self) -> tuple[object, ...]:
        return self.metrics, self.scorecards, self.assignments

    def __eq__(self, other: object) -> bool:
        """Whether another says the same."""
        return self._told() == other._told() if isinstance(other, Decision) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Return the decision as it would be written."""
        return f"Decision(metrics={self.metrics!r}, scorecards={self.scorecards!r}, assignments={self.assignments!r})"


@dataclass(frozen=True, slots=True)
class Watch:
    """What makes explanations of the values that were watched."""

    legend: Legend
    ruleset_hash: str

    def explained(self, recorded: Recorded, decisions: list[Outcome], values: tuple[Value, ...]) -> Explanation:
        """Return the explanation of a record."""
        known, row = recorded.known, recorded.row
        whole = tuple(replace(one, missing=recorded.missing(one)) if one.unknown_rules else one for one in decisions)
        trace = RowTrace(self.legend, known.tables.key(row), whole, values, lambda node: blame(known, node, row))
        population = recorded.others.fingerprint if recorded.others is not None else None
        provenance = Provenance(self.ruleset_hash, __version__, {}, population)
        shown = without_sensitive(trace, recorded.sensitivity)
        return Explanation(shown, provenance, partial(what_would_be_enough, known, row, recorded.sensitivity))


def _assignment(segmentation: Segmentation, said: Decided, recorded: Recorded) -> Assignment:
    decided = said.decision
    return Assignment(
        segmentation.name,
        decided.segment,
        decided.segments if segmentation.hit_policy is HitPolicy.COLLECT else None,
        None if decided.conflict else ", ".join(decided.rules) or None,
        decided.certainty.value,
        decided.possible if len(decided.answers) > 1 else (),
        decided.conflict,
        {output.name: value for output, value in zip(segmentation.outputs, decided.outputs, strict=True)},
        decided,
        recorded,
    )
