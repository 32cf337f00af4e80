"""What is shared out among rows: budgets, limits, caps and holdouts, and the ranking that rows go down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from segrules.checker import sharing_messages as messages
from segrules.checker import type_messages
from segrules.checker.formulas import check_formula, check_number
from segrules.checker.known_values import known_values
from segrules.checker.tables import is_set
from segrules.checker.world import World
from segrules.document.treatment_text import BudgetText, LimitText, TreatmentText
from segrules.document.written import Entry, Formula, Word
from segrules.language.spelling_messages import mistyped_word
from segrules.language.types import NUMERIC, TEMPORAL, Kind
from segrules.language.values import Value
from segrules.program.nodes import Expression, Field
from segrules.program.treatments import Budget, Limit, Rank, Shares

_DIRECTION = re.compile(r"\s+(descending|desc|DESC|DESCENDING|asc|ascending)\s*$")
_PARTS_ROWS = frozenset({Kind.STRING, Kind.INTEGER, Kind.BOOLEAN, Kind.DATE})


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """What a number must be: in words, and by a test of its value."""

    wanted: str
    is_one: Callable[[Value], bool]


def _is_at_least_0(value: Value) -> bool:
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and value >= 0


MONEY = SharedNumber("a number that is not below 0", _is_at_least_0)
COUNT = SharedNumber("a whole number that is not below 0", lambda value: isinstance(value, int) and value >= 0)
SHARE = SharedNumber("a share from 0% to 100%", lambda value: _is_at_least_0(value) and value <= 1)  # type: ignore[operator]

NUMBERS = {"total": MONEY, "cap": MONEY, "count": COUNT, "holdout": SHARE}
"""What the numbers that are shared out must be, by their keys."""


def check_shared_number(world: World, formula: Formula, key: str) -> Expression | None:
    """Return a number that is the same for every row; where it is known already it must be what its key wants."""
    number, found = NUMBERS[key], check_number(world, formula)
    if found is None:
        return None
    if number is COUNT and found.type.kind is not Kind.INTEGER:
        label = f"this is {type_messages.described(found.type)}"
        world.report(messages.wrong_number(found.span, key, number.wanted, label))
        return None
    wrong = [value for value in known_values(world, found) if value is not None and not number.is_one(value)]
    if not wrong:
        return found
    if number is SHARE and isinstance(wrong[0], int) and 1 < wrong[0] <= 100 and found.span.text.isdigit():
        world.report(messages.share_without_sign(found.span, key, found.span.text))
    else:
        world.report(messages.wrong_number(found.span, key, number.wanted, "not one"))
    return None


def check_budget(world: World, written: BudgetText) -> Budget | None:
    """Return a budget, or None if something is wrong with it."""
    per = _per(world, written.per)
    total = _shares(world, written.total, "total", per)
    if total is None or (per is None) != (written.per is None):
        return None
    return Budget(total, written.span, per, is_set(written.partial))


def check_limit(world: World, written: LimitText) -> Limit | None:
    """Return a limit, or None if something is wrong with it."""
    per = _per(world, written.per)
    count = _shares(world, written.count, "count", per)
    return None if count is None or (per is None) != (written.per is None) else Limit(count, written.span, per)


def _shares(world: World, written: Formula | tuple[Entry[Formula], ...], key: str, per: Field | None) -> Shares | None:
    if isinstance(written, Formula):
        return check_shared_number(world, written, key)
    if per is None:
        world.report(messages.per_needed(written[0].name.span.to(written[-1].value.span)))
        return None
    shares = [(entry.name.value, check_shared_number(world, entry.value, key)) for entry in written]
    values = per.type.values
    for entry in written if values is not None else ():
        if values is not None and entry.name.value not in values:
            world.report(messages.no_such_value(entry.name.span, entry.name.value, per.name, values))
    known = tuple((name, share) for name, share in shares if share is not None)
    return known if len(known) == len(shares) else None


def _per(world: World, word: Word | None) -> Field | None:
    """Return what parts the rows: one value a row, of the row itself."""
    if word is None:
        return None
    found = check_formula(world, Formula(word.value, word.passage), world.entity)
    if isinstance(found, Field) and found.type.kind in _PARTS_ROWS:
        return found
    if found.type.kind is not Kind.UNKNOWN:
        same = not isinstance(found, Field)
        label = "the same for every row" if same else f"this is {type_messages.described(found.type)}"
        world.report(messages.per_parts_nothing(word.span, word.value, label))
    return None


def check_ranks(world: World, written: TreatmentText) -> tuple[Rank, ...]:
    """Return the one ranking of a treatment's budget and limit."""
    given = [one.rank_by for one in (written.budget, written.limit) if one is not None and one.rank_by is not None]
    rankings = [tuple(_rank(world, one) for one in _several(formulas)) for formulas in given]
    if not rankings and (shared := written.budget or written.limit) is not None:
        world.report(messages.rank_needed(shared.span, written.treatment.value))
    known = [tuple(rank for rank in ranking if rank is not None) for ranking in rankings]
    if len(known) > 1 and known[0] != known[1]:
        first, second = (_several(formulas)[0].span for formulas in given)
        world.report(messages.two_rankings(second, written.treatment.value, first))
    return known[0] if known else ()


def _several(formulas: Formula | tuple[Formula, ...]) -> tuple[Formula, ...]:
    return (formulas,) if isinstance(formulas, Formula) else formulas


def _rank(world: World, formula: Formula) -> Rank | None:
    direction = _DIRECTION.search(formula.passage.text)
    if direction and direction[1] != "descending":
        place = formula.passage.span(*direction.span(1))
        if direction[1].lower().startswith("asc"):
            world.report(messages.needs_no_word(place, direction[1]))
        else:
            world.report(mistyped_word(place, direction[1], "descending"))
    end = direction.start() if direction else len(formula.passage.text)
    passage = formula.passage.part(0, end)
    found = check_formula(world, Formula(passage.text, passage), world.entity)
    kind = found.type.kind
    if kind in NUMERIC | TEMPORAL | {Kind.BOOLEAN} or (kind is Kind.STRING and found.type.ordered):
        return Rank(found, direction is not None)
    if kind is not Kind.UNKNOWN:
        world.report(messages.no_order(found.span, found.type))
    return None
