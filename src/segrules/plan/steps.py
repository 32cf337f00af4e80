"""A plan: steps in order, each of which gives a table further columns.

Expressions in steps are `Constant`, `Call` and `Field` of the row itself; paths, aggregates, parameters and comparisons
with segmentations have become columns. Names that start with `~` are the plan's own, which no author can write.
"""

from __future__ import annotations

from dataclasses import dataclass

from segrules.language.types import Type
from segrules.language.values import Value
from segrules.program.conditions import Condition
from segrules.program.nodes import Aggregate, Expression, Field, Statistic
from segrules.program.program import Rule, Segmentation


@dataclass(frozen=True, slots=True)
class Decision:
    """The assigned segment of a segmentation, or, if `place`, the place of the rule that decides.

    `rules` are the rules in force in the order in which they are asked, each with the boolean column that says how it
    turned out. The place, not there under `collect`, counts them from 0; without a match it is how many there are, in
    a conflict missing.
    """

    segmentation: Segmentation
    rules: tuple[tuple[Rule, str], ...]
    place: bool = False


@dataclass(frozen=True, slots=True)
class Pick:
    """What belongs to the place that decides, which is in the column `place`: one of `values`, or missing."""

    place: str
    values: tuple[Value, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Extend:
    """Columns from other columns of the same row; none of them reads another of the same step."""

    table: str
    columns: tuple[tuple[str, Expression | Decision | Pick], ...]


@dataclass(frozen=True, slots=True)
class LookUp:
    """Columns of the row above, `above`, which the columns `by` find by its `key`; missing where there is none.

    `columns` are pairs: the new name, and the name in the table above.
    """

    table: str
    by: tuple[str, ...]
    above: str
    key: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Gather:
    """Aggregates of the rows of `below` whose columns `by` equal the row's `key`.

    What the aggregates take (`value`, `where`, `by`) are expressions of those rows.
    """

    table: str
    key: tuple[str, ...]
    below: str
    by: tuple[str, ...]
    aggregates: tuple[tuple[str, Aggregate], ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Statistics of the table's own rows, which the columns `over` part into groups; without any all are in one.

    What the statistics take (`value`, `where`) are expressions of those rows, their `amount` is constant.
    """

    table: str
    key: tuple[str, ...]
    over: tuple[str, ...]
    statistics: tuple[tuple[str, Statistic], ...]


Step = Extend | LookUp | Gather | Survey


@dataclass(frozen=True, slots=True)
class Told:
    """An atomic condition that had a part in the match of its rule where `shown` is true; see `program.telling.Part`.

    `values` are those of what it saw, `seen`. They and `shown` are columns of the plan or constants.
    """

    condition: Expression
    denied: bool
    shown: Expression
    seen: tuple[Expression, ...]
    values: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Where a plan puts what a segmentation's decisions are explained by: boolean columns, each with what it is about.

    `deciding` is whether a rule in force made the assignment, or is in the conflict. `possible` are named answers:
    every one that the row may get, under `collect` segments that may be there besides those assigned. `missing` are
    the names of what the unknown rules that matter lack. `told` is what there is to tell of each rule where it
    matched. No booleans are `holes`, the values in the rules' reasons, each by its rule and its place in the text, and
    `outputs`, the column with a JSON text of the further outputs, None if there are none.
    """

    segmentation: Segmentation
    deciding: tuple[tuple[Rule, str], ...]
    conflict: str
    provisional: str
    possible: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    told: tuple[tuple[Rule, tuple[Told, ...]], ...]
    holes: tuple[tuple[tuple[Rule, int], Expression], ...]
    outputs: str | None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Where a plan counts, for each row of `table`, the rows that an aggregate passes over.

    The aggregate stands in what is worked out by `name`, in the rule of that id or its reason, in a treatment, or in
    `suppress`. The counts are columns: of rows whose condition is `unknown`, and of rows that are `missing` a value;
    None where there can be none.
    """

    table: str
    name: str
    aggregate: Aggregate
    unknown: str | None
    missing: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, in order, and which columns come out: key, metrics, scores, segmentations.

    `conditions` are columns too, how each condition turned out, and `explained` is there for each segmentation.
    """

    entity: str
    steps: tuple[Step, ...]
    columns: tuple[str, ...]
    conditions: tuple[tuple[Condition, str], ...] = ()
    explained: tuple[Explained, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()


def named(plan: Plan) -> tuple[str, ...]:
    """Return every column that comes out of a plan, those with which it explains included."""
    found = [*plan.columns, *(name for _, name in plan.conditions)]
    for one in plan.explained:
        found += [name for _, name in (*one.deciding, *one.possible, *one.missing)]
        found += [one.conflict, one.provisional, *([one.outputs] if one.outputs else [])]
        parts = [part for _, of_rule in one.told for told in of_rule for part in (told.shown, *told.values)]
        found += [part.name for part in (*parts, *(hole for _, hole in one.holes)) if isinstance(part, Field)]
    return tuple(dict.fromkeys(found))
