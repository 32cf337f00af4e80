"""What nothing reads, reasons that name no value, and rulesets that nobody answers for."""

from __future__ import annotations

from pathlib import Path

import pytest

from segrules.engine.checked import checked

RULESET = """\
segrules: 1
ruleset: example
objective: Put training money where it earns most.
owner: partner-operations
entity: partners
tables:
  partners:
    key: id
    columns:
      id: string
      region: {type: string, values: [NA, EMEA], optional: true}
      revenue: {type: integer, min: LOWEST}
  deals:
    belongs_to:
      partner: {table: partners, by: partner_id}
      product: {table: products, by: sku}
    columns: {partner_id: string, sku: string, amount: integer}
  products:
    key: sku
    columns: {sku: string, line_id: string}
    belongs_to:
      line: {table: lines, by: line_id}
  lines:
    key: line_id
    columns: {line_id: string, line: string}
parameters: {p: 3}
metrics: {m: METRIC, n: m}
segmentations:
  tier:
    hit_policy: first
    rules:
      - {segment: gold, when: CONDITION, because: BECAUSE}
treatments:
  - {treatment: kit, kind: support, when: tier = 'gold', amount: {value: AMOUNT}, limit: {count: COUNT, rank_by: RANK}}
"""
WORDS = {
    "LOWEST": "0",
    "METRIC": "sum(deals.amount where deals.product.line.line = 'a')",
    "CONDITION": "revenue > 1 and n > p",
    "BECAUSE": "'{revenue}'",
    "AMOUNT": "5",
    "COUNT": "9",
    "RANK": "revenue",
}


def said(folder: Path, **words: str) -> list[tuple[str, str]]:
    """Return the codes, and the places by their text, of what is said of the ruleset with some words replaced."""
    return told(folder, filled(RULESET, **words))


def filled(text: str, **words: str) -> str:
    for word, written in (WORDS | words).items():
        text = text.replace(word, written)
    return text


def told(folder: Path, text: str) -> list[tuple[str, str]]:
    (folder / "ruleset.yaml").write_text(text)
    found = checked(folder)
    assert found.program is not None, found.diagnostics
    labels = [(one.code.number, label) for one in found.diagnostics for label in (one.label, *one.related) if label]
    return [(code, label.span.text) for code, label in labels if "SR633" <= code <= "SR639"]


def test_nothing_is_said_where_everything_is_read(tmp_path: Path) -> None:
    assert said(tmp_path) == []


@pytest.mark.parametrize(
    "where", [{"LOWEST": "p"}, {"AMOUNT": "p"}, {"COUNT": "p"}, {"RANK": "revenue * p"}, {"METRIC": "p"}]
)
def test_a_parameter_is_read_wherever_a_number_stands(tmp_path: Path, where: dict[str, str]) -> None:
    words = {"CONDITION": "revenue > 1 and n > 2"}
    assert ("SR633", "p") in said(tmp_path, **words)
    assert ("SR633", "p") not in said(tmp_path, **words, **where)


@pytest.mark.parametrize(
    "where", [{"AMOUNT": "n"}, {"RANK": "n"}, {"BECAUSE": "'{n}'"}, {"CONDITION": "rank(n over all) > p"}]
)
def test_a_metric_is_read_wherever_a_value_stands(tmp_path: Path, where: dict[str, str]) -> None:
    words = {"CONDITION": "revenue > p"}
    assert said(tmp_path, **words) == [("SR634", "n")]
    assert said(tmp_path, **words | where) == []


def test_a_ruleset_of_metrics_alone_is_there_for_their_sake(tmp_path: Path) -> None:
    alone = RULESET.partition("segmentations:")[0].replace("METRIC", "revenue * p").replace("LOWEST", "0")
    assert [code for code, _ in told(tmp_path, alone)] == ["SR636", "SR636", "SR636"]


def test_columns_that_the_data_must_have_are_told_together(tmp_path: Path) -> None:
    text = RULESET.replace(
        "id: string\n", "id: string\n      a: string\n      b: {type: string, optional: true}\n      c: date\n", 1
    )
    assert told(tmp_path, filled(text)) == [("SR635", "a"), ("SR635", "c")]


def test_a_table_on_the_way_is_needed_and_one_that_nothing_leads_to_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, METRIC="sum(deals.amount)") == [("SR636", "products"), ("SR636", "lines")]


@pytest.mark.parametrize(
    ("condition", "because", "is_told"),
    [
        ("revenue > 1 and n > p", "large", True),
        ("n between 1 and p and revenue > 0", "large", True),
        ("revenue > 1 and n > p", "'large, {revenue}'", False),
        ("revenue = 1 and n = p", "large", False),
        ("region = 'NA' and count(deals where deals.amount > p) = n", "in North America", False),
    ],
)
def test_a_reason_without_a_value_is_told_where_numbers_are_compared_by_size(
    tmp_path: Path, condition: str, because: str, is_told: bool
) -> None:
    assert (("SR637", "gold") in said(tmp_path, CONDITION=condition, BECAUSE=because)) is is_told


@pytest.mark.parametrize("key", ["objective", "owner"])
def test_an_objective_and_an_owner_are_asked_for(tmp_path: Path, key: str) -> None:
    text = "".join(line for line in RULESET.splitlines(keepends=True) if not line.startswith(key))
    assert told(tmp_path, filled(text)) == [("SR638", "segrules: 1")]


SHARED = """\
segrules: 1
tables: {other: {key: id, columns: {id: string, a: string}}}
parameters: {q: 1}
metrics: {o: revenue}
kinds: [visit]
groups: {rebates: {stacking: best}}
"""
IMPORTING = RULESET.replace("entity: partners", "entity: partners\nimports: [shared.yaml]")


def told_importing(folder: Path, text: str = IMPORTING, **words: str) -> list[tuple[str, str]]:
    (folder / "shared.yaml").write_text(SHARED)
    return told(folder, filled(text, **words))


def test_what_is_imported_is_there_for_other_rulesets_too(tmp_path: Path) -> None:
    assert told_importing(tmp_path, CONDITION="revenue > q and n > p") == []


def test_an_import_of_which_nothing_is_used_is_told(tmp_path: Path) -> None:
    assert told_importing(tmp_path) == [("SR639", "shared.yaml")]


@pytest.mark.parametrize(
    "where",
    [
        {"LOWEST": "q"},
        {"METRIC": "q"},
        {"CONDITION": "revenue > p and n > o"},
        {"BECAUSE": "'{o}'"},
        {"AMOUNT": "q"},
        {"COUNT": "q"},
        {"RANK": "o"},
        {"kind: support": "kind: visit"},
        {"kind: support": "kind: support, group: rebates"},
        {"tables:\n": "tables:\n  things: {key: a, keys_from: other}\n"},
        {"by: sku}": "by: sku}\n      others: {table: other, by: sku}"},
        {"    key: id\n": "    key: id\n    belongs_to: {others: {table: other, by: id}}\n"},
    ],
)
def test_an_import_is_used_wherever_something_of_it_is_named(tmp_path: Path, where: dict[str, str]) -> None:
    text = IMPORTING
    for word, written in where.items():
        text = text.replace(word, written, 1)
    assert ("SR639", "shared.yaml") not in told_importing(tmp_path, text)


def test_an_import_with_the_table_of_the_entity_is_used(tmp_path: Path) -> None:
    head, _, rest = RULESET.partition("tables:\n")
    partners, _, others = rest.partition("  deals:\n")
    (tmp_path / "shared.yaml").write_text("segrules: 1\ntables:\n" + filled(partners))
    text = f"{head}imports: [shared.yaml]\ntables:\n  deals:\n{others}"
    assert told(tmp_path, filled(text)) == []


def test_metrics_that_are_imported_count_where_there_is_nothing_else(tmp_path: Path) -> None:
    alone = IMPORTING.partition("segmentations:")[0].replace("METRIC", "revenue * p")
    assert "SR639" not in [code for code, _ in told_importing(tmp_path, alone)]


def test_what_an_import_imports_in_turn_is_a_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "way.yaml").write_text("segrules: 1\nimports: [shared.yaml]\nparameters: {r: 2}\nmetrics: {s: q * r}\n")
    text = IMPORTING.replace("[shared.yaml]", "[way.yaml]")
    assert told_importing(tmp_path, text) == [("SR639", "way.yaml")]
    assert told_importing(tmp_path, text, CONDITION="revenue > q and n > p") == []


def test_of_two_imports_the_one_that_only_the_other_reads_is_used(tmp_path: Path) -> None:
    (tmp_path / "way.yaml").write_text("segrules: 1\nimports: [shared.yaml]\nmetrics: {s: q}\n")
    text = IMPORTING.replace("[shared.yaml]", "[shared.yaml, way.yaml]")
    assert told_importing(tmp_path, text) == [("SR639", "way.yaml")]


def test_what_is_said_of_an_import_goes_by_whether_its_metrics_come_out(tmp_path: Path) -> None:
    (tmp_path / "limits.yaml").write_text("segrules: 1\nparameters: {limit: 3}\n")
    told_importing(tmp_path, IMPORTING.replace("[shared.yaml]", "[shared.yaml, limits.yaml]"))
    found = checked(tmp_path).diagnostics
    assert [(one.message, one.help) for one in found if one.code.slug == "unused-import"] == [
        (
            "no rule, score or treatment reads anything of `shared.yaml`",
            "take it out, unless its metrics are meant for those who read the results",
        ),
        ("nothing of `limits.yaml` is used", "take it out"),
    ]
