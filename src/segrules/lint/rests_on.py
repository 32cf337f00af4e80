"""The stored columns that an expression rests on, through derived columns, metrics, scorecards and segmentations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from segrules.program.nodes import Aggregate, Answers, Call, Constant, Expression, Field, children
from segrules.program.program import Column, Computed, Output, Program, Segmentation


@dataclass(frozen=True, slots=True)
class Basis:
    """A column, the field through which it comes into an expression, and whether that is the column itself."""

    column: Column
    through: Field
    is_itself: bool


@dataclass(frozen=True, slots=True)
class Foundation:
    """What an expression rests on; `counts_rows` says that it also counts rows, whatever stands in them."""

    columns: tuple[Basis, ...]
    counts_rows: bool


def foundation(program: Program, expressions: Iterable[Expression]) -> Foundation:
    """Return what expressions rest on, each column once, in the order in which they are read.

    Whether a `collect` segmentation contains a segment rests on the rules of that segment only.
    """
    found: dict[tuple[str, str], Basis] = {}
    counts_rows = False
    seen: set[tuple[str, str, str | None]] = set()
    pending: list[tuple[Expression, Field | None]] = [(expression, None) for expression in expressions]
    while pending:
        node, through = pending.pop(0)
        counts_rows |= isinstance(node, Aggregate) and node.value is None
        field, segment = _asked(node)
        if field is None:
            pending[:0] = [(child, through) for child in children(node)]
        elif (asked := (field.row.table, field.name, segment)) not in seen:
            seen.add(asked)
            place = asked[:2]
            definition = program.definition(*place)
            if definition is None:
                found.setdefault(place, Basis(program.table(place[0]).column(place[1]), through or field, not through))
            pending += [(below, through or field) for below in _worked_out_from(program, definition, segment)]
    return Foundation(tuple(found.values()), counts_rows)


def _asked(node: Expression) -> tuple[Field | None, str | None]:
    """Return the field that is read here, and the only segment that is asked for if its answer is a list of them."""
    match node:
        case Answers(
            comparison=Call(function="in_list", arguments=(Constant(value=str() as segment), Field() as field))
        ):
            return field, segment
        case Field():
            return node, None
        case _:
            return None, None


def _worked_out_from(
    program: Program, definition: Computed | Segmentation | Output | None, segment: str | None
) -> list[Expression]:
    match definition:
        case Computed():
            return [definition.value]
        case Segmentation():
            return [rule.when for rule in definition.rules if segment in (None, rule.segment)]
        case Output():
            return [rule.when for rule in program.segmentation(definition.segmentation).rules]
        case None:
            return []
