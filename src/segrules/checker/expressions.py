"""What an expression means: each node of the syntax tree becomes a typed node of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from segrules.checker import arithmetic, calls, comparisons, name_messages, type_messages
from segrules.checker.coercion import coerced, meeting_type
from segrules.checker.paths import check_path
from segrules.checker.place import Place, unknown
from segrules.diagnostics.source import Span
from segrules.diagnostics.spelling import nearest
from segrules.language import syntax, types
from segrules.language.types import Kind
from segrules.language.values import Duration, Value
from segrules.program.nodes import Call, Constant, Expression, Reference


def check_expression(place: Place, node: syntax.Expression) -> Expression:
    """Return the typed expression; what is wrong in it was reported and has the type `unknown`."""
    span = place.span(node)
    match node:
        case syntax.Literal():
            return Constant(node.value, type_of(node.value), span)
        case syntax.Path():
            return _path(place, node)
        case syntax.Unary(operator=operator):
            return _not(place, node) if operator.text == "not" else arithmetic.negated(place, node, _operand)
        case syntax.Binary(operator=operator) if operator.text in ("and", "or"):
            return _logic(place, node)
        case syntax.Binary():
            return arithmetic.computed(place, node, _operand)
        case syntax.Comparison():
            return _comparison(place, node)
        case syntax.Membership():
            return _membership(place, node)
        case syntax.Between():
            operands = [_operand(place, one) for one in (node.value, node.low, node.high)]
            return _negated(comparisons.between(place, span, *operands), node.negated, span)
        case syntax.Presence():
            return _presence(place, node)
        case syntax.Match():
            return _match(place, node)
        case syntax.Window():
            return _window(place, node)
        case syntax.Conditional():
            return _conditional(place, node)
        case syntax.Call():
            return calls.check_call(place, node, check_expression)
        case syntax.Listing():
            place.report(type_messages.constant_needed(span, "a list in brackets", "use it after `in`"))
            return unknown(span)


_operand = check_expression


def check_condition(place: Place, node: syntax.Expression) -> Expression:
    """Return an expression that must be true or false."""
    found = check_expression(place, node)
    if found.type.kind in (Kind.BOOLEAN, Kind.UNKNOWN):
        return found
    if found.type.kind is Kind.MISSING:
        return Constant(None, types.BOOLEAN, found.span)
    place.report(type_messages.condition_expected(found.span, found.type))
    return unknown(found.span)


def type_of(value: Value) -> types.Type:
    """Return the type of a value as written: a number with a point is exact, with the places written."""
    match value:
        case None:
            return types.MISSING
        case bool():
            return types.BOOLEAN.present()
        case int():
            return types.INTEGER.present()
        case Decimal():
            exponent = value.as_tuple().exponent
            assert isinstance(exponent, int)
            return types.decimal(max(0, -exponent)).present()
        case str():
            return types.STRING.present()
        case Duration():
            return types.DURATION.present()
        case tuple():
            item = meeting_type([type_of(member) for member in value]) or types.UNKNOWN
            return types.list_of(item).present()
        case float():
            return types.NUMBER.present()
        case _:
            return types.DATETIME.present() if hasattr(value, "hour") else types.DATE.present()


def _path(place: Place, node: syntax.Path) -> Expression:
    return check_path(place, node)


def _negated(found: Expression, negated: bool, span: Span) -> Expression:
    if not negated or found.type.kind is Kind.UNKNOWN:
        return found
    return Call("not", (found,), found.type, span)


def _not(place: Place, node: syntax.Unary) -> Expression:
    return _negated(check_condition(place, node.operand), True, place.span(node))


def _logic(place: Place, node: syntax.Binary) -> Expression:
    """Return `and` or `or` with all operands of one chain side by side."""
    operator = node.operator.text
    written = _chain(node, operator)
    parts = [check_expression(place, part) for part in written]
    for index, part in enumerate(parts):
        if part.type.kind not in (Kind.BOOLEAN, Kind.UNKNOWN):
            _report_not_condition(place, node, written, parts, index)
            parts[index] = unknown(part.span)
    span = place.span(node)
    if any(part.type.kind is Kind.UNKNOWN for part in parts):
        return unknown(span)
    return Call(operator, tuple(parts), types.BOOLEAN.maybe_missing(any(p.type.nullable for p in parts)), span)


def _chain(node: syntax.Expression, operator: str) -> list[syntax.Expression]:
    if isinstance(node, syntax.Binary) and node.operator.text == operator:
        return [*_chain(node.left, operator), *_chain(node.right, operator)]
    return [node]


def _report_not_condition(
    place: Place, node: syntax.Binary, written: list[syntax.Expression], parts: list[Expression], index: int
) -> None:
    before = written[index - 1] if index else None
    values = [written[index]]
    if isinstance(before, syntax.Comparison) and before.operators[-1].text == "=" and node.operator.text == "or":
        left = place.text(before.operands[0])
        values.insert(0, before.operands[-1])
        whole = place.passage.span(before.start, written[index].end)
        listed = ", ".join(place.text(value) for value in values)
        place.report(type_messages.alternative_without_comparison(parts[index].span, left, whole, listed))
    else:
        place.report(type_messages.condition_expected(parts[index].span, parts[index].type))


def _comparison(place: Place, node: syntax.Comparison) -> Expression:
    """Return a comparison, or a chain of them as an `and` of its links."""
    for index, operand in enumerate(node.operands):
        if isinstance(operand, syntax.Literal) and operand.value is None:
            other = node.operands[1 - index] if len(node.operands) == 2 else node.operands[index - 1]
            negated = node.operators[min(index, len(node.operators) - 1)].text == "!="
            place.report(
                type_messages.missing_compared(place.span(operand), place.text(other), negated, place.span(node))
            )
            return unknown(place.span(node))
    operands = _operands(place, node)
    links = [
        comparisons.compare(place, operator, operands[index], operands[index + 1], _link_span(place, node, index))
        for index, operator in enumerate(node.operators)
    ]
    return _all_of(links, place.span(node))


def _operands(place: Place, node: syntax.Comparison) -> list[Expression]:
    """Return the operands; a bare word beside a text is most likely a text without quotes."""
    named = [None if _is_bare_word(place, one) else check_expression(place, one) for one in node.operands]
    found = []
    for index, operand in enumerate(node.operands):
        partner = named[1 - index] if len(named) == 2 else None
        text = partner.type if partner else None
        found.append(named[index] or _bare_word(place, operand, text) or check_expression(place, operand))
    return found


def _bare_word(place: Place, node: syntax.Expression, text: types.Type | None) -> Expression | None:
    """Report a text without quotes beside a text; return None where a name is the likelier meaning."""
    if text is None or text.kind is not Kind.STRING or not _is_bare_word(place, node):
        return None
    word = place.text(node)
    if text.values is None:
        meant = None if nearest(word, place.world.names[place.table]) else word
    else:
        meant = word if word in text.values else nearest(word, text.values)
    if meant is None:
        return None
    place.report(name_messages.text_without_quotes(place.span(node), word, f"'{meant}'"))
    return unknown(place.span(node))


def _is_bare_word(place: Place, node: syntax.Expression) -> bool:
    return (
        isinstance(node, syntax.Path)
        and len(node.names) == 1
        and node.names[0].text not in place.world.names[place.table]
        and node.names[0].text not in place.aliases
    )


def _link_span(place: Place, node: syntax.Comparison, index: int) -> Span:
    return place.passage.span(node.operands[index].start, node.operands[index + 1].end)


def _all_of(links: list[Expression], span: Span) -> Expression:
    if len(links) == 1:
        return links[0]
    if any(link.type.kind is Kind.UNKNOWN for link in links):
        return unknown(span)
    return Call("and", tuple(links), types.BOOLEAN.maybe_missing(any(x.type.nullable for x in links)), span)


def _membership(place: Place, node: syntax.Membership) -> Expression:
    """Return `x in (a, b)` or `x in list`."""
    span = place.span(node)
    item = check_expression(place, node.item)
    if isinstance(node.options, syntax.Listing):
        found = _among(place, node, item, node.options)
    else:
        options = check_expression(place, node.options)
        found = in_list(place, item, options, span)
    return _negated(found, node.negated, span)


def _among(place: Place, node: syntax.Membership, item: Expression, listing: syntax.Listing) -> Expression:
    span = place.span(node)
    options = []
    for written in listing.items:
        if isinstance(written, syntax.Literal) and written.value is None:
            place.report(type_messages.missing_compared(place.span(written), place.text(node.item), False, span))
            return unknown(span)
        option = _bare_word(place, written, item.type) or check_expression(place, written)
        met = comparisons.meet(place, "in", option.span, item, option)
        if met is None:
            continue
        options.append(met[1])
    if len(options) < len(listing.items) or not options:
        return unknown(span)
    return one_of(place, item, options, span)


def one_of(place: Place, item: Expression, options: Sequence[Expression], span: Span) -> Expression:
    """Return whether a value is one of several that it can be compared with."""
    meeting = meeting_type([item.type, *(option.type for option in options)])
    assert meeting is not None
    arguments = tuple(coerced(one, meeting) for one in (item, *options))
    result = types.BOOLEAN.maybe_missing(any(argument.type.nullable for argument in arguments))
    return comparisons.over_answers(place, Call("in", arguments, result, span))


def in_list(place: Place, item: Expression, options: Expression, span: Span) -> Expression:
    """Return whether a list has a member; a list parameter of other numbers is written out as its members."""
    if Kind.UNKNOWN in (item.type.kind, options.type.kind):
        return unknown(span)
    if options.type.kind is not Kind.LIST or options.type.item is None:
        way_out = "write the values in brackets, as in `in ('a', 'b')`, or name a list"
        place.report(
            type_messages.type_mismatch(
                options.span, "looked up in", (item.span, item.type), (options.span, options.type), way_out
            )
        )
        return unknown(span)
    member = options.type.item
    met = comparisons.meet(place, "=", item.span, item, replace(options, type=member))
    if met is None:
        return unknown(span)
    if (met[1].type.kind, met[1].type.places) == (member.kind, member.places):
        result = types.BOOLEAN.maybe_missing(item.type.nullable or options.type.nullable or member.nullable)
        return comparisons.over_answers(place, Call("in_list", (met[0], options), result, span))
    if isinstance(options, Reference):
        return _in_parameter(place, item, options, span)
    place.report(
        type_messages.type_mismatch(
            options.span, "looked up in", (item.span, item.type), (options.span, options.type),
            f"compare with {type_messages.described(member)}",
        )
    )  # fmt: skip
    return unknown(span)


def _in_parameter(place: Place, item: Expression, options: Reference, span: Span) -> Expression:
    """Return whether a list parameter has a member; its members are written out, so that each takes the type it meets.

    Of lists by day, the one that holds on `as_of` is chosen.
    """
    parameter = place.world.parameters[options.name]
    if not parameter.dated:
        return one_of(place, item, _members(parameter.value, options), span)
    found: Expression = Constant(None, types.BOOLEAN, span)  # before the first day nothing is worked out
    as_of = Reference("as_of", types.DATE.present(), span)
    for since in parameter.dated:
        holds = Call(">=", (as_of, Constant(since.day, types.DATE.present(), span)), types.BOOLEAN.present(), span)
        among = one_of(place, item, _members(since.value, options), span)
        found = Call("if", (holds, among, found), types.BOOLEAN, span)
    return found


def _members(values: Value, options: Reference) -> list[Expression]:
    assert isinstance(values, tuple)
    return [Constant(value, replace(type_of(value), unit=options.type.unit), options.span) for value in values]


def _presence(place: Place, node: syntax.Presence) -> Expression:
    value = check_expression(place, node.value)
    if value.type.kind is Kind.UNKNOWN:
        return unknown(place.span(node))
    function = "is_missing" if node.missing else "is_present"
    return Call(function, (value,), types.BOOLEAN.present(), place.span(node))


_TEXT_MATCHES = {
    "contains": "contains_text",
    "starts with": "starts_with",
    "ends with": "ends_with",
    "like": "like",
}


def _match(place: Place, node: syntax.Match) -> Expression:
    """Return `contains` of a list, or one of the ways in which a text is looked through."""
    span = place.span(node)
    left = check_expression(place, node.left)
    if node.operator.text == "contains" and left.type.kind is Kind.LIST:
        item = _bare_word(place, node.right, left.type.item) or check_expression(place, node.right)
        return _negated(in_list(place, item, left, span), node.negated, span)
    right = check_expression(place, node.right)
    if Kind.UNKNOWN in (left.type.kind, right.type.kind):
        return unknown(span)
    if (left.type.kind, right.type.kind) != (Kind.STRING, Kind.STRING):
        action = "looked through for" if node.operator.text == "contains" else "matched with"
        place.report(
            type_messages.type_mismatch(
                place.span(node.operator),
                action,
                (left.span, left.type),
                (right.span, right.type),
                f"`{node.operator.text}` looks through a text for a text",
            )
        )
        return unknown(span)
    if node.operator.text == "like" and not isinstance(right, Constant):
        place.report(
            type_messages.constant_needed(right.span, "the pattern of `like`", "write it in quotes, as in 'AC*'")
        )
        return unknown(span)
    result = types.BOOLEAN.maybe_missing(left.type.nullable or right.type.nullable)
    found = comparisons.over_answers(place, Call(_TEXT_MATCHES[node.operator.text], (left, right), result, span))
    return _negated(found, node.negated, span)


def _window(place: Place, node: syntax.Window) -> Expression:
    """Return `x in last 12 months`: from after `as_of` less that long up to `as_of`."""
    span = place.span(node)
    value = check_expression(place, node.value)
    duration = check_expression(place, node.duration)
    as_of = check_path(
        place,
        syntax.Path((syntax.Identifier("as_of", start=node.start, end=node.end),), start=node.start, end=node.end),
    )
    if Kind.UNKNOWN in (value.type.kind, duration.type.kind, as_of.type.kind):
        return unknown(span)
    if value.type.kind not in types.TEMPORAL or duration.type.kind is not Kind.DURATION:
        place.report(
            type_messages.type_mismatch(
                span,
                "looked for within",
                (value.span, value.type),
                (duration.span, duration.type),
                f"write a date and a stretch of time, as in `closed_on in {node.direction} 12 months`",
            )
        )
        return unknown(span)
    arguments = (coerced(value, types.DATE), as_of, duration)
    found = Call(f"in_{node.direction}", arguments, types.BOOLEAN.maybe_missing(value.type.nullable), span)
    return _negated(found, node.negated, span)


def _conditional(place: Place, node: syntax.Conditional) -> Expression:
    span = place.span(node)
    condition = check_condition(place, node.condition)
    branches = [check_expression(place, branch) for branch in (node.then, node.otherwise)]
    if any(part.type.kind is Kind.UNKNOWN for part in (condition, *branches)):
        return unknown(span)
    meeting = meeting_type([branch.type for branch in branches])
    if meeting is None:
        then, otherwise = branches
        place.report(
            type_messages.type_mismatch(
                span,
                "given in place of",
                (then.span, then.type),
                (otherwise.span, otherwise.type),
                "give both branches the same sort of value",
            )
        )
        return unknown(span)
    nullable = meeting.nullable or condition.type.nullable
    first, second = (coerced(branch, meeting) for branch in branches)
    return Call("if", (condition, first, second), meeting.maybe_missing(nullable), span)
