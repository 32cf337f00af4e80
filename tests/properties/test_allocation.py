"""What is shared out is what was declared: not more, down the ranking, and every row with one answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from hypothesis import event, given
from hypothesis import strategies as st

from segrules.backends.scalar.interpreter import Interpreter
from segrules.engine.result import Result
from segrules.meaning.tables import RowAt
from segrules.meaning.treatments import Status
from segrules.program.treatments import Stacking, Treatment
from tests.properties.allocations import Line, lines
from tests.properties.generators.cases import Case
from tests.properties.generators.treatments import treatment_cases
from tests.properties.test_treatments import interpreter_of, result_of
from tests.support.treatments import Row

STATUSES = [status.value for status in Status if status is not Status.ELIGIBLE]


@given(treatment_cases(scarce=True))
def test_what_is_shared_out_is_what_was_declared(case: Case) -> None:
    result, known = result_of(case), interpreter_of(case)
    table = [dict(row) for row in result.treatments.iter_rows(named=True)]
    assert_every_row_that_may_be_eligible_has_one_status(known, table)
    assert_totals_are_the_sums_of_the_rows(result, table)
    found = list(lines(known, table))
    for line in found:
        assert_nothing_is_exceeded(line)
        assert_ranks_are_in_the_declared_order(line)
        if not is_capped(known, line):
            assert [one.given for one in line.claimants] == line.searched()
    event(f"something is contested: {any(line.is_contested for line in found)}")


@given(treatment_cases(scarce=True), st.sampled_from(["20", "5", "12.5", "0.01"]))
def test_more_money_takes_nothing_from_anyone_where_those_who_share_places_share_money(case: Case, more: str) -> None:
    before, after = result_of(case), result_of(case, more=Decimal(more))
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for treatment in before.program.treatments:
        if not treatment.requires and money_goes_with_places(treatment):
            rows = (result.treatments.filter(treatment=treatment.name) for result in (before, after))
            pairs += zip(*(frame.iter_rows(named=True) for frame in rows), strict=True)
    assert all(now["status"] in at_least(was["status"]) for was, now in pairs)
    assert all((was["amount"] or 0) <= (now["amount"] or 0) for was, now in pairs)
    event(f"somebody gets more: {any(was['amount'] != now['amount'] for was, now in pairs)}")


def money_goes_with_places(treatment: Treatment) -> bool:
    """Whether rows that share places share the money too."""
    budget, limit = treatment.budget, treatment.limit
    return budget is None or limit is None or budget.per is None or budget.per == limit.per


def at_least(status: str) -> tuple[str, ...]:
    """What may become of a status where there is more money."""
    return {"refused": ("refused", "reduced", "granted"), "reduced": ("reduced", "granted")}.get(status, (status,))


def is_capped(known: Interpreter, line: Line) -> bool:
    """Whether a cap may have cut what rows ask for."""
    capped = [group.name for group in known.program.groups if group.stacking is Stacking.CAPPED_SUM]
    return line.treatment.group in capped


def assert_every_row_that_may_be_eligible_has_one_status(known: Interpreter, table: list[Row]) -> None:
    program = known.program
    rows = [RowAt(program.entity, index) for index in range(len(known.tables.rows(program.entity)))]
    eligible = [
        (*known.tables.key(row), treatment.name)
        for row in rows
        for treatment in program.treatments
        if treatment.in_force(known.as_of)
        and (program.suppress is None or known.evaluate(program.suppress, row) is False)
        and known.evaluate(treatment.when, row) is not False
    ]
    assert [(row["region_of_key"], row["number"], row["treatment"]) for row in table] == eligible
    assert all(row["status"] in STATUSES for row in table)


def assert_totals_are_the_sums_of_the_rows(result: Result, table: list[Row]) -> None:
    for name, counts in result.summary.treatments.items():
        rows = [row for row in table if row["treatment"] == name]
        amounts = [row["amount"] for row in rows if row["amount"] is not None]
        assert (counts.amount or 0) == sum(amounts)  # type: ignore[arg-type]
        budgets = counts.budget.values()
        assert not budgets or sum(one.total - one.left for one in budgets) == counts.amount
        statuses = Counter(row["status"] for row in rows)
        assert statuses == {status: count for status in STATUSES if (count := getattr(counts, status))}
        assert counts.eligible + counts.unknown == len(rows)


def assert_nothing_is_exceeded(line: Line) -> None:
    money: defaultdict[str, Decimal] = defaultdict(Decimal)
    places: Counter[str] = Counter()
    for one in line.claimants:
        if one.given is not None:
            money[one.money] += one.given
            places[one.place] += 1
    assert all(spent <= line.money[pot] for pot, spent in money.items())
    assert all(taken <= line.places[pot] for pot, taken in places.items())


def assert_ranks_are_in_the_declared_order(line: Line) -> None:
    in_line: Counter[str] = Counter()
    for one in line.claimants:
        pot = one.place if line.treatment.budget is None else one.money
        in_line[pot] += 1
        assert one.told["rank"] == in_line[pot]
