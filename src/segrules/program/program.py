"""A ruleset as a typed program: tables, parameters, metrics, segmentations, and the order they are worked out in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain

from segrules.diagnostics.source import Span
from segrules.language.types import Type
from segrules.language.values import Value
from segrules.program.nodes import Expression
from segrules.program.treatments import Allocation, Group, Treatment


@dataclass(frozen=True, slots=True)
class Actionable:
    """What a row's owner can change about a column: a number by `step`, as far as the column and both bounds allow.

    `direction` is `up`, `down` or `any`. Texts and booleans change `to` some values, or to any if that is empty.
    """

    step: Value = None
    minimum: Expression | None = None
    maximum: Expression | None = None
    direction: str = "any"
    to: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A stored column. `minimum` and `maximum` are constant expressions (they may read parameters).

    `header` is its spelling in the file, `missing` the spellings that mean missing, `split` what parts the members of
    a list, `date_formats` the spellings of a date beside ISO (strftime). `type.nullable` is the `optional` of the file,
    `basis` what sort of fact it is: advice asks for it, no answer does.
    """

    name: str
    type: Type
    header: str
    span: Span = field(compare=False, repr=False)
    minimum: Expression | None = None
    maximum: Expression | None = None
    unique: bool = False
    missing: tuple[str, ...] = ()
    split: str | None = None
    date_formats: tuple[str, ...] = ()
    sensitivity: str | None = None
    basis: str | None = None
    title: str | None = None
    actionable: Actionable | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A `belongs_to`: the row of `table` whose key equals this table's columns `by`, in the key's order.

    `down` is the name of the way down when `as` gives one, else the name of the table that holds the relation.
    """

    name: str
    table: str
    by: tuple[str, ...]
    down: str
    required: bool
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FileFormat:
    """How a table's file is read. `file` is the sample, relative to the ruleset's folder; None says: as usual."""

    file: str | None = None
    format: str | None = None
    separator: str | None = None
    encoding: str | None = None
    date_formats: tuple[str, ...] = ()
    decimal_comma: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `keys_from` names the table from whose rows its keys are taken when it has no file of its own."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    relations: tuple[Relation, ...]
    span: Span = field(compare=False, repr=False)
    where: Expression | None = None
    keys_from: str | None = None
    source: FileFormat = FileFormat()

    def column(self, name: str) -> Column:
        """Return the stored column of that name."""
        return next(column for column in self.columns if column.name == name)

    def relation(self, name: str) -> Relation:
        """Return the `belongs_to` of that name."""
        return next(relation for relation in self.relations if relation.name == name)


@dataclass(frozen=True, slots=True)
class Import:
    """An import of the ruleset's own file.

    `files` are the names of the file that it leads to and of all that this imports in turn, and `kinds` the kinds of
    treatments that they declare: advice asks for them, no answer does.
    """

    path: str
    files: frozenset[str]
    kinds: frozenset[str]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Since:
    """A value of a parameter, and the day from which it holds."""

    day: date
    value: Value
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A constant with a name.

    One with values by day has them in `dated`, the earliest first, all of one type; its `value` is then that of
    `since`, the day's choice (see `segrules.program.dated.on_day`), and missing before one was chosen. `is_percentage`
    says that it is written as one, and reads best as one.
    """

    name: str
    value: Value
    type: Type
    span: Span = field(compare=False, repr=False)
    title: str | None = None
    dated: tuple[Since, ...] = ()
    since: Since | None = None
    is_percentage: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Computed:
    """A `derived` column of a table, or a metric of the entity's table: one expression a row."""

    table: str
    name: str
    value: Expression
    span: Span = field(compare=False, repr=False)
    title: str | None = None

    @property
    def type(self) -> Type:
        """The type of its value."""
        return self.value.type


@dataclass(frozen=True, slots=True)
class Hole:
    """An expression inside a text, and how its value is written; `format` is None or such as `,` `.2f` `.1%`."""

    expression: Expression
    format: str | None


Template = tuple[str | Hole, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a segmentation. It is in force from `valid_from` until `valid_until`, both days included.

    `outputs` are the values that it gives beside the segment, one for each of the segmentation's `outputs`.
    """

    id: str
    segment: str
    when: Expression
    span: Span = field(compare=False, repr=False)
    because: Template | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    outputs: tuple[Value, ...] = ()

    def in_force(self, as_of: date) -> bool:
        """Whether the rule counts on that day."""
        after_start = self.valid_from is None or self.valid_from <= as_of
        return after_start and (self.valid_until is None or as_of <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the points for a part of the target; all of them from the target on."""

    points: Expression
    value: Expression
    target: Expression


@dataclass(frozen=True, slots=True)
class Whole:
    """All points or none."""

    points: Expression
    when: Expression


@dataclass(frozen=True, slots=True)
class Steps:
    """Points by the last of some numbers that is reached, each with its points; none below the first."""

    value: Expression
    steps: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a scorecard: how it gives points, and the column that holds them."""

    name: str
    gives: Part | Whole | Steps
    column: Computed


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A scorecard of the entity: its columns, and what they were made from, for who explains them.

    It has `terms` and perhaps `floors`, or else the `cards` that it takes the best of, and the column `card` that names
    the one it took. `qualifies` says whether all floors hold.
    """

    name: str
    score: Computed
    qualifies: Computed
    span: Span = field(compare=False, repr=False)
    terms: tuple[Term, ...] = ()
    floors: tuple[Expression, ...] = ()
    cards: tuple[str, ...] = ()
    card: Computed | None = None
    title: str | None = None

    @property
    def columns(self) -> tuple[Computed, ...]:
        """The columns that it is made of: the terms, the score, whether it qualifies, and of which card it is."""
        terms = (term.column for term in self.terms)
        return (*terms, self.score, self.qualifies, *((self.card,) if self.card else ()))


NO_SEGMENT = "(no segment)"
"""How no segment is called among the possible answers."""

CONFLICT = "(conflict)"
"""How a conflict is called among the possible answers."""


class HitPolicy(StrEnum):
    """What several rules that match mean."""

    FIRST = "first"
    UNIQUE = "unique"
    ANY = "any"
    PRIORITY = "priority"
    COLLECT = "collect"


@dataclass(frozen=True, slots=True)
class Output:
    """A further output of a segmentation, read as `tier.discount`: missing with no segment and with the default."""

    segmentation: str
    name: str
    type: Type
    span: Span = field(compare=False, repr=False)

    @property
    def column(self) -> str:
        """The name by which expressions and results have it."""
        return f"{self.segmentation}.{self.name}"


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A segmentation of the entity.

    `segments` are all of them: lowest first when `ordered`, else in the order of the rules, `default` last. `default`
    is None without one; outside `collect` it has one member. `priority` is empty but under that hit policy, and
    `outputs` are empty under `collect`.
    """

    name: str
    hit_policy: HitPolicy
    rules: tuple[Rule, ...]
    segments: tuple[str, ...]
    span: Span = field(compare=False, repr=False)
    ordered: bool = False
    default: tuple[str, ...] | None = None
    priority: tuple[str, ...] = ()
    title: str | None = None
    outputs: tuple[Output, ...] = ()

    def ranked(self, rules: Iterable[Rule]) -> list[Rule]:
        """Return rules in the order in which they are asked: under `priority` by segment, else as they stand."""
        if not self.priority:
            return list(rules)
        return sorted(rules, key=lambda rule: self.priority.index(rule.segment))


Definition = Computed | Segmentation | Output
"""What works out a column that is not stored."""


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A ruleset that was checked. One is equal to itself only: what two of them mean is compared by `ruleset_hash`.

    `derived` (of every table), `metrics`, `scorecards`, `segmentations` and `treatments` stand as written. Who is in
    `suppress`, or perhaps is, gets no treatment. `order` names them, with
    the columns of scorecards and further outputs, as (table, name) so that each comes after everything it reads.
    Invariant: every expression is well typed, names resolve, no cycles.
    """

    ruleset: str
    entity: str
    timezone: str
    tables: tuple[Table, ...]
    parameters: tuple[Parameter, ...]
    derived: tuple[Computed, ...]
    metrics: tuple[Computed, ...]
    segmentations: tuple[Segmentation, ...]
    order: tuple[tuple[str, str], ...]
    span: Span = field(compare=False, repr=False)
    scorecards: tuple[Scorecard, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    groups: tuple[Group, ...] = ()
    suppress: Expression | None = None
    allocation: Allocation = Allocation.GREEDY
    imports: tuple[Import, ...] = ()
    title: str | None = None
    objective: str | None = None
    owner: str | None = None
    _definitions: dict[tuple[str, str], Definition] = field(default_factory=dict, init=False, repr=False)

    def table(self, name: str) -> Table:
        """Return the table of that name."""
        return next(table for table in self.tables if table.name == name)

    def segmentation(self, name: str) -> Segmentation:
        """Return the segmentation of that name."""
        return next(found for found in self.segmentations if found.name == name)

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The further outputs of all segmentations."""
        return tuple(output for segmentation in self.segmentations for output in segmentation.outputs)

    def treatment(self, name: str) -> Treatment:
        """Return the treatment of that name."""
        return next(found for found in self.treatments if found.name == name)

    def definition(self, table: str, name: str) -> Definition | None:
        """Return what works out that column of that table, or None if it is stored."""
        if not self._definitions:
            self._definitions.update({(self.entity, found.column): found for found in self.outputs})
            self._definitions.update({(self.entity, found.name): found for found in self.segmentations})
            self._definitions.update({(found.table, found.name): found for found in self.computed})
        return self._definitions.get((table, name))

    @property
    def computed(self) -> tuple[Computed, ...]:
        """Everything that is worked out by one expression: derived columns, metrics, the columns of scorecards."""
        scorecards = chain.from_iterable(scorecard.columns for scorecard in self.scorecards)
        return (*self.derived, *self.metrics, *scorecards)

    @property
    def is_optimised(self) -> bool:
        """Whether grants are chosen for their total value."""
        return self.allocation is Allocation.OPTIMISE

    @property
    def results(self) -> tuple[str, ...]:
        """The columns of the entity that come out behind its key: metrics, scores, segmentations with their outputs."""
        segmentations = [(one.name, *(output.column for output in one.outputs)) for one in self.segmentations]
        scores = (scorecard.name for scorecard in self.scorecards)
        return (*(metric.name for metric in self.metrics), *scores, *chain.from_iterable(segmentations))
