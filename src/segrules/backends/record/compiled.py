"""A program and a day as one function of a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segrules.backends.record.columns import Columns
from segrules.backends.record.pieces import Here
from segrules.backends.record.rows import Rows, Typed
from segrules.backends.record.segmentations import Decided, decided
from segrules.backends.record.writer import Writer
from segrules.language.values import Value
from segrules.program.nodes import Expression, Field, walk
from segrules.program.program import Computed, Program, Segmentation

Found = tuple[dict[str, Value], dict[str, Value], dict[str, Decided], tuple[Value, ...]]
"""Metrics, scores and decisions by name, and the values of the expressions that are watched."""


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A program on a day, compiled; it never changes and may be shared between threads.

    `run` takes rows, the row of the entity that is decided, and its place. `source` is what was compiled.
    """

    program: Program
    as_of: date
    run: Callable[[Rows, Typed, int], Found]
    source: str


def compiled(program: Program, as_of: date, watched: tuple[Expression, ...] | None = None) -> Compiled:
    """Return a program compiled for a day.

    With `watched` expressions, which are seen from a row of the entity, their values are told as well, and every rule
    is asked, so that decisions have their outcomes.
    """
    columns = Columns(program, as_of)
    _write_main(columns, watched)
    while columns.pending:
        _write_column(columns, *columns.pending.pop())
    namespace = columns.module.compiled()
    return Compiled(program, as_of, namespace["main"], columns.module.text)


def condition_of(program: Program, as_of: date, table: str, condition: Expression) -> Callable[[Typed], bool]:
    """Return whether a condition on the stored columns of a table is true, as a function of a row."""
    columns = Columns(program, as_of)
    writer = Writer(columns, Here(table, "row", "at"))
    with writer.lines.indented("def holds(row):"):
        writer.lines.add(f"return {writer.truth(condition).true}")
    columns.module.add(writer.lines)
    holds: Callable[[Typed], bool] = columns.module.compiled()["holds"]
    return holds


def _write_main(columns: Columns, watched: Sequence[Expression] | None) -> None:
    program = columns.program
    writer = Writer(columns, Here(program.entity, "row", "at"))
    with writer.lines.indented("def main(s, row, at):"):
        for definition in _in_order(columns, watched or ()):
            if isinstance(definition, Segmentation):
                writer.decided[definition.name] = decided(writer, definition, whole=watched is not None)
            else:
                writer.computed[definition.name] = writer.value(definition.value)
        metrics = _named(writer, {one.name: writer.computed[one.name].name for one in program.metrics})
        scores = _named(writer, {one.name: writer.computed[one.score.name].name for one in program.scorecards})
        decisions = _named(writer, {one.name: writer.decided[one.name] for one in program.segmentations})
        values = "".join(f"{writer.value(one).name}, " for one in watched or ())
        writer.lines.add(f"return {metrics}, {scores}, {decisions}, ({values})")
    columns.module.add(writer.lines)


def _named(writer: Writer, names: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{writer.module.bind(key)}: {name}" for key, name in names.items()) + "}"


def _write_column(columns: Columns, function: str, table: str, name: str) -> None:
    """Write the function that works out a column of any row of a table, once a row."""
    writer = Writer(columns, Here(table, "row", "at"))
    with writer.lines.indented(f"def {function}(s, at):"):
        known = f"{function[1:]}, at"
        writer.lines.add(f"found = s.memo.get(({known}), s)")
        writer.lines.add("if found is not s: return found")
        writer.lines.add(f"row = s.tables[{columns.numbers[table]}][at]")
        definition = columns.definition(table, name)
        if isinstance(definition, Segmentation):
            found = decided(writer, definition, whole=False)
        else:
            assert isinstance(definition, Computed)
            found = writer.value(definition.value).name
        writer.lines.add(f"s.memo[{known}] = {found}")
        writer.lines.add(f"return {found}")
    columns.module.add(writer.lines)


def _in_order(columns: Columns, watched: Sequence[Expression]) -> Iterator[Computed | Segmentation]:
    """Yield what is worked out for the entity and told or needed for that, each after what it reads."""
    needed = _needed(columns, watched)
    for table, name in columns.program.order:
        definition = columns.definition(table, name)
        wanted = table == columns.program.entity and name in needed
        if wanted and isinstance(definition, Computed | Segmentation):
            yield definition


def _needed(columns: Columns, watched: Sequence[Expression]) -> set[str]:
    program = columns.program
    needed: set[str] = set()
    told: list[Computed | Segmentation] = [*program.metrics, *program.segmentations]
    told += [one.score for one in program.scorecards]
    pending = [*(one.name for one in told), *(name for one in watched for name in _own(program, one))]
    while pending:
        name = pending.pop()
        if name in needed:
            continue
        needed.add(name)
        for expression in _read(columns.definition(program.entity, name)):
            pending += _own(program, expression)
    return needed


def _read(definition: object) -> Iterator[Expression]:
    match definition:
        case Computed():
            yield definition.value
        case Segmentation():
            yield from (rule.when for rule in definition.rules)


def _own(program: Program, expression: Expression) -> Iterator[str]:
    """Yield the columns of the entity's own row that an expression reads."""
    for node in walk(expression):
        if isinstance(node, Field) and not node.row.path and node.row.table == program.entity:
            yield node.name
