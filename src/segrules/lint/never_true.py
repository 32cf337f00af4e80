"""SR622: a rule whose condition can be true of no row, for its parts contradict each other or their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.diagnostics.source import Span
from segrules.lint.regions.axis import Axis, Sort
from segrules.lint.regions.box import TooManyBoxes, met
from segrules.lint.regions.regions import Regions, regions_of
from segrules.lint.regions.truth import conjuncts
from segrules.lint.regions.words import name_of, rule_name
from segrules.program.nodes import Constant, Expression, Field, walk
from segrules.program.program import Program, Rule

_MOST_PARTS = 3
"""Of more parts that contradict each other only together, the whole condition is shown."""


def never_true(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each rule that matches no row."""
    for regions in regions_of(program):
        for rule, boxes in zip(regions.segmentation.rules, regions.rules, strict=True):
            if boxes is not None and not boxes and _is_never(regions, [rule.when]):
                parts = _contradiction(regions, rule)
                if not _is_percent_without_sign(regions, parts[0]):
                    yield _diagnostic(regions, rule, parts)


def _is_never(regions: Regions, parts: Sequence[Expression]) -> bool:
    """Whether conditions are never true together of the rows that are asked about."""
    left = list(regions.rows)
    try:
        for part in parts:
            left = met(left, regions.truths.where(part, True))
    except TooManyBoxes:
        return False
    return bool(regions.rows) and not left


def _contradiction(regions: Regions, rule: Rule) -> tuple[Expression, ...]:
    """Return the fewest parts of a rule's condition that are never true together."""
    parts = list(conjuncts(rule.when))
    for count in range(1, min(len(parts), _MOST_PARTS) + 1):
        for some in combinations(parts, count):
            if _is_never(regions, some):
                return some
    return (rule.when,)


def _is_percent_without_sign(regions: Regions, part: Expression) -> bool:
    """Whether a share is compared with a number up to 100, of which SR219 tells already."""
    number = regions.truths.axis_of(part)
    axis = None if number is None else regions.axes[number]
    if axis is None or axis.sort is not Sort.MEASURE:
        return False
    shares = (cell.value for cell in axis.cells if cell.value is not None)
    written = (one.value for one in walk(part) if isinstance(one, Constant))
    return all(_is_between(value, 0, 1) for value in shares) and any(_is_between(value, 1, 100) for value in written)


def _is_between(value: object, low: int, high: int) -> bool:
    return isinstance(value, (int, float, Decimal)) and low <= value <= high


def _diagnostic(regions: Regions, rule: Rule, parts: Sequence[Expression]) -> Diagnostic:
    first, *others = (part.span for part in parts)
    name = rule_name(regions, rule)
    if others:
        many = "each other" if len(others) == 1 else "each other, together"
        return told(
            catalogue.NEVER_TRUE,
            f"`{name}` can never match: parts of its condition contradict {many}",
            first,
            "not true together with the other" if len(others) == 1 else "not true together with the others",
            "join them with `or`, or mend the one that is wrong",
            tuple(Label(span, "this one") for span in others if span != first),
        )
    column = _column(regions, parts[0])
    return told(
        catalogue.NEVER_TRUE,
        f"`{name}` can never match: "
        + (f"`{column[0]}` never has such a value" if column else "its condition is never true"),
        first,
        "never true",
        "ask for a value that there can be" + (", or declare the column otherwise" if column else ""),
        (Label(column[1], "declared here"),) if column else (),
    )


def _column(regions: Regions, part: Expression) -> tuple[str, Span] | None:
    """Return the column, with its declaration, that a condition asks about."""
    number = regions.truths.axis_of(part)
    axis: Axis | None = None if number is None else regions.axes[number]
    if axis is None or axis.sort is not Sort.COLUMN or not isinstance(axis.subject, Field):
        return None
    return name_of(regions.program, axis), regions.program.table(axis.subject.row.table).column(axis.subject.name).span
