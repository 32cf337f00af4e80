"""What something that is worked out rests on: two things that share nothing of it can have any two values together."""

from __future__ import annotations

from dataclasses import dataclass

from segrules.lint.regions.subjects import is_own
from segrules.program.nodes import Aggregate, Expression, Field, Reference, Scope, Statistic, children
from segrules.program.program import Computed, Program, Segmentation

EVERY_ROW = "every row of the entity"


@dataclass(frozen=True, slots=True)
class _Rows:
    """What an expression reads, as it is called from the row that is asked about: its row, and the one below it."""

    own: tuple[str, ...] = ()
    below: tuple[str, ...] = ("the row below",)

    def of(self, field: Field) -> tuple[str, ...]:
        return (*(self.own if field.row.scope is Scope.ROW else self.below), *field.row.path)


def grounds(program: Program, node: Expression) -> frozenset[str]:
    """Return the columns of the row, the tables below it, and so on, that the value of an expression rests on."""
    found: set[str] = set()
    seen: set[tuple[Expression, _Rows]] = set()
    pending = [(node, _Rows())]
    while pending:
        one, rows = pending.pop()
        if (one, rows) in seen:
            continue
        seen.add((one, rows))
        match one:
            case Field():
                made_of = _made_of(program, one, rows)
                found |= set() if made_of else {".".join((*rows.of(one), one.name))}
                pending += [(part, _Rows(rows.of(one))) for part in made_of]
            case Aggregate(down=down):
                found |= {f"rows of {step.table}" for step in down}
                pending += [(part, _Rows(rows.own, (f"rows of {one.table}",))) for part in children(one)]
            case Statistic():
                found.add(EVERY_ROW)
                pending += [(part, rows) for part in children(one)]
            case Reference(name="as_of"):
                found.add("as_of")
            case _:
                pending += [(part, rows) for part in children(one)]
    return frozenset(found)


def _made_of(program: Program, field: Field, rows: _Rows) -> tuple[Expression, ...]:
    """Return what a field is worked out from, nothing if it is stored, or given to another row by a segmentation."""
    match program.definition(field.row.table, field.name):
        case Computed(value=value):
            return (value,)
        case Segmentation(rules=rules) if is_own(field) and not rows.own:
            return tuple(rule.when for rule in rules)
        case _:
            return ()
