"""Tables that belong to themselves: the names of the ways, how deep they go, and what is refused."""

from __future__ import annotations

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.program.nodes import Aggregate, Field, walk
from segrules.program.printer import print_expression
from tests.support.rulesets import program_of, with_diagnostics

PARTNERS = """
entity: partners
tables:
  partners:
    key: id
    columns: {id: string, parent_id: {type: string, optional: true}, revenue: integer}
    belongs_to:
      parent: {table: partners, by: parent_id, as: subsidiaries}
  deals:
    key: deal
    columns: {deal: string, partner_id: string, bundle_id: string, amount: integer}
    belongs_to:
      partner: {table: partners, by: partner_id}
      bundle: {table: deals, by: bundle_id, as: parts}
  lines:
    columns: {deal: string, n: integer}
    belongs_to:
      of: {table: deals, by: deal}
"""


def said(text: str) -> list[str]:
    return [f"{one.code.number} {one.message}" for one in found(text)]


def found(text: str) -> list[Diagnostic]:
    return with_diagnostics(f"segrules: 1\nruleset: test\n{text}")[1]


def with_metrics(**metrics: str) -> str:
    lines = "".join(f"  {name}: {text}\n" for name, text in metrics.items())
    return f"{PARTNERS}metrics:\n{lines}"


@pytest.mark.parametrize(
    "text",
    [
        "parent.revenue",
        "parent.parent.parent.revenue",
        "count(subsidiaries)",
        "sum(subsidiaries.revenue)",
        "sum(subsidiaries.subsidiaries.revenue)",
        "sum(subsidiaries.deals.amount)",
        "sum(subsidiaries.deals.lines.n)",
        "sum(subsidiaries.parent.revenue)",
        "sum(deals.parts.amount)",
        "sum(deals.amount where deals.bundle.partner.parent.revenue > revenue)",
        "count(subsidiaries where subsidiaries.revenue > revenue)",
    ],
)
def test_an_expression_reads_the_same_when_it_is_printed(text: str) -> None:
    [metric] = program_of(with_metrics(m=text)).metrics
    assert print_expression(metric.value) == text


def test_no_way_goes_through_a_table_twice_unless_it_is_written() -> None:
    [metric] = program_of(with_metrics(m="sum(lines.n) + sum(deals.amount)")).metrics
    ways = [[step.down for step in node.down] for node in walk(metric.value) if isinstance(node, Aggregate)]
    assert ways == [["deals", "lines"], ["deals"]]


def test_a_path_that_ends_on_the_entitys_own_table_reads_its_metrics() -> None:
    program = program_of(with_metrics(m="parent.n", n="revenue * 2"))
    [field] = [node for node in walk(program.metrics[0].value) if isinstance(node, Field)]
    assert (field.row.path, field.name) == (("parent",), "n")
    assert field.type.nullable
    assert program.order == (("partners", "n"), ("partners", "m"))


@pytest.mark.parametrize("text", ["revenue + sum(subsidiaries.total)", "coalesce(parent.total, revenue)"])
def test_a_value_that_needs_itself_of_the_next_row_is_an_error_that_asks_for_the_depth(text: str) -> None:
    [cycle] = found(with_metrics(total=text))
    assert cycle.code.slug == "cycle"
    assert cycle.message == "these need each other, from row to row without end: total → total"
    assert cycle.help is not None
    assert "write how deep it goes" in cycle.help


def test_a_circle_within_a_row_is_told_as_ever() -> None:
    assert said(with_metrics(a="b + sum(subsidiaries.revenue)", b="a")) == ["SR209 these need each other: a → b → a"]


def test_a_table_that_belongs_to_itself_without_a_name_for_the_way_down_says_nothing_else() -> None:
    text = with_metrics(m="parent.revenue").replace(", as: subsidiaries", "")
    assert said(text) == ["SR270 `partners` belongs to itself, and the rows below a row have no name"]


def test_the_name_of_the_way_down_is_one_of_the_tables_names() -> None:
    text = with_metrics(m="revenue").replace("as: subsidiaries", "as: revenue")
    assert said(text) == ["SR207 `revenue` could mean two things: a table below and a column"]


def test_rows_below_need_an_aggregate() -> None:
    assert said(with_metrics(m="subsidiaries.revenue"))[0].startswith("SR210 ")


def test_a_key_of_several_columns_is_found_by_as_many() -> None:
    text = with_metrics(m="revenue").replace("by: parent_id", "by: [parent_id, id]")
    assert [one.split()[0] for one in said(text)] == ["SR224"]


def test_two_ways_to_one_table_need_two_names_for_the_way_down() -> None:
    text = with_metrics(m="revenue").replace(
        "      bundle:", "      referrer: {table: partners, by: partner_id}\n      bundle:"
    )
    [clash] = found(text)
    assert (clash.code.slug, clash.message) == ("name-clash", "`deals` would be the rows below in two ways")
    assert [label.span.text for label in (clash.label, *clash.related) if label] == ["referrer", "partner"]


def test_rows_below_cannot_be_called_as_the_table_itself() -> None:
    text = PARTNERS.replace("as: subsidiaries", "as: partners")
    assert said(text) == ["SR270 `partners` belongs to itself, and the rows below a row have no name"]


def test_an_aggregate_of_the_own_table_is_told_the_name_of_the_rows_below() -> None:
    found = said(with_metrics(total="sum(partners.revenue)"))
    message = "SR204 `partners` is the row's own table, and the rows below a row have a name of their own"
    assert found == [message]
