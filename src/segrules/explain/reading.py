"""What expressions read: of which metrics rules make use, and what is the same for every row."""

from __future__ import annotations

from datetime import date

from segrules.program.nodes import Answers, Call, Constant, Expression, Field, Reference, Scope, walk
from segrules.program.program import Program

CASTS = frozenset({"to_number", "to_decimal", "to_date"})


def read_by_rules(program: Program, as_of: date) -> frozenset[str]:
    """Return the names of metrics and columns of scorecards that rules in force read, directly or through others."""
    computed = {one.name: one for one in program.computed if one.table == program.entity}
    rules = (rule for segmentation in program.segmentations for rule in segmentation.rules)
    pending = [rule.when for rule in rules if rule.in_force(as_of)]
    read: set[str] = set()
    while pending:
        for node in walk(pending.pop()):
            if isinstance(node, Field) and is_own(node) and node.name in computed and node.name not in read:
                read.add(node.name)
                pending.append(computed[node.name].value)
    return frozenset(read)


def is_own(field: Field) -> bool:
    """Whether a field is a column of the row itself."""
    return field.row.scope is Scope.ROW and not field.row.path


def is_static(node: Expression) -> bool:
    """Whether an expression has the same value for every row."""
    return all(isinstance(part, Constant | Reference | Call) for part in walk(node))


def bare(node: Expression) -> Expression:
    """Return an expression without the casts around it, as its author knows it."""
    while isinstance(node, Call) and node.function in CASTS:
        node = node.arguments[0]
    return node


def comparison_of(condition: Expression) -> Expression:
    """Return the comparison that a condition is, whether or not it asks for every answer of a segmentation."""
    while isinstance(condition, Answers):
        condition = condition.comparison
    return condition
