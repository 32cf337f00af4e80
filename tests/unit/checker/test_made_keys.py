"""What the key of a table made by `keys_from` may declare."""

from __future__ import annotations

import pytest

from tests.support.rulesets import with_diagnostics

RULESET = """
segrules: 1
ruleset: keys
entity: customers
tables:
  customers:
    key: id
    keys_from: lines
    columns: {{id: {made}}}
  lines:
    {belongs}
    columns: {{town: {taken}, id: string}}
metrics:
  one: 1
"""
NAMED = "belongs_to: {customer: {table: customers, by: town}}"


def said(made: str, taken: str, belongs: str = NAMED) -> list[str]:
    _, found = with_diagnostics(RULESET.format(made=made, taken=taken, belongs=belongs))
    return [f"{one.code.slug}: {one.message}" for one in found]


@pytest.mark.parametrize("option", ["values: [Bonn, Ulm]", "values: [Bonn], max: 9"])
def test_what_nothing_checks_is_refused(option: str) -> None:
    first = option.partition(":")[0]
    told = f"key-without-use: `{first}` of `id` means nothing here: its values are taken from `lines.town`"
    assert told in said(f"{{type: string, {option}}}", "string")


def test_the_values_of_the_column_they_are_taken_from_may_be_repeated() -> None:
    assert said("{type: string, values: [Bonn]}", "{type: string, values: [Bonn]}") == []


@pytest.mark.parametrize("belongs", [NAMED, "title: Lines"])
def test_keys_are_of_the_type_of_the_column_they_are_taken_from(belongs: str) -> None:
    assert [one.partition(":")[0] for one in said("integer", "string", belongs)] == ["key-mismatch"]
