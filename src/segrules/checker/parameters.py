"""Parameters: constants with names, and the values that a caller gives them for one run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from segrules.checker import parameter_messages, table_messages
from segrules.checker.coercion import coerced, meeting_type
from segrules.checker.column_types import ALL_TYPES, other_word, read_type
from segrules.checker.dated_parameters import read_dated
from segrules.checker.expressions import type_of
from segrules.checker.fitting import fit
from segrules.checker.type_messages import described
from segrules.checker.world import World
from segrules.diagnostics.source import Source, Span, passage_of
from segrules.document.ruleset import ParameterText, RulesetText
from segrules.document.written import ConstantText, Dated, Entry, TypeName
from segrules.language import types
from segrules.language.constants import read_constant, refuse_constant
from segrules.language.types import NUMERIC, Kind, Type
from segrules.language.values import Duration, Value
from segrules.program.nodes import Constant
from segrules.program.program import Parameter, Since

_Constants = ConstantText | tuple[ConstantText, ...]
_Written = _Constants | Dated[_Constants] | ParameterText


def declare_parameters(world: World, ruleset: RulesetText, given: Mapping[str, object]) -> None:
    """Add the ruleset's parameters to the world, with the values of this run in place of the written ones."""
    for entry in ruleset.parameters:
        parameter = _declared(world, entry)
        if parameter is not None and entry.name.value in given:
            parameter = _given(world, parameter, given[entry.name.value], entry.name.span)
        if parameter is not None:
            world.parameters[parameter.name] = parameter


def _declared(world: World, entry: Entry[_Written]) -> Parameter | None:
    name, written = entry.name.value, entry.value
    title = unit = None
    declared: Type | None = None
    if isinstance(written, ParameterText):
        title, unit = written.title, written.unit
        declared = _declared_type(world, written.type)
        constants: _Constants | Dated[_Constants] = written.value
    else:
        constants = written
    value, dated, found = _values(world, name, constants, declared)
    if found is None:
        return None
    if unit is not None and (found.item or found).kind not in NUMERIC:
        world.report(parameter_messages.unit_without_number(unit.span, name, described(found)))
        return None
    kept = replace(found, unit=unit.value if unit else None)
    shown_title = title.value if title else None
    return Parameter(name, value, kept, entry.name.span, shown_title, dated, is_percentage=_is_percentage(constants))


def _is_percentage(written: _Constants | Dated[_Constants]) -> bool:
    """Whether what is written are percentages, as which its values read best."""
    if isinstance(written, Dated):
        return all(_is_percentage(one.value) for one in written.values)
    return all(one.value.rstrip().endswith("%") for one in (written if isinstance(written, tuple) else (written,)))


def _declared_type(world: World, written: TypeName | None) -> Type | None:
    if written is None:
        return None
    found = read_type(written.value)
    if found is None:
        world.report(table_messages.unknown_type(written.span, written.value, other_word(written.value), ALL_TYPES))
    return found


def _values(
    world: World, name: str, written: _Constants | Dated[_Constants], declared: Type | None
) -> tuple[Value, tuple[Since, ...], Type | None]:
    """Return a parameter's one value, or its values by day, and their type."""
    if isinstance(written, Dated):
        dated, found = read_dated(world, name, written, lambda one, kind: _value(world, name, one, kind), declared)
        return None, dated, found
    value, found = _value(world, name, written, declared)
    return value, (), found


def _value(world: World, name: str, written: _Constants, declared: Type | None) -> tuple[Value, Type | None]:
    if isinstance(written, tuple):
        return _list(world, name, written, declared)
    if declared is not None and declared.kind is Kind.STRING:
        return written.value, declared
    if refused := refuse_constant(written.passage):
        world.report(refused)
        return None, None
    value = constant(written)
    found = type_of(value)
    if declared is None:
        return value, found
    fitted = fit(value, declared)
    if fitted is None:
        world.report(parameter_messages.bad_parameter(written.span, name, described(declared), described(found)))
        return None, None
    return fitted, declared


def constant(written: ConstantText) -> Value:
    """Return what a constant outside expressions says: a number, a percent, a day, …, otherwise its text."""
    found = read_constant(written.passage)
    return written.value if found is None else found[0]


def _list(world: World, name: str, written: Sequence[ConstantText], declared: Type | None) -> tuple[Value, Type | None]:
    item = declared.item if declared is not None else None
    if item is not None and item.kind is Kind.STRING:
        return tuple(one.value for one in written), declared
    if refused := [problem for one in written if (problem := refuse_constant(one.passage))]:
        world.diagnostics.extend(refused)
        return None, None
    values = [constant(one) for one in written]
    meeting = item or _meeting(values)
    fitted = [fit(value, meeting) if meeting else None for value in values]
    if meeting is None and any(isinstance(value, str) for value in values):
        # `[DE, 12]`: one text makes them all texts, as written
        return tuple(one.value for one in written), types.list_of(types.STRING.present()).present()
    if meeting is None or None in fitted:
        odd = next(one for one, value in zip(written, values, strict=True) if not _together(values[0], value, meeting))
        world.report(parameter_messages.mixed_list(odd.span, name))
        return None, None
    return tuple(fitted), types.list_of(meeting.present()).present()


def _together(first: Value, value: Value, meeting: Type | None) -> bool:
    return fit(value, meeting) is not None if meeting else _meeting((first, value)) is not None


def _meeting(values: Sequence[Value]) -> Type | None:
    return meeting_type([type_of(value) for value in values])


# Values of one run


def _given(world: World, parameter: Parameter, value: object, span: Span) -> Parameter | None:
    """Return a parameter with the value that the caller gives it; it must be of the same sort as the written one."""
    wanted = parameter.type
    plain = _duration(value) if wanted.kind is Kind.DURATION else _plain(value)
    found = type_of(plain) if plain is not None else types.UNKNOWN
    if wanted.kind is Kind.STRING and isinstance(plain, str):
        return _with(parameter, plain, wanted)
    meeting = meeting_type([found, wanted])
    same_sort = found.kind is wanted.kind or (found.kind in NUMERIC and wanted.kind in NUMERIC)
    if wanted.kind is Kind.DATETIME and found.kind is Kind.DATE:
        return _with(parameter, fit(plain, wanted), wanted)
    if meeting is None and (fitted := fit(plain, wanted)) is not None:  # a list of other numbers
        return _with(parameter, fitted, wanted)
    if found.kind is Kind.UNKNOWN or meeting is None or not same_sort:
        world.report(parameter_messages.bad_given(span, parameter, value, found))
        return None
    if wanted.kind is Kind.NUMBER:
        return _with(parameter, fit(plain, wanted), wanted)
    # an exact number keeps the places that it is given with: 2.5% for 2% is right, and not 2%
    kept = coerced(Constant(plain, found, span), meeting) if meeting.kind in NUMERIC else Constant(plain, found, span)
    return _with(parameter, kept.value if isinstance(kept, Constant) else plain, meeting)


def _with(parameter: Parameter, value: Value, kept: Type) -> Parameter:
    stored = replace(kept, unit=parameter.type.unit, nullable=False)
    return replace(parameter, value=value, type=stored, dated=())


def _duration(value: object) -> Value:
    """Return a stretch of time, for which Python has no type of its own: a text has it as a ruleset does."""
    if isinstance(value, timedelta):
        return Duration(days=value.days) if value == timedelta(days=value.days) else None
    read = read_constant(passage_of(Source("parameter", value))) if isinstance(value, str) else None
    return read[0] if read else _plain(value)


def _plain(value: object) -> Value:
    """Return a Python value as a value of the language; a double counts by its shortest spelling."""
    if isinstance(value, float):
        return Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
    if isinstance(value, (list, tuple)):
        return tuple(_plain(member) for member in value)
    if isinstance(value, (bool, int, Decimal, str, date, datetime, Duration)):
        return value
    return None
