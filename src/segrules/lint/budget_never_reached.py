"""SR614: a budget that is never spent: as many as the limit has places for, each with the largest amount, need less."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label, told
from segrules.program.nodes import Call, Constant, Expression, Reference
from segrules.program.program import Program
from segrules.program.treatments import Budget, Limit, Shares, Treatment

_DIGITS = 76


def budget_never_reached(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each budget that the limit of its treatment cannot spend."""
    for treatment in program.treatments:
        if treatment.amount is None or treatment.budget is None or treatment.limit is None:
            continue
        largest = _largest(program, treatment.amount.value)
        for total, count in _pots(treatment.budget, treatment.limit):
            money, places = _numbers(program, total), _numbers(program, count)
            if largest is None or not money or not places:
                continue
            with localcontext(prec=_DIGITS):
                spent = max(places) * largest
            if spent < min(money):
                yield _diagnostic(treatment, total, count, largest, spent)
                break


def _pots(budget: Budget, limit: Limit) -> list[tuple[Expression, Expression]]:
    """Return each total with the places that can draw on it; nothing where rows are parted in different ways."""
    totals, counts = _by_value(budget.total), _by_value(limit.count)
    if limit.per is None:
        return [(total, counts[""]) for total in totals.values()]
    if limit.per != budget.per:
        return []
    found = [(total, counts.get(value, counts.get(""))) for value, total in totals.items()]
    return [(total, count) for total, count in found if count is not None]


def _by_value(shares: Shares) -> dict[str, Expression]:
    return dict(shares) if isinstance(shares, tuple) else {"": shares}


def _largest(program: Program, amount: Expression) -> Decimal | None:
    """Return what an amount cannot be above, None if that is not written."""
    match amount:
        case Call(function="to_amount", arguments=(value, Constant(value=int() as places))):
            bound = _largest(program, value)
            return None if bound is None else _rounded(max(bound, Decimal(0)), places)
        case Call(function="to_decimal" | "to_number", arguments=(value,)):
            return _largest(program, value)
        case Call(function="min", arguments=arguments):
            bounds = [bound for part in arguments if (bound := _largest(program, part)) is not None]
            return min(bounds, default=None)
        case Call(function="if", arguments=(_, then, otherwise)):
            either = [_largest(program, part) for part in (then, otherwise)]
            known = [bound for bound in either if bound is not None]
            return max(known) if len(known) == len(either) else None
        case _:
            return max(_numbers(program, amount), default=None)


def _rounded(number: Decimal, places: int) -> Decimal:
    with localcontext(prec=_DIGITS):
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _numbers(program: Program, node: Expression) -> list[Decimal]:
    """Return what a number is, or is on some day: one that is written or a parameter."""
    match node:
        case Constant():
            values = [node.value]
        case Reference(name=name):
            parameter = next((one for one in program.parameters if one.name == name), None)
            values = [since.value for since in parameter.dated] or [parameter.value] if parameter else []
        case _:
            values = []
    return [Decimal(str(value)) for value in values if isinstance(value, (int, float, Decimal))]


def _diagnostic(
    treatment: Treatment, total: Expression, count: Expression, largest: Decimal, spent: Decimal
) -> Diagnostic:
    return told(
        catalogue.BUDGET_NEVER_REACHED,
        f"the budget of `{treatment.name}` is never spent: its limit lets through {spent:f} at most",
        total.span,
        "more than that",
        "lower the total, raise the count, or leave out the budget: the limit alone decides",
        (Label(count.span, f"so many places, for {largest:f} each at most"),),
    )
