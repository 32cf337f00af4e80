"""What something that is worked out rests on: two things that share nothing of it can have any two values together."""

from __future__ import annotations

from segrules.lint.regions.subjects import own_value
from segrules.program.nodes import Aggregate, Expression, Field, Reference, Scope, Statistic, children
from segrules.program.program import Program, Segmentation

EVERY_ROW = "every row of the entity"


def grounds(program: Program, node: Expression) -> frozenset[str]:
    """Return the columns of the row, the tables below it, and so on, that the value of an expression rests on."""
    found: set[str] = set()
    seen: set[Expression] = set()
    pending = [node]
    while pending:
        one = pending.pop()
        if one in seen:
            continue
        seen.add(one)
        value = own_value(program, one)
        definition = program.definition(one.row.table, one.name) if isinstance(one, Field) else None
        if value is not None:
            pending.append(value)
        elif isinstance(one, Field) and isinstance(definition, Segmentation) and not one.row.path:
            pending += [rule.when for rule in definition.rules]
        else:
            found |= _own(one)
            pending += children(one)
    return frozenset(found)


def _own(node: Expression) -> set[str]:
    match node:
        case Field(row=row, name=name) if row.scope is Scope.ROW:
            return {".".join((*row.path, name))}
        case Aggregate(down=down):
            return {f"rows of {step.table}" for step in down}
        case Statistic():
            return {EVERY_ROW}
        case Reference(name="as_of"):
            return {"as_of"}
        case _:
            return set()
