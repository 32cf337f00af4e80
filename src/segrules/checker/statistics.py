"""Statistics across the rows of the entity: what `over` makes of a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from segrules.checker import call_messages, name_messages, statistic_messages, type_messages
from segrules.checker.known_values import known_values
from segrules.checker.place import Check, Place, Reads, unknown
from segrules.checker.wanted import wanted
from segrules.checker.world import Sort
from segrules.language import syntax, types
from segrules.language.functions import AggregateFunction, aggregates
from segrules.language.statistics import (
    Amount,
    StatisticFunction,
    aggregates_across_rows,
    share_units,
    statistics,
    tiles,
)
from segrules.language.types import NUMERIC, Kind, Type
from segrules.program.nodes import Constant, Expression, Field, Reference, Statistic

_Function = StatisticFunction | AggregateFunction


def is_statistic(node: syntax.Call) -> bool:
    """Whether a call is about the rows of the entity."""
    name = node.function.text
    return name in statistics() or (node.over is not None and name in aggregates())


def check_statistic(place: Place, node: syntax.Call, check: Check) -> Expression:
    """Return what such a call means."""
    name, span = node.function.text, place.span(node)
    function = statistics().get(name) or aggregates_across_rows().get(name)
    if function is None:
        place.report(call_messages.part_not_taken(span, name, "over"))
        return unknown(span)
    if not _is_in_place(place, node) or not _is_called_right(place, node, function):
        return unknown(span)
    written, amount = _arguments(node, function)
    value = check(place, written)
    where = _where(place, node.where, check) if node.where is not None else None
    groups = [_group(place, path, check) for path in node.over or ()]
    number = _amount(place, function, amount, check) if amount is not None else None
    if not _is_accepted(place, function, value) or None in groups or (amount is not None and number is None):
        return unknown(span)
    if where is not None and where.type.kind is Kind.UNKNOWN:
        return unknown(span)
    over = tuple(dict.fromkeys(group for group in groups if group is not None))
    result = _result(function, value, over, where)
    return Statistic(name, value, over, where, number, node.descending, result, span)


def _is_in_place(place: Place, node: syntax.Call) -> bool:
    """Report a statistic where there are no rows of the entity to compare."""
    span, name = place.span(node), node.function.text
    if place.reads is not Reads.EVERYTHING:
        parameters = place.reads is Reads.PARAMETERS
        way_out = "use a number or a parameter" if parameters else "use the table's own columns and parameters"
        place.report(
            name_messages.out_of_reach(span, name, "a statistic", "nothing is worked out yet there", way_out)
        )  # fmt: skip
    elif place.below is not None:
        place.report(statistic_messages.inside_aggregate(span, name))
    elif place.table != place.world.entity:
        place.report(statistic_messages.other_table(span, name, place.world.entity, place.table))
    else:
        return True
    return False


def _is_called_right(place: Place, node: syntax.Call, function: _Function) -> bool:
    """Report a call without `over`, with an order that means nothing, or with too few or too many values."""
    span, count = place.span(node), len(node.arguments)
    amount = function.amount if isinstance(function, StatisticFunction) else None
    if function.name == "percentile" and count == 2:
        place.report(statistic_messages.quantile_meant(span))
    elif count != (1 if amount is None else 2):
        place.report(call_messages.wrong_count(span, _signature(function), count))
    elif node.over is None:
        last = node.arguments[-1].end
        if node.descending:
            last = place.passage.text.index("descending", last) + len("descending")
        behind = place.passage.span(last, last)
        example = function.example if isinstance(function, StatisticFunction) else ""
        place.report(statistic_messages.over_needed(span, function.name, behind, example))
    elif node.descending and not (isinstance(function, StatisticFunction) and function.descending):
        place.report(statistic_messages.needs_no_direction(span, function.name))
    elif amount is not None and _is_swapped(place, node, function):
        number = _arguments(node, function)[0]
        place.report(statistic_messages.amount_misplaced(place.span(number), _signature(function)))
    else:
        return True
    return False


def _is_swapped(place: Place, node: syntax.Call, function: _Function) -> bool:
    """Whether a written number stands where the value goes, and a name of the row where the number goes."""
    value, amount = _arguments(node, function)
    if not isinstance(value, syntax.Literal) or not isinstance(amount, syntax.Path):
        return False
    meaning = place.world.names[place.table].get(amount.names[0].text)
    return meaning is not None and meaning.sort is not Sort.PARAMETER


def _signature(function: _Function) -> str:
    return function.signature if isinstance(function, StatisticFunction) else f"{function.name}(x over …)"


def _arguments(node: syntax.Call, function: _Function) -> tuple[syntax.Expression, syntax.Expression | None]:
    """Return the value, and the number beside it if there is one."""
    if not isinstance(function, StatisticFunction) or function.amount is None:
        return node.arguments[0], None
    first, second = node.arguments
    return (second, first) if function.amount is Amount.TILES else (first, second)


def _where(place: Place, node: syntax.Expression, check: Check) -> Expression:
    found = check(place, node)
    if found.type.kind is Kind.MISSING:
        return Constant(None, types.BOOLEAN, found.span)
    if found.type.kind not in (Kind.BOOLEAN, Kind.UNKNOWN):
        place.report(type_messages.condition_expected(found.span, found.type))
        return unknown(found.span)
    return found


def _group(place: Place, path: syntax.Path, check: Check) -> Field | None:
    """Return a name behind `over`: a column, a metric or a segmentation of the entity."""
    span, first = place.span(path), path.names[0].text
    meaning = place.world.names[place.table].get(first)
    sort = meaning.sort if meaning is not None else None
    written = place.text(path)
    if sort is Sort.BELOW:
        way_out = "name a column, a metric or a segmentation of the rows that are compared"
        place.report(statistic_messages.group_elsewhere(span, written, place.table, way_out))
        return None
    if sort is Sort.RELATION and len(path.names) > 1:
        way_out = f"make it a metric, as in `{path.names[-1].text}: {written}`, and name that"
        place.report(statistic_messages.group_elsewhere(span, written, place.table, way_out))
        return None
    found = check(place, path)
    if isinstance(found, Reference):
        place.report(statistic_messages.group_of_all(span, written))
    elif found.type.kind is Kind.LIST:
        place.report(statistic_messages.group_of_lists(span, written))
    elif isinstance(found, Field) and found.type.kind is not Kind.UNKNOWN:
        return found
    return None


def _amount(place: Place, function: _Function, node: syntax.Expression, check: Check) -> Expression | None:
    """Return the number beside the value; where it is known already it must fit."""
    assert isinstance(function, StatisticFunction)
    assert function.amount is not None
    found = check(replace(place, reads=Reads.PARAMETERS), node)
    if found.type.kind is Kind.UNKNOWN:
        return None
    whole = function.amount is Amount.TILES
    signature, text = function.signature, function.amount.value
    if found.type.kind not in ({Kind.INTEGER} if whole else NUMERIC):
        label = f"this is {type_messages.described(found.type)}"
        place.report(statistic_messages.wrong_amount(found.span, signature, text, label))
        return None
    wrong = [one for one in known_values(place.world, found) if (tiles(one) if whole else share_units(one)) is None]
    if not wrong:
        return found
    value = wrong[0]
    if not whole and isinstance(value, int) and isinstance(node, syntax.Literal) and 1 < value <= 100:
        place.report(statistic_messages.share_without_sign(found.span, signature, place.text(node)))
    else:
        place.report(statistic_messages.wrong_amount(found.span, signature, text, "not one"))
    return None


def _is_accepted(place: Place, function: _Function, value: Expression) -> bool:
    if value.type.kind is Kind.UNKNOWN:
        return False
    if value.type.kind not in function.accepts:
        accepts = function.accepts - {Kind.STRING} if isinstance(function, StatisticFunction) else function.accepts
        place.report(
            call_messages.wrong_argument(value.span, _signature(function), "x", wanted(accepts), value.type)
        )  # fmt: skip
        return False
    if isinstance(function, StatisticFunction) and value.type.kind is Kind.STRING and not value.type.ordered:
        place.report(type_messages.text_order(value.span, function.name, f"`{value.span.text}`"))
        return False
    return True


def _result(function: _Function, value: Expression, over: Sequence[Field], where: Expression | None) -> Type:
    grouped = any(group.type.nullable for group in over)
    if isinstance(function, AggregateFunction):
        found = function.result([value.type])
        return found.maybe_missing(found.nullable or grouped)
    may_not_exist = function.of_group or function.name in ("cumulative_share", "zscore")
    nullable = may_not_exist or grouped or value.type.nullable or where is not None
    return function.result.maybe_missing(nullable)
