"""From YAML nodes to a ruleset as written: what is read, what is refused and in which words, what is gone on with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source
from segrules.document.condition_text import ConditionText
from segrules.document.foreign_spellings import _EVERYWHERE, _KEYS
from segrules.document.nodes import Entry, Mapping, Node, Scalar, Sequence, Style
from segrules.document.ruleset import RulesetText
from segrules.document.segmentation_text import RuleText, SegmentationText, TableFileText
from segrules.document.shapes import key_of, keys_of, records_below
from segrules.document.structure import read_ruleset
from segrules.document.structure_messages import EXAMPLES
from segrules.document.table_text import ColumnText, ComputedText, TableText
from segrules.document.written import Formula, Record, TableBlock
from segrules.document.yaml_reader import read_yaml

ROOT = Path(__file__).resolve().parents[3]

START = "segrules: 1\nruleset: example\nentity: partners\n"
TABLE = START + "tables:\n  partners:\n    columns:\n"
RULES = START + "segmentations:\n  tier:\n    hit_policy: first\n    rules:\n"


def read(text: str) -> tuple[RulesetText, tuple[Diagnostic, ...]]:
    source = Source("ruleset.yaml", text)
    node, of_yaml = read_yaml(source)
    assert of_yaml == ()
    ruleset, found = read_ruleset(node, source)
    assert ruleset is not None
    return ruleset, found


def problems(text: str) -> list[str]:
    return [f"{found.code.number} {found.message}" for found in read(text)[1]]


def the_problem(text: str) -> Diagnostic:
    [found] = read(text)[1]
    return found


def pointed_at(found: Diagnostic) -> str:
    assert found.label is not None
    return found.label.span.text


def mended(text: str) -> str:
    """The text after the fix of its only problem."""
    found = the_problem(text)
    assert found.fix is not None
    for edit in found.fix.edits:
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def table(text: str) -> TableText:
    return read(text)[0].tables[0].value


def segmentation(text: str) -> SegmentationText:
    return read(text)[0].segmentations[0].value


def rules(text: str) -> tuple[RuleText, ...]:
    return segmentation(text).rules or ()


# What is read


def test_scalars_stay_text_with_their_places() -> None:
    ruleset, found = read(START + "title: 012\nowner: NO\nparameters: {dach: [DE, on], rate: 2%}\n")
    assert found == ()
    assert ruleset.title is not None
    assert ruleset.owner is not None
    assert (ruleset.title.value, ruleset.title.span.text, ruleset.owner.value) == ("012", "012", "NO")
    dach, rate = (entry.value for entry in ruleset.parameters)
    assert isinstance(dach, tuple)
    assert [constant.value for constant in dach] == ["DE", "on"]
    assert not isinstance(rate, tuple)


def test_the_form_of_a_value_decides_between_its_readings() -> None:
    text = START + "metrics:\n  short: a + b\n  long: {value: a + b, unit: USD}\n"
    short, long = (entry.value for entry in read(text)[0].metrics)
    assert isinstance(short, Formula)
    assert isinstance(long, ComputedText)
    assert short.value == long.value.value == "a + b"


def test_keys_that_are_words_of_python_lose_nothing() -> None:
    ruleset, found = read(
        START
        + "tables:\n  p:\n    belongs_to: {parent: {table: p, by: [a, b], as: children}}\n"
        + "segmentations: {size: {bands: {of: a, from: {very small: 0, large: 10}}}}\n"
    )
    assert found == ()
    relation = ruleset.tables[0].value.belongs_to[0].value
    assert relation.as_ is not None
    assert relation.as_.value == "children"
    bands = ruleset.segmentations[0].value.bands
    assert bands is not None
    assert bands.from_ is not None
    assert [entry.name.value for entry in bands.from_] == ["very small", "large"]


def test_condition_trees_nest() -> None:
    [rule] = rules(
        RULES + "      - {segment: a, when: {all: [x > 1, {none: [y, {at_least: {count: 2, of: [a, b]}}]}]}}\n"
    )
    assert isinstance(rule.when, ConditionText)
    assert rule.when.all is not None
    inner = rule.when.all[1]
    assert isinstance(inner, ConditionText)
    assert inner.none is not None
    innermost = inner.none[1]
    assert isinstance(innermost, ConditionText)
    assert innermost.at_least is not None
    assert innermost.at_least.count.value == "2"


def test_an_expression_in_a_folded_block_keeps_its_line_ends() -> None:
    [rule] = rules(RULES + "      - segment: a\n        when: >\n          x > 1 # not much\n          and y\n")
    assert isinstance(rule.when, Formula)
    assert rule.when.value == "x > 1 # not much\nand y\n"


def test_true_and_false_are_read_in_the_spellings_of_yaml() -> None:
    columns = "      a: {type: string, optional: True}\n      b: {type: string, optional: FALSE}\n"
    values = [entry.value for entry in table(TABLE + columns).columns]
    assert [value.optional.value for value in values if isinstance(value, ColumnText) and value.optional] == [
        True,
        False,
    ]


@pytest.mark.parametrize("path", sorted(ROOT.glob("rulesets/*/ruleset.yaml")), ids=lambda path: path.parent.name)
def test_a_shipped_ruleset_leaves_nothing_unread(path: Path) -> None:
    ruleset, found = read(path.read_text("utf-8"))
    assert found == ()
    assert ruleset.unread == frozenset()


# Keys


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        (START + "titel: x\n", "unknown key `titel` in the ruleset", "did you mean `title`?"),
        (START + "segments: {}\n", "unknown key `segments` in the ruleset", "did you mean `segmentations`?"),
        (RULES + "      - {name: a, when: b}\n", "unknown key `name` in this rule", "did you mean `segment`?"),
        (RULES + "      - {segment: a, if: b}\n", "unknown key `if` in this rule", "did you mean `when`?"),
        (RULES + "      - {segment: a, when: b, desc: c}\n", "unknown key `desc` in this rule", "did you mean `note`?"),
        (
            RULES + "      - {segment: a, when: b, title: c}\n",
            "unknown key `title` in this rule",
            "did you mean `note`?",
        ),
        (
            RULES + "      - {segment: a, when: b}\n    else: c\n",
            "unknown key `else` in the segmentation `tier`",
            "did you mean `default`?",
        ),
        (
            RULES.replace("hit_policy", "hit-policy") + "      - {segment: a, when: b}\n",
            "unknown key `hit-policy` in the segmentation `tier`",
            "did you mean `hit_policy`?",
        ),
        (
            TABLE + "      a: {type: string, enum: [x, y]}\n",
            "unknown key `enum` in the column `a`",
            "did you mean `values`?",
        ),
        (
            TABLE + "      a: {type: string, required: true}\n",
            "unknown key `required` in the column `a`",
            "leave `required` out, or write `optional: true`",
        ),
        (
            RULES + "      - {segment: a, when: {or: [b, c]}}\n",
            "unknown key `or` in `when`",
            "did you mean `any`?",
        ),
        (
            RULES + "      - {segment: a, when: {region: EMEA}}\n",
            "unknown key `region` in `when`",
            "write a condition as an expression, such as `region = 'EMEA'`",
        ),
        (
            RULES + "      - {segment: a, when: b, valid: {begins: 2026-01-01}}\n",
            "unknown key `begins` in `valid`",
            "the keys that can stand here are `from` and `until`",
        ),
    ],
)
def test_an_unknown_key_gets_the_one_that_was_probably_meant(text: str, message: str, help_: str) -> None:
    found = [one for one in read(text)[1] if one.code.slug == "unknown-key"]
    assert [(one.message, one.help) for one in found] == [(message, help_)]


def test_the_fix_of_an_unknown_key_is_right() -> None:
    assert problems(mended(RULES + "      - {name: a, when: b}\n")) == []


def test_a_value_under_a_misspelt_key_is_read() -> None:
    [rule] = rules(RULES + "      - {name: gold, if: a > 1}\n")
    assert rule.segment.value == "gold"
    assert isinstance(rule.when, Formula)


def test_a_misspelt_key_beside_the_right_one_changes_nothing() -> None:
    text = RULES + "      - {segment: a, when: b, whne: c}\n"
    assert problems(text) == ["SR301 unknown key `whne` in this rule"]
    [rule] = rules(text)
    assert isinstance(rule.when, Formula)
    assert rule.when.value == "b"


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        (
            RULES + "      - {segment: a, when: b, default: c}\n",
            "`default` does not belong in this rule",
            "put it one level up, beside `rules`",
        ),
        (
            RULES + "      - {segment: a, when: {all: [b], because: c}}\n",
            "`because` does not belong in `when`",
            "put it one level up, beside `when`",
        ),
        (
            RULES + "      - {segment: a, when: b}\n    because: c\n",
            "`because` does not belong in the segmentation `tier`",
            "put it into a rule, below `rules`",
        ),
        (RULES + "      - {segment: a, all: [b]}\n", "`all` does not belong in this rule", "put it below `when`"),
        (
            START + "tables:\n  partners: {key: a, file: x.csv}\n",
            "`file` does not belong in the table `partners`",
            "put it below `source`",
        ),
        (
            RULES + "      - {segment: a, when: b, decimal_comma: true}\n",
            "`decimal_comma` does not belong in this rule",
            "it is a key of `source`",
        ),
    ],
)
def test_a_key_in_the_wrong_place_is_told_the_right_one(text: str, message: str, help_: str) -> None:
    found = the_problem(text)
    assert (found.code.slug, found.message, found.help) == ("misplaced-key", message, help_)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("segrules: 1\nruleset: a\n", "the ruleset has no `entity`", "segrules"),
        (TABLE + "      a: {title: x}\n", "the column `a` has no `type`", "a"),
        (RULES + "      - {segment: a}\n", "this rule has no `when`", "segment"),
        (RULES + "      - when: a\n", "this rule has no `segment`", "when"),
        (
            START + "segmentations: {tier: {rules: [{segment: a, when: b}]}}\n",
            "the segmentation `tier` has no `hit_policy`",
            "tier",
        ),
        (
            START + "segmentations: {tier: {hit_policy: priority, rules: [{segment: a, when: b}]}}\n",
            "the segmentation `tier` has no `priority`",
            "tier",
        ),
        (START + "segmentations: {size: {bands: {from: {a: 1}}}}\n", "`bands` has no `of`", "bands"),
        (START + "segmentations: {size: {bands: {of: a}}}\n", "`bands` has none of `from` and `up_to`", "bands"),
        (
            START + "segmentations: {size: {title: a}}\n",
            "the segmentation `size` has none of `rules`, `bands` and `table`",
            "size",
        ),
    ],
)
def test_a_missing_key_is_named_where_it_is_needed(text: str, message: str, place: str) -> None:
    found = the_problem(text)
    assert (found.code.slug, found.message, pointed_at(found)) == ("missing-key", message, place)


def test_bands_need_no_hit_policy() -> None:
    assert problems(START + "segmentations: {size: {bands: {of: a, up_to: {small: 10}}}}\n") == []


def test_of_two_keys_that_exclude_each_other_the_first_is_read() -> None:
    text = RULES + "      - {segment: a, when: {any: [b], all: [c]}}\n"
    found = the_problem(text)
    assert (found.code.slug, pointed_at(found)) == ("conflicting-keys", "all")
    assert [label.span.text for label in found.related] == ["any"]
    [rule] = rules(text)
    assert isinstance(rule.when, ConditionText)
    assert rule.when.all is None


def test_priority_means_nothing_under_another_hit_policy() -> None:
    found = the_problem(RULES + "      - {segment: a, when: b}\n    priority: [a]\n")
    assert (found.code.slug, pointed_at(found)) == ("key-without-use", "priority")


TREATMENT = START + "treatments:\n  - {treatment: kit, kind: support, when: a"


@pytest.mark.parametrize(
    ("written", "code", "pointed", "way_out"),
    [
        (", amount: 500}", "SR303", "500", "write keys and values, such as `{value: 500}`"),
        (", budget: {total: 5, rank_by: b, per: [c]}}", "SR303", "[c]", "write a name"),
        (", buget: {total: 5}}", "SR301", "buget", "did you mean `budget`?"),
        (", limit: {rank_by: b}}", "SR302", "limit", "add it, such as `count: 20`"),
        (", total: 5}", "SR311", "total", "put it below `budget`"),
        (", holdout: [10%]}", "SR303", "[10%]", "write an expression"),
        ("}\n  - {treatment: kit, when: a}", "SR302", "treatment", "add it, such as `kind: marketing_support`"),
        ("}\ngroups: {pricing: {stacking: max}}", "SR306", "max", "write `all`, `first`, `best` or `capped_sum`"),
        (
            "}\ngroups: {pricing: {stacking: best, cap: 5}}",
            "SR310",
            "cap",
            "write `stacking: capped_sum`, or leave `cap` out",
        ),
        ("}\ngroups: {pricing: {stacking: capped_sum}}", "SR302", "pricing", "add it, such as `cap: 10_000`"),
        ("}\nkinds: gift", "SR303", "gift", "write `[gift]`"),
    ],
)
def test_a_mistake_in_a_treatment_is_told_at_its_place(written: str, code: str, pointed: str, way_out: str) -> None:
    found = the_problem(TREATMENT + written + "\n")
    assert (found.code.number, pointed_at(found), found.help) == (code, pointed, way_out)


def test_a_decision_table_is_a_block_or_names_a_file() -> None:
    tier = START + "segmentations:\n  tier:\n    hit_policy: first\n    table: "
    assert isinstance(segmentation(tier + "|\n      r | segment\n      1 | gold\n").table, TableBlock)
    assert isinstance(segmentation(tier + "{file: tier.csv}\n").table, TableFileText)


def test_a_decision_table_needs_a_hit_policy() -> None:
    found = the_problem(START + "segmentations:\n  tier:\n    table: |\n      r | segment\n      1 | gold\n")
    assert found.code.slug == "missing-key"


@pytest.mark.parametrize("value", ["{2025-01-01: 1, 2026-01-01: 2}", "{value: {2025-01-01: 1}, title: a}"])
def test_values_may_stand_by_day(value: str) -> None:
    assert problems(START + f"parameters:\n  limit: {value}\n") == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("{2025-01-01: 1, 1.2.2026: 2}", "SR308 `1.2.2026` is not a date"),
        ("{2025-02-30: 1}", "SR308 `2025-02-30` is not a date"),
        ("{2025-01-01: {value: 1}}", "SR303 the parameter `limit` takes a value or a list, not keys with values"),
        ("{2025-01-01: }", "SR304 the parameter `limit` has nothing behind it"),
        ("{2025-01-01: 1, title: a}", "SR308 `title` is not a date"),
    ],
)
def test_a_slip_among_values_by_day_is_named(value: str, problem: str) -> None:
    document, found = read(START + f"parameters:\n  limit: {value}\n")
    assert [f"{one.code.number} {one.message}" for one in found] == [problem]
    assert "limit" in document.unread or document.parameters


# Forms


@pytest.mark.parametrize(
    ("text", "message", "help_"),
    [
        (
            START + "segmentations:\n  - name: tier\n",
            "`segmentations` takes keys with values, not a list",
            "write each name as a key, without `- ` before it",
        ),
        (
            START + "segmentations: {tier: {hit_policy: first, rules: {gold: a > 1}}}\n",
            "`rules` takes a list, not keys with values",
            "begin each rule with `- `, such as `- {segment: gold, when: …}`",
        ),
        (
            RULES + "      - gold\n",
            "this rule takes keys with values, not a single value",
            "write keys and values, such as `{segment: gold, when: …}`",
        ),
        (
            RULES + "      - {segment: [a, b], when: c}\n",
            "`segment` takes a text, not a list",
            "give each segment a rule of its own",
        ),
        (
            RULES + "      - {segment: a, when: [b, c]}\n",
            "`when` takes an expression or keys with values, not a list",
            "write `all:` above the list if everything in it must hold, or `any:` if one is enough",
        ),
        (
            RULES + "      - {segment: a, when: {any: b}}\n",
            "`any` takes a list, not a single value",
            "begin each condition with `- ` on a line of its own",
        ),
        (
            START + "tables: {deals: {belongs_to: {partner: partners}}}\n",
            "the relation `partner` takes keys with values, not a single value",
            "write keys and values, such as `{table: partners, by: …}`",
        ),
        (
            START + "tables: {deals: {source: data/x.csv}}\n",
            "`source` takes keys with values, not a single value",
            "write keys and values, such as `{file: data/x.csv}`",
        ),
        (
            START + "tables: {deals: deals.csv}\n",
            "the table `deals` takes keys with values, not a single value",
            "write its keys below it, such as `key` and `columns`",
        ),
        (START + "title: {a: b}\n", "`title` takes a text, not keys with values", "write a text"),
        (
            TABLE + "      a: {type: string, values: [[b]]}\n",
            "an item of `values` takes a text, not a list",
            "write a text",
        ),
    ],
)
def test_a_value_of_the_wrong_form_is_told_the_right_one(text: str, message: str, help_: str) -> None:
    found = the_problem(text)
    assert (found.code.slug, found.message, found.help) == ("wrong-shape", message, help_)


def test_texts_with_commas_are_read_as_the_list_they_should_be() -> None:
    text = TABLE + "      region: {type: string, values: 'NA, EMEA , n/a: x'}\n"
    assert problems(text) == ["SR303 `values` takes a list, not a single value"]
    [column] = (entry.value for entry in table(text).columns)
    assert isinstance(column, ColumnText)
    assert column.values is not None
    assert [(value.value, value.span.text) for value in column.values] == [
        (part, part) for part in ("NA", "EMEA", "n/a: x")
    ]
    assert mended(text) == TABLE + '      region: {type: string, values: [NA, EMEA, "n/a: x"]}\n'


def test_a_list_of_conditions_is_read_as_all_of_them() -> None:
    [rule] = rules(RULES + "      - {segment: a, when: [b, {any: [c, d]}]}\n")
    assert isinstance(rule.when, ConditionText)
    assert rule.when.all is not None
    assert len(rule.when.all) == 2


@pytest.mark.parametrize("text", ["- a\n", "a text\n", "{}\n"])
def test_a_file_without_keys_holds_no_ruleset(text: str) -> None:
    source = Source("ruleset.yaml", text)
    ruleset, found = read_ruleset(read_yaml(source)[0], source)
    assert ruleset is None
    assert [one.message.startswith("the ruleset ") for one in found] == [True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (START + "title:\n", "`title` has nothing behind it"),
        (START + "tables:\n", "`tables` has nothing behind it"),
        (TABLE + "      b:\n", "the column `b` has nothing behind it"),
        (START + "metrics: {a: ''}\n", "the metric `a` has nothing behind it"),
        (START + "parameters: {a: []}\n", "the parameter `a` is an empty list"),
        (RULES + "      -\n", "this rule is empty"),
        (RULES + "      - {segment: a, when: {all: []}}\n", "`all` is an empty list"),
        (START + "segmentations: {a: {bands: {of: b, from: {}}}}\n", "`from` is an empty mapping"),
    ],
)
def test_nothing_where_something_belongs_is_refused(text: str, message: str) -> None:
    found = the_problem(text)
    assert (found.code.slug, found.message) == ("empty-value", message)


def test_an_empty_text_in_quotes_is_a_text() -> None:
    assert problems(TABLE + "      a: {type: string, missing: ['', ' ']}\n") == []


# Values


@pytest.mark.parametrize(("word", "meant"), [("yes", True), ("No", False), ("1", True), ("off", False), ("ture", True)])
def test_other_words_for_true_and_false_are_refused_and_understood(word: str, meant: bool) -> None:
    text = TABLE + f"      a: {{type: string, optional: {word}}}\n"
    found = the_problem(text)
    assert (found.code.slug, found.help) == ("not-true-or-false", f"write `{str(meant).lower()}`")
    [column] = (entry.value for entry in table(text).columns)
    assert isinstance(column, ColumnText)
    assert column.optional is not None
    assert column.optional.value is meant
    assert problems(mended(text)) == []


@pytest.mark.parametrize(
    ("word", "help_", "read_as"),
    [
        ("frist", "did you mean `first`?", "first"),
        ("Collect", "did you mean `collect`?", "collect"),
        ("multiple", "did you mean `collect`?", "collect"),
        ("output", "write `first`, `unique`, `any`, `priority` or `collect`", None),
    ],
)
def test_a_word_that_is_none_of_the_choices(word: str, help_: str, read_as: str | None) -> None:
    text = RULES.replace("first", word) + "      - {segment: a, when: b}\n"
    found = the_problem(text)
    assert (found.code.slug, found.message, found.help) == (
        "unknown-choice",
        f"`hit_policy` cannot be `{word}`",
        help_,
    )
    policy = segmentation(text).hit_policy
    assert (policy.value if policy else None) == read_as


def test_another_version_of_the_language_is_refused() -> None:
    found = the_problem(START.replace("segrules: 1", "segrules: 2"))
    assert found.message == "this version of segrules does not know version `2` of the language"


@pytest.mark.parametrize(
    ("name", "meant"), [("partner-id", "partner_id"), ("Customer ID", "customer_id"), ("2nd", "_2nd"), ("a.b", "a_b")]
)
def test_what_cannot_be_a_name_is_refused_and_read_as_one_that_can(name: str, meant: str) -> None:
    text = TABLE + f"      {name}: string\n    key: {name}\n"
    assert problems(text) == [f"SR307 `{name}` cannot be a name"] * 2
    assert table(text).columns[0].name.value == meant
    key = table(text).key
    assert key is not None
    assert not isinstance(key, tuple)
    assert key.value == meant
    assert pointed_at(read(text)[1][0]) == name


def test_an_empty_name_is_refused() -> None:
    assert problems(TABLE + "      '': string\n") == ["SR307 a name below `columns` is empty"]
    assert problems(START + "segmentations: {a: {bands: {of: b, from: {'': 1}}}}\n") == [
        "SR307 a name below `from` is empty"
    ]


def test_names_may_have_letters_of_any_language() -> None:
    assert problems(TABLE + "      größe: integer\n      名前: string\n") == []


def test_column_names_that_mend_to_the_same_name_stand_once() -> None:
    assert len(table(TABLE + "      a-b: string\n      a b: string\n").columns) == 1


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ("31.12.2026", "write `2026-12-31`"),
        ("2026/1/5", "write `2026-01-05`"),
        ("2026-01-05T10:00", "write `2026-01-05`"),
        ("20260105", "write year, month and day, such as `2026-01-31`"),
        ("2026-02-30", "write year, month and day, such as `2026-01-31`"),
        ("1/2/2026", "write year, month and day, such as `2026-01-31`"),
    ],
)
def test_what_is_no_date_is_refused(written: str, help_: str) -> None:
    found = the_problem(RULES + f"      - {{segment: a, when: b, valid: {{until: '{written}'}}}}\n")
    assert (found.code.slug, found.message, found.help) == ("not-a-date", f"`{written}` is not a date", help_)


# Going on


def test_every_problem_of_a_file_is_shown_in_its_order() -> None:
    text = RULES + "      - {segment: a}\n      - {segment: b, when: }\n    ordered: yes\n    defalt: c\ntitel: d\n"
    assert problems(text) == [
        "SR302 this rule has no `when`",
        "SR304 `when` has nothing behind it",
        "SR305 `ordered` takes `true` or `false`, not `yes`",
        "SR301 unknown key `defalt` in the segmentation `tier`",
        "SR301 unknown key `titel` in the ruleset",
    ]


def test_only_a_rule_without_segment_or_condition_is_left_out() -> None:
    text = RULES + (
        "      - {segment: a}\n      - {segment: b, when: x, because: [y]}\n      - {when: z}\n"
        "      - {segment: c, when: x, valid: 2026}\n"
    )
    assert [rule.segment.value for rule in rules(text)] == ["b", "c"]


def test_names_that_were_left_out_are_remembered() -> None:
    ruleset, _ = read(
        START
        + "tables: {partners: {columns: {size: {title: Size}, region: string}}}\n"
        + "segmentations: {tier: {hit_policy: first, rules: [{segment: very good}, {segment: ok, when: a}]}}\n"
        + "scorecards:\n  capability: {title: points}\n"
    )
    assert {"size", "very good", "capability"} <= ruleset.unread
    assert {"region", "ok"}.isdisjoint(ruleset.unread)


def test_a_ruleset_without_entity_goes_on_with_an_empty_name() -> None:
    ruleset, _ = read("segrules: 1\ntables: {a: {key: b}}\n")
    assert (ruleset.entity.value, ruleset.ruleset.value) == ("", "")
    assert [entry.name.value for entry in ruleset.tables] == ["a"]


def test_an_unreadable_value_gets_no_second_message() -> None:
    text = RULES + "      - segment: gold\n        whenn: > 5\n      - segment: a\n        when: > 5\n"
    source = Source("ruleset.yaml", text)
    node, of_yaml = read_yaml(source)
    ruleset, found = read_ruleset(node, source)
    assert of_yaml
    assert found == ()
    assert ruleset is not None
    assert "gold" in ruleset.unread


SAMPLE = (ROOT / "rulesets/acme_partner_programme/ruleset.yaml").read_text("utf-8")


def _replaced(node: Node, path: list[int], value: Node) -> Node:
    """The node with what stands at a path replaced; a path that leads nowhere stops where it can."""
    if not path or isinstance(node, Scalar):
        return value
    match node:
        case Sequence(items=items) if items:
            index = path[0] % len(items)
            changed = (*items[:index], _replaced(items[index], path[1:], value), *items[index + 1 :])
            return Sequence(changed, node.span)
        case Mapping(entries=entries) if entries:
            index = path[0] % len(entries)
            entry = Entry(entries[index].key, _replaced(entries[index].value, path[1:], value))
            return Mapping((*entries[:index], entry, *entries[index + 1 :]), node.span)
    return value


def _any_value(draw: Any, node: Node) -> Node:
    text = draw(st.sampled_from(["", "x", "yes", "2026-01-01", "a, b", "1", "-"]))
    span = node.span.source.span(0, len(text))
    scalar = Scalar(text, Style.PLAIN, span)
    return draw(  # type: ignore[no-any-return]
        st.sampled_from(
            [
                scalar,
                Sequence((), span),
                Sequence((scalar,), span),
                Mapping((), span),
                Mapping((Entry(scalar, scalar),), span),
                node,
            ]
        )
    )


@given(st.data())
def test_no_value_in_any_place_breaks_the_reader(data: st.DataObject) -> None:
    source = Source("ruleset.yaml", SAMPLE)
    node, _ = read_yaml(source)
    assert node is not None
    path = data.draw(st.lists(st.integers(0, 20), min_size=1, max_size=7))
    ruleset, found = read_ruleset(_replaced(node, path, _any_value(data.draw, node)), source)
    assert ruleset is not None
    assert all(one.label is not None and one.help for one in found)


# What the declarations and the words about them promise each other


def records() -> list[type[Record]]:
    """Every record that can stand somewhere in a ruleset."""
    found: list[type[Record]] = [RulesetText]
    for record in found:
        below = [one for key in keys_of(record) for one in records_below(key.shape)]
        found += [one for one in dict.fromkeys(below) if one not in found]
    return found


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_every_key_that_can_be_missing_has_an_example(record: type[Record]) -> None:
    needed = [key.name for key in keys_of(record) if key.required] + [*record.calls_for.values(), *record.only_with]
    for name in needed:
        assert EXAMPLES[record, name].startswith(f"{name}: ")


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_foreign_spellings_lead_to_keys_and_are_none(record: type[Record]) -> None:
    for key, spellings in _KEYS.get(record, {}).items():
        assert key_of(record, key)
        for spelling in spellings.split():
            assert key_of(record, spelling) is None
    assert all(key_of(TableText, key) for key in _EVERYWHERE)
