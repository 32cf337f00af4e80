"""Rows and rules in the words of who wrote the ruleset."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeGuard

from segrules.diagnostics.listing import listed
from segrules.language.formatting import literal, text_of
from segrules.language.values import Value
from segrules.lint.regions.axis import Axis, Sort
from segrules.lint.regions.box import Box, cells_of
from segrules.lint.regions.members import member_of
from segrules.lint.regions.regions import Regions
from segrules.program.nodes import Field
from segrules.program.printer import print_expression
from segrules.program.program import Program, Rule

Witness = dict[int, Value]
"""A value for each axis that matters, by its number."""


def witness_of(regions: Regions, box: Box, lacks: int | None = None) -> Witness:
    """Return a row of a box: of each axis the value that is shortest to read, missing only where it `lacks` one."""
    found: Witness = {}
    for number, cells in sorted(box.items()):
        axis = regions.axes[number]
        among = cells & axis.present or cells
        values = [axis.cells[cell].value for cell in cells_of(axis.missing if number == lacks else among)]
        found[number] = min((value for value in values if is_value(value)), key=lambda value: len(shown(value)))
    return found


def is_value(value: object) -> TypeGuard[Value]:
    """Whether what stands for a cell is a value; that of a segmentation's answers is none."""
    return value is None or isinstance(value, (bool, int, float, Decimal, str, date))


def row_text(regions: Regions, witness: Witness) -> str:
    """Return a row as a reader knows it: a row of `partners` with `revenue` 150,000 and `country` missing."""
    of = f"row of `{regions.program.entity}`"
    days = [f", on {shown(value)}," for number, value in witness.items() if regions.axes[number].sort is Sort.DAY]
    parts = [
        _part(regions.program, regions.axes[number], value)
        for number, value in witness.items()
        if regions.axes[number].sort is not Sort.DAY
    ]
    *first, last = parts or [""]
    joined = f"{', '.join(first)} and {last}" if first else last
    return (f"a {of} with {joined}" if joined else f"any {of}") + "".join(days)


def _part(program: Program, axis: Axis, value: Value) -> str:
    if (member := member_of(program, axis)) is not None and value is not None:
        return f"`{member.members.name}` {'with' if value else 'without'} {shown(member.value)}"
    unit = axis.subject.type.unit
    return f"`{name_of(program, axis)}` {shown(value)}" + (f" {unit}" if unit and value is not None else "")


def name_of(program: Program, axis: Axis) -> str:
    """Return what an axis is about, as it is written."""
    member = member_of(program, axis)
    subject = axis.subject if member is None else member.members
    return ".".join((*subject.row.path, subject.name)) if isinstance(subject, Field) else print_expression(subject)


def shown(value: Value) -> str:
    """Return a value as people read it, texts in quotes."""
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return text_of(Decimal(literal(value)), ",")
    return text_of(value)


def rule_name(regions: Regions, rule: Rule) -> str:
    """Return what a rule is called: its segment, or its id where several give that."""
    alone = sum(one.segment == rule.segment for one in regions.segmentation.rules) == 1
    return rule.segment if alone else rule.id


def rule_names(regions: Regions, rules: tuple[int, ...]) -> str:
    """Return what some rules are called, by their places in the file; of many the first."""
    names = [rule_name(regions, regions.segmentation.rules[number]) for number in rules]
    return (
        listed(names) if len(names) < 6 else f"{', '.join(f'`{name}`' for name in names[:4])} and {len(names) - 4} more"
    )
