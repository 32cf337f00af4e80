"""SR637: a reason that names no value, of a rule that compares numbers: it says the same whatever they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.language.types import NUMERIC
from segrules.program.nodes import Call, Expression, Field, Scope, walk
from segrules.program.program import Hole, Program, Rule, Segmentation

_BY_SIZE = frozenset({"<", "<=", ">", ">=", "between"})


def reason_without_value(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each segmentation with such rules."""
    for segmentation in program.segmentations:
        rules = [(rule, field) for rule in segmentation.rules if _is_fixed(rule) and (field := _compared(rule.when))]
        if rules:
            yield _diagnostic(segmentation, rules)


def _is_fixed(rule: Rule) -> bool:
    return bool(rule.because) and not any(isinstance(part, Hole) for part in rule.because or ())


def _compared(when: Expression) -> Field | None:
    """Return the first number of the row that a condition compares by size."""
    for node in walk(when):
        if isinstance(node, Call) and node.function in _BY_SIZE:
            for value in (below for part in node.arguments for below in walk(part)):
                if isinstance(value, Field) and value.row.scope is Scope.ROW and value.type.kind in NUMERIC:
                    return value
    return None


def _diagnostic(segmentation: Segmentation, rules: Sequence[tuple[Rule, Field]]) -> Diagnostic:
    (first, field), *others = rules
    name = ".".join((*field.row.path, field.name))
    more = f", and {len(others)} more of `{segmentation.name}`" if others else ""
    return told(
        catalogue.REASON_WITHOUT_VALUE,
        f"the reason of `{first.id}` names no value{more}",
        first.span,
        f"its rule compares `{name}`",
        f'say how much it was, as in `because: "{{{name}}} …"`',
        [Label(rule.span, "nor here") for rule, _ in others],
    )
