"""Decision tables as the rules that they stand for: one a row, its conditions the cells left of `segment`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from segrules.checker import decision_messages as messages
from segrules.checker.cell_conditions import cell_condition
from segrules.checker.coercion import coerced, meeting_type
from segrules.checker.expressions import type_of
from segrules.checker.formulas import check_formula, check_sentence
from segrules.checker.name_messages import reserved_name
from segrules.checker.place import Place
from segrules.checker.type_messages import no_value
from segrules.checker.world import World
from segrules.diagnostics.source import Passage
from segrules.document.cells import CellValue
from segrules.document.decision_table import DecisionTable, TableRow
from segrules.document.structure_scalars import as_name
from segrules.document.table_messages import repeated_head
from segrules.document.written import Formula, Sentence, Word
from segrules.language import types
from segrules.language.constants import read_constant, refuse_constant
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.language.words import is_reserved
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.program import HitPolicy, Output, Rule


def table_outputs(world: World, name: Word, table: DecisionTable, policy: HitPolicy) -> dict[int, _Column]:
    """Return the further outputs of a table, by their place among its outputs; those that are wrong are reported."""
    found = {}
    for place, head in enumerate(table.outputs):
        if policy is HitPolicy.COLLECT:
            world.report(messages.output_of_list(head.whole, head.text, name.value))
        elif _is_name(world, name, head) and (column := _column(world, name, table, place)):
            found[place] = column
    return found


def table_rules(world: World, name: Word, table: DecisionTable, outputs: Mapping[int, _Column]) -> tuple[Rule, ...]:
    """Return the rules of a table's rows; each atomic condition has the span of its cell, a rule that of its row."""
    heads = _heads(world, table)
    counted: Counter[str] = Counter()
    rules = []
    for number, row in enumerate(table.rows):
        when = _when(world, row, heads)
        because = check_sentence(world, Sentence(row.because.text, row.because), world.entity) if row.because else None
        if row.segment is None:
            continue
        segment = row.segment.value
        counted[segment] += 1
        usual = f"{name.value}.{segment}" + (f"_{counted[segment]}" if counted[segment] > 1 else "")
        values = tuple(column.values[number] for column in outputs.values())
        rules.append(Rule(row.id.value if row.id else usual, segment, when, row.span, because, outputs=values))
    return tuple(rules)


def _heads(world: World, table: DecisionTable) -> list[Expression]:
    """Return the expressions over the conditions; two that mean the same are reported, however they are written."""
    found: list[Expression] = []
    for head in table.conditions:
        expression = check_formula(world, Formula(head.text, head), world.entity)
        if expression.type.kind is not Kind.UNKNOWN and expression in found:
            world.report(repeated_head(head.whole, head.text, found[found.index(expression)].span, right=False))
        found.append(expression)
    return found


def _when(world: World, row: TableRow, heads: Sequence[Expression]) -> Expression:
    conditions = [
        cell_condition(Place(world, world.entity, cell.passage), head, cell)
        for head, cell in zip(heads, row.conditions, strict=True)
        if cell is not None
    ]
    if not conditions:
        return Constant(True, types.BOOLEAN.present(), row.span)
    if len(conditions) == 1:
        return conditions[0]
    nullable = any(condition.type.nullable for condition in conditions)
    return Call("and", tuple(conditions), types.BOOLEAN.maybe_missing(nullable), row.span)


# Further outputs


@dataclass(frozen=True, slots=True)
class _Column:
    """An output, and its value in each row."""

    output: Output
    values: tuple[Value, ...]


def _is_name(world: World, name: Word, head: Passage) -> bool:
    if not head.text.isidentifier():
        world.report(messages.output_name(head.whole, head.text, name.value, as_name(head.text)))
        return False
    if is_reserved(head.text):
        world.report(reserved_name(head.whole, head.text, "give the output another name"))
        return False
    return True


def _column(world: World, name: Word, table: DecisionTable, place: int) -> _Column | None:
    """Return an output with its values in the type in which they meet, or report what does not fit."""
    head = table.outputs[place]
    cells = [row.outputs[place] for row in table.rows]
    constants = [None if cell is None else _value(world, cell) for cell in cells]
    given = [(cell, one) for cell, one in zip(cells, constants, strict=True) if cell is not None and one is not None]
    if len(given) < len([cell for cell in cells if cell is not None]):
        return None
    meeting = _meeting(world, head.text, given)
    if meeting is None:
        return None
    if meeting.kind is Kind.MISSING:
        if table.complete:
            world.report(messages.output_without_values(head.whole, head.text))
        return None
    if meeting.kind is Kind.DURATION:
        world.report(no_value(head.whole, head.text, meeting))
        return None
    values = [one and coerced(one, meeting) for one in constants]
    kept = tuple(one.value if isinstance(one, Constant) else None for one in values)
    return _Column(Output(name.value, head.text, _type(meeting, kept), head.whole), kept)


def _type(meeting: Type, values: Sequence[Value]) -> Type:
    """Return the type of an output, which knows its texts as a segmentation its segments."""
    if meeting.kind is not Kind.STRING:
        return meeting.maybe_missing()
    texts = tuple(dict.fromkeys(value for value in values if isinstance(value, str)))
    return replace(types.STRING, values=texts)


def _value(world: World, cell: CellValue) -> Constant | None:
    if cell.quoted:
        return Constant(cell.value, types.STRING.present(), cell.span)
    if refused := refuse_constant(cell.passage):
        world.report(refused)
        return None
    read = read_constant(cell.passage)
    value = cell.value if read is None else read[0]
    return Constant(value, type_of(value), cell.span)


def _meeting(world: World, name: str, given: Sequence[tuple[CellValue, Constant]]) -> Type | None:
    """Return the type of all cells; where there is none, report those that are not what most are."""
    meeting = meeting_type([one.type for _, one in given])
    if meeting is not None:
        return meeting
    groups = list(_groups([one for _, one in given]))
    usual = max(groups, key=len)
    for cell, one in given:
        if one not in usual:
            world.report(messages.mixed_output(cell.span, cell.value, one.type, usual[0].type, name, usual[0].span))
    return None


def _groups(given: Sequence[Constant]) -> Iterator[list[Constant]]:
    """Yield constants that meet together, in the order in which the first of each stands."""
    rest = list(given)
    while rest:
        group = [one for one in rest if meeting_type([rest[0].type, one.type]) is not None]
        yield group
        rest = [one for one in rest if one not in group]
