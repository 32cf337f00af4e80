"""Calls: functions of one row's values, and aggregates of the rows that belong to a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from segrules.checker import call_messages, hierarchy_messages, name_messages, type_messages
from segrules.checker.coercion import coerced, meeting_type, to_number
from segrules.checker.place import Below, Check, Place, Reads, unknown
from segrules.checker.statistics import check_statistic, is_statistic
from segrules.checker.wanted import wanted
from segrules.checker.world import Sort
from segrules.diagnostics.source import Span
from segrules.language import syntax, types
from segrules.language.functions import AggregateFunction, Function, Parameter, aggregates, functions
from segrules.language.statistics import aggregates_across_rows, statistics
from segrules.language.types import Kind, Type
from segrules.language.values import MAX_PLACES
from segrules.program.nodes import Aggregate, Call, Constant, Expression

_ROUNDING = frozenset({"round", "round_even", "floor", "ceil"})
_TAKES_NUMBER = frozenset({"sqrt"})
_OTHER_WORDS = {
    "average": "mean", "avg": "mean", "total": "sum", "len": "length", "number": "count", "ifnull": "coalesce",
    "nvl": "coalesce", "distinct": "count_distinct", "datediff": "days_between", "roundup": "ceil",
    "rounddown": "floor", "std": "stdev", "stddev": "stdev", "lcase": "lower", "ucase": "upper",
    "cume_dist": "percentile", "percentile_cont": "quantile", "z_score": "zscore", "rownumber": "row_number",
}  # fmt: skip


def check_call(place: Place, node: syntax.Call, check: Check) -> Expression:
    """Return what a call means."""
    name = node.function.text
    if is_statistic(node):
        return check_statistic(place, node, check)
    if name in aggregates() and (name not in functions() or _names_rows(place, node)):
        return _aggregate(place, node, aggregates()[name], check)
    if name in functions():
        return _function(place, node, functions()[name], check)
    return _unknown_function(place, node)


def _unknown_function(place: Place, node: syntax.Call) -> Expression:
    name, span = node.function.text, place.span(node.function)
    if name in place.world.names[place.table]:
        place.report(call_messages.name_is_not_function(span, name))
    elif (meant := _OTHER_WORDS.get(name.lower())) is not None:
        place.report(call_messages.other_function(span, name, meant))
    else:
        place.report(call_messages.unknown_function(span, name, {*functions(), *aggregates(), *statistics()}))
    return unknown(place.span(node))


# Functions of one row


def _function(place: Place, node: syntax.Call, function: Function, check: Check) -> Expression:
    span = place.span(node)
    clauses = {"where": node.where, "by": node.by, "descending": node.descending or None, "over": node.over}
    for part, given in clauses.items():
        if given is not None:
            return _refused_part(place, node, function, part)
    needed = sum(not parameter.optional for parameter in function.parameters)
    count = len(node.arguments)
    if count < needed or (count > len(function.parameters) and not function.rest):
        if function.name in aggregates() and count == 1:
            _report_nothing_to_aggregate(place, node)
        else:
            place.report(call_messages.wrong_count(span, function.signature, count))
        return unknown(span)
    arguments = [check(place, argument) for argument in node.arguments]
    if not _accepted(place, function, arguments):
        return unknown(span)
    return _called(place, function, arguments, span)


def _refused_part(place: Place, node: syntax.Call, function: Function, part: str) -> Expression:
    if function.name in aggregates():
        _report_nothing_to_aggregate(place, node)
    else:
        place.report(call_messages.part_not_taken(place.span(node), function.name, part))
    return unknown(place.span(node))


def _parameters(function: Function, count: int) -> Iterator[Parameter]:
    for index in range(count):
        yield function.parameters[min(index, len(function.parameters) - 1)]


def _accepted(place: Place, function: Function, arguments: Sequence[Expression]) -> bool:
    accepted = True
    for parameter, argument in zip(_parameters(function, len(arguments)), arguments, strict=True):
        if argument.type.kind is Kind.UNKNOWN:
            accepted = False
        elif parameter.places and not _is_places(argument):
            place.report(
                call_messages.wrong_argument(
                    argument.span,
                    function.signature,
                    parameter.name,
                    "a written whole number from 0 to 18",
                    argument.type,
                )
            )
            accepted = False
        elif argument.type.kind not in parameter.accepts and argument.type.kind is not Kind.MISSING:
            place.report(
                call_messages.wrong_argument(
                    argument.span, function.signature, parameter.name, wanted(parameter.accepts), argument.type
                )
            )
            accepted = False
    return accepted


def _is_places(argument: Expression) -> bool:
    value = argument.value if isinstance(argument, Constant) else None
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_PLACES


def _called(place: Place, function: Function, arguments: list[Expression], span: Span) -> Expression:
    if function.unify:
        meeting = meeting_type([argument.type for argument in arguments])
        if meeting is None:
            odd = next(one for one in arguments[1:] if meeting_type((arguments[0].type, one.type)) is None)
            place.report(
                type_messages.type_mismatch(
                    span, "used together with", (arguments[0].span, arguments[0].type), (odd.span, odd.type)
                )
            )
            return unknown(span)
        arguments = [coerced(argument, meeting) for argument in arguments]
        given = [replace(meeting, nullable=argument.type.nullable) for argument in arguments]
    else:
        arguments = [_typed_missing(function, index, argument) for index, argument in enumerate(arguments)]
        given = [argument.type for argument in arguments]
    if function.name in _TAKES_NUMBER:
        arguments = [to_number(argument) for argument in arguments]
    return Call(function.name, tuple(arguments), _result(function, arguments, given), span)


def _typed_missing(function: Function, index: int, argument: Expression) -> Expression:
    """Return a written `missing` in a type that the function takes there."""
    if argument.type.kind is not Kind.MISSING:
        return argument
    accepts = function.parameters[min(index, len(function.parameters) - 1)].accepts
    kind = next(kind for kind in Kind if kind in accepts)
    return Constant(None, types.list_of(types.STRING) if kind is Kind.LIST else Type(kind), argument.span)


def _result(function: Function, arguments: Sequence[Expression], given: Sequence[Type]) -> Type:
    if function.name not in _ROUNDING:
        return function.result(given)
    number = given[0].maybe_missing()  # what is rounded up may be too large for its type
    if len(arguments) == 1:
        return replace(types.INTEGER, unit=number.unit)
    places = arguments[1]
    assert isinstance(places, Constant)
    assert isinstance(places.value, int)
    return replace(number, places=places.value) if number.kind is Kind.DECIMAL else number


# Aggregates


def _paths(node: object) -> Iterator[syntax.Path]:
    """Yield every path written below a node of the syntax tree, but not inside an aggregate of its own."""
    if isinstance(node, syntax.Path):
        yield node
    elif isinstance(node, syntax.Call):
        for part in (*node.arguments, node.where, node.by):
            yield from _paths(part)
    elif isinstance(node, tuple):
        for member in node:
            yield from _paths(member)
    elif isinstance(node, syntax.Node):
        for name in node.__dataclass_fields__:
            yield from _paths(getattr(node, name))


def _leads_down(place: Place, path: syntax.Path) -> bool:
    meaning = place.world.names[place.table].get(path.names[0].text)
    return meaning is not None and meaning.sort is Sort.BELOW


def _names_rows(place: Place, node: syntax.Call) -> bool:
    """Whether a call of `min` or `max` is about rows below."""
    if place.below is not None:
        return False
    parts = (node.arguments, node.where, node.by)
    return len(node.arguments) == 1 and any(_leads_down(place, path) for path in _paths(parts))


def _aggregate(place: Place, node: syntax.Call, function: AggregateFunction, check: Check) -> Expression:
    span = place.span(node)
    if place.below is not None:
        place.report(call_messages.nested_aggregate(span, function.name))
        return unknown(span)
    if place.reads is not Reads.EVERYTHING:
        place.report(
            name_messages.out_of_reach(
                span,
                function.name,
                "an aggregate",
                "nothing is worked out yet there",
                "use the table's own columns and parameters",
            )
        )
        return unknown(span)
    below = _rows(place, node, function)
    if below is None:
        return unknown(span)
    inside = place.inside(below)
    where = check(inside, node.where) if node.where is not None else None
    by = check(inside, node.by) if node.by is not None else None
    if not _parts_fit(place, node, function, where, by):
        return unknown(span)
    if _counts_rows(node, below):
        return Aggregate(function.name, below.down, None, where, None, function.result(()), span)
    if len(node.arguments) != 1:
        place.report(call_messages.wrong_count(span, f"{function.name}(value where condition)", len(node.arguments)))
        return unknown(span)
    return _of_value(place, function, check(inside, node.arguments[0]), below, where, by, span)


def _rows(place: Place, node: syntax.Call, function: AggregateFunction) -> Below | None:
    """Return the rows that an aggregate is about: those of the first path in it that leads down."""
    paths = [path for path in _paths((node.arguments, node.where, node.by)) if _leads_down(place, path)]
    if not paths:
        _report_no_rows(place, node)
        return None
    names = tuple(name.text for name in paths[0].names)
    ways = place.world.ways_down(place.table, names[0])
    if len(ways) > 1:
        written = [place.world.written(way) for way in ways]
        place.report(call_messages.ambiguous_path(place.span(paths[0].names[0]), names[0], written))
        return None
    if not ways:  # the `belongs_to` was refused where it is declared
        return None
    way, used = ways[0], 1
    while used < len(names) and (longer := place.world.direct_way(way[-1].table, names[used])):
        way, used = (*way, *longer), used + 1
    return Below(function.name, names[:used], way)


def _way_to_itself(place: Place) -> str | None:
    """Return what rows of the same table below a row are called."""
    return next((down for step, down in place.world.links_down(place.table) if step.table == place.table), None)


def _report_no_rows(place: Place, node: syntax.Call) -> None:
    """Say that no rows are named; an unknown name in the brackets is the likelier mistake."""
    names = place.world.names[place.table]
    for path in _paths((node.arguments, node.where, node.by)):
        first = path.names[0]
        if first.text not in names:
            below = place.world.names_below(place.table)
            candidates = [*below, *names]
            owner = next((name for name in below if place.world.has_column_below(place.table, name, first.text)), None)
            if owner and len(path.names) == 1:
                place.report(name_messages.needs_table(place.span(first), first.text, f"{owner}.{first.text}"))
            elif first.text == place.table and (own := _way_to_itself(place)):
                place.report(hierarchy_messages.own_table(place.span(first), place.table, own))
            else:
                place.report(
                    name_messages.unknown_name(place.span(first), first.text, candidates, f"of `{place.table}`")
                )
            return
    _report_nothing_to_aggregate(place, node)


def _report_nothing_to_aggregate(place: Place, node: syntax.Call) -> None:
    name = node.function.text
    across = place.world.entity if place.table == place.world.entity and name in aggregates_across_rows() else None
    names = place.world.names_below(place.table)
    place.report(call_messages.nothing_to_aggregate(place.span(node), name, names, across))


def _counts_rows(node: syntax.Call, below: Below) -> bool:
    argument = node.arguments[0] if len(node.arguments) == 1 else None
    is_rows = isinstance(argument, syntax.Path) and tuple(name.text for name in argument.names) == below.names
    return node.function.text == "count" and is_rows


def _parts_fit(
    place: Place, node: syntax.Call, function: AggregateFunction, where: Expression | None, by: Expression | None
) -> bool:
    """Report a `where` that is no condition, and a `by` that is missing, unasked for or has no order."""
    fits = not node.descending
    if node.descending:
        place.report(call_messages.part_not_taken(place.span(node), function.name, "descending"))
    if where is not None and where.type.kind is not Kind.BOOLEAN:
        if where.type.kind is not Kind.UNKNOWN:
            place.report(type_messages.condition_expected(where.span, where.type))
        fits = False
    if function.by and by is None:
        place.report(call_messages.by_needed(place.span(node), function.name, function.example))
        return False
    if by is not None and not function.by:
        place.report(call_messages.part_not_taken(by.span, function.name, "by"))
        return False
    if by is not None and by.type.kind not in types.NUMERIC | types.TEMPORAL | {Kind.STRING}:
        if by.type.kind is not Kind.UNKNOWN:
            place.report(
                call_messages.wrong_argument(by.span, function.example, "by", "a number, a date or a text", by.type)
            )
        return False
    return fits


def _of_value(
    place: Place, function: AggregateFunction, value: Expression, below: Below, where: Expression | None,
    by: Expression | None, span: Span,
) -> Expression:  # fmt: skip
    if value.type.kind is Kind.UNKNOWN:
        return unknown(span)
    if value.type.kind not in function.accepts:
        place.report(
            call_messages.wrong_argument(
                value.span, f"{function.name}(value where condition)", "value", wanted(function.accepts), value.type
            )
        )
        return unknown(span)
    return Aggregate(function.name, below.down, value, where, by, function.result([value.type]), span)
