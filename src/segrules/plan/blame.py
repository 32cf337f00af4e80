"""What is missing where an expression has no value, as columns: one for each name that can be to blame.

The same names at the same rows as the scalar backend's `blame`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from segrules.diagnostics.source import Span
from segrules.language.statistics import is_place
from segrules.plan.decisions import Judgement
from segrules.plan.logic import conjunction, disjunction, is_missing, is_true, may_be_true, negation, truth
from segrules.plan.paths import from_above
from segrules.plan.presence import MAY_NOT_EXIST
from segrules.program.nodes import Aggregate, Answers, Call, Constant, Expression, Field, Reference, Row, Statistic
from segrules.program.printer import print_expression
from segrules.program.program import Computed, Output, Segmentation
from segrules.program.treatments import Treatment

if TYPE_CHECKING:
    from segrules.plan.columns import Columns

Blame = dict[str, Expression]
"""By the name of what is missing, whether it is that name's fault that a value is missing: never so where it is not."""


def blame(columns: Columns, table: str, node: Expression) -> Blame:
    """Return what can be missing in an expression of a table's row; the conditions are lowered."""
    lowered = columns.lower(table, node)
    if not lowered.type.nullable:
        return {}
    match node:
        case Constant() | Reference():
            return {}
        case Field():
            return _of_field(columns, table, node)
        case Aggregate():
            return {print_expression(node): is_missing(lowered)}
        case Answers():
            return _else_printed(node, lowered, _of_answers(columns, table, node))
        case Statistic():
            return _else_printed(node, lowered, _of_statistic(columns, table, node))
        case Call(function="if", arguments=(condition, then, otherwise)):
            return _of_choice(columns, table, (condition, then, otherwise))
        case Call():
            found = _united(blame(columns, table, argument) for argument in node.arguments)
            return _else_printed(node, lowered, found) if _may_be_itself(node) else _where(is_missing(lowered), found)


def of_segmentation(columns: Columns, segmentation: Segmentation) -> Blame:
    """Return what the unknown rules that matter lack, as columns of the entity."""
    entity = columns.program.entity
    judgement = Judgement(columns, segmentation)
    parts = []
    for one in judgement.tried:
        matters = columns.named(entity, f"{one.column}?", partial(judgement.matters, one))
        found = blame(columns, entity, one.rule.when) if matters.type.nullable or _can_hold(matters) else {}
        parts.append(_where(matters, found))
    return _stored(columns, entity, segmentation.name, _united(parts))


def of_treatment(columns: Columns, treatment: Treatment) -> Blame:
    """Return what is not known where a treatment's condition is unknown, or else where what it needs is missing."""
    entity = columns.program.entity
    when = columns.lower(entity, treatment.when)
    of_needed = _united(blame(columns, entity, node) for node in treatment.needed)
    unknown = _where(is_missing(when), blame(columns, entity, treatment.when))
    return _united([unknown, _where(is_true(when), of_needed)])


def _can_hold(condition: Expression) -> bool:
    return not isinstance(condition, Constant) or condition.value is True


def _united(parts: Iterable[Blame]) -> Blame:
    found: dict[str, list[Expression]] = {}
    for part in parts:
        for name, condition in part.items():
            found.setdefault(name, []).append(condition)
    return {name: disjunction(conditions, conditions[0].span) for name, conditions in found.items()}


def _where(condition: Expression, found: Mapping[str, Expression]) -> Blame:
    """Return what is to blame where a condition holds."""
    return {name: conjunction([condition, fault], fault.span) for name, fault in found.items()}


def _else_printed(node: Expression, lowered: Expression, found: Blame) -> Blame:
    """Return what is to blame for a value that is missing; where nothing is, it is the expression itself."""
    missing = is_missing(lowered)
    nothing = negation(disjunction(found.values(), node.span))
    itself = conjunction([missing, nothing], node.span)
    return _united([_where(missing, found), {print_expression(node): itself}])


def _may_be_itself(node: Call) -> bool:
    """Whether a call can be missing with nothing else to blame."""
    own = node.function in MAY_NOT_EXIST or node.function == "in_list"
    return own or not all(_has_names(argument) for argument in node.arguments)


def _has_names(node: Expression) -> bool:
    """Whether something is to blame wherever an expression is missing: not where `missing` is written."""
    match node:
        case Constant():
            return node.value is not None
        case Call(function="if", arguments=parts):
            return all(_has_names(part) for part in parts)
        case _:
            return True


def _of_choice(columns: Columns, table: str, parts: tuple[Expression, Expression, Expression]) -> Blame:
    condition = columns.lower(table, parts[0])
    of_condition, of_then, of_otherwise = (blame(columns, table, part) for part in parts)
    chosen = is_true(condition), is_true(negation(condition))
    return _united([of_condition, _where(chosen[0], of_then), _where(chosen[1], of_otherwise)])


def _of_statistic(columns: Columns, table: str, node: Statistic) -> Blame:
    """Return what keeps a row from having a group, or from having a place in it."""
    found = [blame(columns, table, group) for group in node.over]
    if is_place(node.function):
        where = node.where
        found_in_row = _united(blame(columns, table, part) for part in (node.value, where) if part is not None)
        takes_part = truth(True, node.span) if where is None else may_be_true(columns.lower(table, where))
        found.append(_where(takes_part, found_in_row))
    return _united(found)


def _of_field(columns: Columns, table: str, node: Field) -> Blame:
    found = _at_row(columns, node)
    if not node.row.path:
        return found
    return _united([_from_above(columns, table, node, found), _of_path(columns, table, node.row, node.span)])


def _from_above(columns: Columns, table: str, node: Field, found: Blame) -> Blame:
    """Return what is to blame at the row that a path leads to, where it leads to one."""
    reached = negation(columns.finds_no_row(table, node.row, node.span)) if node.row.path else truth(True, node.span)
    faults = {name: is_true(columns.lower(table, from_above(fault, node.row))) for name, fault in found.items()}
    return _where(reached, faults)


def _at_row(columns: Columns, node: Field) -> Blame:
    """Return what is to blame for a column at the row that holds it, whose conditions are columns of that table."""
    table, name = node.row.table, node.name
    definition = columns.program.definition(table, name)
    own = columns.read(table, name, node.span)
    if isinstance(definition, Computed):
        return _stored(columns, table, name, blame(columns, table, definition.value))
    itself = {_name(columns, table, name): is_missing(own)}
    if definition is None or not own.type.nullable:
        return itself if own.type.nullable else {}
    if isinstance(definition, Output):
        definition = columns.program.segmentation(definition.segmentation)
    faults = of_segmentation(columns, definition)
    nothing = negation(disjunction(faults.values(), node.span))
    return _stored(columns, table, name, _where(is_missing(own), _united([faults, _where(nothing, itself)])), "!")


def _stored(columns: Columns, table: str, name: str, found: Blame, mark: str = "?") -> Blame:
    """Make conditions columns, so that what reads them stays small."""
    return {one: columns.named(table, f"~{name}{mark}{one}", partial(found.__getitem__, one)) for one in found}


def _of_path(columns: Columns, table: str, row: Row, span: Span) -> Blame:
    """Return the columns that a way up lacks, or, if they are there, the `belongs_to` that finds no row."""
    parts: list[Blame] = []
    here = Row(row.scope, (), table)
    reached: Expression = truth(True, span)
    for name in row.path:
        relation = columns.program.table(here.table).relation(name)
        above = Row(row.scope, (*here.path, name), relation.table)
        lost = columns.finds_no_row(table, above, span)
        lacking = {column: _lacks(columns, table, here, column, span) for column in relation.by}
        named = {_name(columns, here.table, column): fault for column, fault in lacking.items()}
        unfound = negation(disjunction(lacking.values(), span))
        stops = conjunction([reached, lost], span)
        parts.append(_where(stops, _united([named, {_name(columns, here.table, name): unfound}])))
        here, reached = above, negation(lost)
    return _united(parts)


def _lacks(columns: Columns, table: str, row: Row, column: str, span: Span) -> Expression:
    kind = columns.program.table(row.table).column(column).type
    return is_missing(columns.lower(table, Field(row, column, kind, span)))


def _of_answers(columns: Columns, table: str, node: Answers) -> Blame:
    """Return what the segmentations lack, or the ways to them, and what stands beside them in the comparison."""
    parts = []
    fields = []
    comparison: Expression = node
    while isinstance(comparison, Answers):
        field, comparison = comparison.segmentation, comparison.comparison
        fields.append(field)
        faults = of_segmentation(columns, columns.program.segmentation(field.name))
        parts += [_from_above(columns, table, field, faults), _of_path(columns, table, field.row, field.span)]
    others = [one for one in comparison.arguments if one not in fields] if isinstance(comparison, Call) else []
    return _united([*parts, *(blame(columns, table, one) for one in others)])


def _name(columns: Columns, table: str, column: str) -> str:
    return column if table == columns.program.entity else f"{table}.{column}"
