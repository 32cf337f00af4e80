from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given

from segrules.backends.polars.expressions import fold
from segrules.plan.plan import Detail, plan
from segrules.plan.printer import print_plan
from segrules.plan.steps import Decision, Extend, Gather, LookUp, Pick, Plan, Step, Survey
from segrules.program.dated import on_day
from segrules.program.nodes import Expression, Field, children, walk
from segrules.program.program import HitPolicy, Program
from tests.properties.generators.cases import Case, cases
from tests.support.rulesets import checked, program_of

AS_OF = date(2026, 6, 30)

TABLES = """
    entity: partners
    tables:
      partners:
        key: id
        columns: {id: string, revenue: {type: integer, optional: true}, staff: integer, region: string}
      deals:
        key: id
        belongs_to:
          partner: {table: partners, by: partner_id}
          product: {table: products, by: sku}
        columns: {id: string, partner_id: string, sku: string, amount: integer, closed_on: date}
        derived: {never_read: amount + 1}
      products:
        key: sku
        columns: {sku: string, line: string}
"""


def planned(text: str, detail: Detail = Detail.RESULTS) -> Plan:
    return plan(program_of(TABLES + text), AS_OF, fold, detail)


def printed(text: str) -> str:
    return print_plan(planned(text))


def test_aggregates_of_one_way_share_a_group_by_and_columns_of_one_row_above_a_join() -> None:
    text = """
    metrics:
      cloud: count(deals where deals.product.line = 'cloud')
      lines: count_distinct(deals.product.line)
      largest: max(deals.amount where deals.amount > staff)
    """
    assert printed(text) == dedent("""\
        look up deals where sku = products.sku
          ~product.line := products.line
        look up deals where partner_id = partners.id
          ~partner.staff := partners.staff
        gather partners where id = deals.partner_id
          ~count1 := count(deals where ~product.line = 'cloud')
          ~count_distinct2 := count_distinct(~product.line)
          ~max3 := max(amount where amount > ~partner.staff)
        extend partners
          cloud := ~count1
          lines := ~count_distinct2
          largest := ~max3
        give partners: id, cloud, lines, largest
        """)


def test_a_condition_that_several_rules_use_is_a_column_once() -> None:
    text = """
    segmentations:
      size:
        hit_policy: first
        rules:
          - {segment: a, when: staff > 10 and revenue > 5}
          - {segment: b, when: not staff > 10}
    """
    assert printed(text) == dedent("""\
        extend partners
          ~1 := staff > 10
        extend partners
          ~size.0 := ~1 and revenue > 5
          ~size.1 := not ~1
        extend partners
          size := first of a if ~size.0, b if ~size.1
        give partners: id, size
        """)


def test_parameters_and_what_is_worked_out_of_them_are_constants() -> None:
    text = """
    parameters: {base: 20, period: 1 month}
    metrics:
      high: staff > 2 * base + 2
      recent: count(deals where deals.closed_on > as_of - period)
    """
    found = printed(text)
    assert "high := staff > 42" in found
    assert "where closed_on > 2026-05-30" in found


def test_rules_that_are_not_in_force_are_left_out() -> None:
    text = """
    segmentations:
      size:
        hit_policy: first
        rules:
          - {segment: a, when: staff > 10, valid: {until: 2026-06-29}}
          - {segment: b, when: staff > 5, valid: {from: 2026-06-30}}
    """
    assert "size := first of b if ~size.1\n" in printed(text)


def test_several_steps_down_group_by_the_key_that_is_brought_down() -> None:
    text = """
    entity: customers
    tables:
      customers: {key: id, columns: {id: string}}
      orders:
        key: id
        belongs_to: {customer: {table: customers, by: customer_id}}
        columns: {id: string, customer_id: string}
      lines:
        belongs_to: {order: {table: orders, by: order_id}}
        columns: {order_id: string, net: integer}
    metrics: {revenue: sum(lines.net)}
    """
    assert print_plan(plan(program_of(text), AS_OF, fold)).startswith(
        dedent("""\
        look up lines where order_id = orders.id
          ~order.customer_id := orders.customer_id
        gather customers where id = lines.~order.customer_id
          ~sum1 := sum(net)
        """)
    )


READ = """
    segmentations:
      tier:
        hit_policy: first
        ordered: true
        rules:
          - {segment: gold, when: revenue > 100}
          - {segment: silver, when: revenue > 10}
        default: basic
      other: {hit_policy: first, rules: [{segment: large, when: staff > 10}]}
    metrics:
      upper: tier >= 'silver'
"""


def test_a_comparison_with_a_segmentation_asks_which_answers_are_possible() -> None:
    found = printed(READ)
    assert "~tier=basic := ~tier# = 2" in found
    assert "~tier=silver := coalesce(~tier.1, true) and ~tier# >= 1" in found
    assert "~tier=gold := coalesce(~tier.0, true)\n" in found
    assert "upper := if ~1 and ~tier=basic then missing else ~1" in found


def test_possible_answers_are_worked_out_only_of_segmentations_that_are_read() -> None:
    assert "~other#" not in printed(READ)
    assert "~other=" not in printed(READ)


def test_the_same_segmentation_at_two_rows_is_asked_for_twice() -> None:
    """Both paths may lead to the same row; each still goes through all its answers, as the meaning has it."""
    found = printed(READ + "      same: any(deals.partner.tier = tier)\n")
    assert found.count("~partner.~tier=gold") > 1


def test_what_a_decision_lacks_names_columns_and_not_comparisons_that_are_unknown_for_want_of_them() -> None:
    explained = next(one for one in planned(READ, Detail.LACKS).explained if one.segmentation.name == "tier")
    assert [name for name, _ in explained.missing] == ["revenue"]
    assert [name for name, _ in explained.possible] == ["basic", "silver", "gold", "(no segment)", "(conflict)"]


def test_columns_that_nothing_reads_are_not_planned() -> None:
    assert "never_read" not in printed("    metrics: {n: count(deals)}")


@given(cases())
def test_every_step_reads_what_is_stored_or_was_made_before_it(case: Case) -> None:
    program = on_day(checked(case.text), case.as_of)
    known = {(table.name, column.name) for table in program.tables for column in table.columns}
    made = plan(program, case.as_of, fold)
    for step in made.steps:
        assert set(_reads(step)) <= known
        new = [(step.table, name) for name in _names(step)]
        assert not known & set(new)
        assert len(set(new)) == len(new)
        known |= set(new)
    assert {(program.entity, name) for name in made.columns} <= known


def _names(step: Step) -> list[str]:
    match step:
        case Gather():
            return [name for name, _ in step.aggregates]
        case Survey():
            return [name for name, _ in step.statistics]
        case _:
            return [name for name, _ in step.columns]


def _reads(step: Step) -> list[tuple[str, str]]:
    match step:
        case Extend():
            return [(step.table, name) for _, one in step.columns for name in _of_column(one)]
        case LookUp():
            own = [(step.table, name) for name in step.by]
            return own + [(step.above, name) for name in (*step.key, *(column for _, column in step.columns))]
        case Gather():
            parts = [part for _, aggregate in step.aggregates for part in children(aggregate)]
            own = [(step.table, name) for name in step.key] + [(step.below, name) for name in step.by]
            return own + [(step.below, name) for part in parts for name in _fields(part)]
        case Survey():
            read = [name for _, one in step.statistics for part in children(one) for name in _fields(part)]
            return [(step.table, name) for name in (*step.key, *step.over, *read)]


def _of_column(one: Expression | Decision | Pick) -> list[str]:
    if isinstance(one, Pick):
        return [one.place]
    return [column for _, column in one.rules] if isinstance(one, Decision) else _fields(one)


def _fields(node: Expression) -> list[str]:
    return [one.name for one in walk(node) if isinstance(one, Field)]


def of_many_rules(policy: str, count: int) -> Program:
    segments = [f"s{number}" for number in range(10)]
    rules = [f"{{segment: s{number % 10}, when: x > {number}}}" for number in range(count)]
    further = f"priority: [{', '.join(segments)}]," if policy == "priority" else ""
    return program_of(
        f"""
        entity: t
        tables: {{t: {{key: id, columns: {{id: integer, x: {{type: integer, optional: true}}}}}}}}
        segmentations: {{many: {{hit_policy: {policy}, {further} rules: [{", ".join(rules)}]}}}}
        """
    )


@pytest.mark.parametrize("policy", HitPolicy)
def test_a_plan_grows_no_faster_than_the_rules_also_with_what_explains_them(policy: HitPolicy) -> None:
    small, large = (print_plan(plan(of_many_rules(policy, n), AS_OF, fold, Detail.LACKS)) for n in (50, 200))
    assert len(large) < 5 * len(small)
