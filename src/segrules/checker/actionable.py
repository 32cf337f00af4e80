"""What a row's owner can change: the columns that are `actionable`, in which steps and how far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from segrules.checker import actionable_messages as messages
from segrules.checker import table_messages
from segrules.checker.formulas import check_constant
from segrules.checker.world import World
from segrules.document.ruleset import RulesetText
from segrules.document.table_text import ActionableText, ColumnText
from segrules.document.written import Flag, Formula, Text
from segrules.language.types import NUMERIC, Kind
from segrules.language.values import Value
from segrules.program.nodes import Call, Constant, Expression
from segrules.program.program import Actionable, Column, Table

Marked = Flag | ActionableText


def check_actionable(world: World, ruleset: RulesetText) -> None:
    """Give the columns what can be changed about them; relations and bounds are known by now."""
    for entry in ruleset.tables:
        table = world.tables[entry.name.value]
        written = {one.name.value: marked for one in entry.value.columns if (marked := _marked(one.value))}
        columns = tuple(
            replace(column, actionable=_actionable(world, table, column, written[column.name]))
            if column.name in written
            else column
            for column in table.columns
        )
        world.tables[table.name] = replace(table, columns=columns)


def _marked(written: object) -> Marked | None:
    found = written.actionable if isinstance(written, ColumnText) else None
    return None if isinstance(found, Flag) and not found.value else found


def _actionable(world: World, table: Table, column: Column, written: Marked) -> Actionable | None:
    if column.type.kind is Kind.UNKNOWN:
        return None
    if why := _misplaced(world, table, column):
        world.report(messages.misplaced(written.span, column.name, why, column.span))
        return None
    options = written if isinstance(written, ActionableText) else ActionableText(span=written.span)
    if column.type.kind in NUMERIC:
        return _number(world, column, options)
    if column.type.kind is Kind.BOOLEAN or (column.type.kind is Kind.STRING and column.type.values is not None):
        return _choice(world, column, options)
    world.report(messages.wrong_type(written.span, column.name, column.type, column.span))
    return None


def _misplaced(world: World, table: Table, column: Column) -> str | None:
    """Return why a column cannot be actionable where it stands."""
    if table.name != world.entity:
        return f"the rows that are explained are those of `{world.entity}`, and their own columns can be changed"
    if column.name in table.key:
        return "it is the key, by which a row is known"
    if any(column.name in relation.by for relation in table.relations):
        return "it says what the row belongs to"
    return "no two rows may have the same value (`unique`)" if column.unique else None


# Numbers


def _number(world: World, column: Column, written: ActionableText) -> Actionable | None:
    if written.to is not None:
        world.report(table_messages.column_option(written.to[0].span, "to", column.type, "use `min` and `max`"))
    step = _step(world, column, written)
    minimum, maximum = (_bound(world, column, bound) for bound in (written.min, written.max))
    for low, high in _pairs(column, minimum, maximum):
        world.report(messages.empty_range(*((low.span, high.span) if low is minimum else (high.span, low.span))))
        return None
    if step is None:
        return None
    return Actionable(step, minimum, maximum, written.direction.value if written.direction else "any")


def _bound(world: World, column: Column, written: Formula | None) -> Expression | None:
    return None if written is None else check_constant(world, written, column.type)


def _pairs(
    column: Column, minimum: Expression | None, maximum: Expression | None
) -> Iterator[tuple[Expression, Expression]]:
    """Yield what is written as the lowest and the highest value and stands the wrong way round."""
    for low, high in ((minimum, maximum), (minimum, column.maximum), (column.minimum, maximum)):
        least, most = _written_number(low), _written_number(high)
        if low is not None and high is not None and least is not None and most is not None and least > most:
            yield low, high


def _step(world: World, column: Column, written: ActionableText) -> Value:
    """Return the smallest change: the one that is written, or else one unit of the last place."""
    kind = column.type
    if written.step is None:
        if kind.kind is Kind.NUMBER:
            world.report(messages.step_needed(written.span, column.name))
            return None
        return 1 if kind.kind is Kind.INTEGER else Decimal(1).scaleb(-kind.places)
    found = check_constant(world, written.step, kind)
    if found is None:
        return None
    number = _written_number(found)
    if number is None or number <= 0:
        world.report(messages.wrong_step(written.step.span, column.name))
        return None
    if kind.kind is not Kind.NUMBER and number != round(number, kind.places):
        world.report(messages.step_too_small(written.step.span, column.name, kind))
        return None
    return float(number) if kind.kind is Kind.NUMBER else int(number) if kind.kind is Kind.INTEGER else number


def _written_number(node: Expression | None) -> Decimal | None:
    match node:
        case Constant(value=int() | float() | Decimal() as value):
            return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        case Call(function="negate", arguments=(Constant(),)):
            positive = _written_number(node.arguments[0])
            return None if positive is None else -positive
        case _:
            return None


# Texts, true and false


def _choice(world: World, column: Column, written: ActionableText) -> Actionable | None:
    for option in ("step", "min", "max", "direction"):
        found = getattr(written, option)
        if found is not None:
            way_out = "leave it out, or list the values that it may change to: `to: [...]`"
            world.report(table_messages.column_option(found.span, option, column.type, way_out))
    known: dict[str, Value] = {"true": True, "false": False}
    if column.type.values is not None:
        known = {value: value for value in column.type.values}
    if written.to is None:
        return Actionable()
    return Actionable(to=tuple(_values(world, column, written.to, known)))


def _values(world: World, column: Column, written: tuple[Text, ...], known: dict[str, Value]) -> Iterator[Value]:
    seen: set[str] = set()
    for one in written:
        if one.value not in known:
            world.report(messages.unknown_value(one.span, one.value, column.name, tuple(known)))
        elif one.value in seen:
            world.report(messages.repeated_value(one.span, one.value))
        else:
            seen.add(one.value)
            yield known[one.value]
