"""Files that are too deep, too large or without end are answered, not read."""

from __future__ import annotations

import pytest

from segrules.diagnostics.source import Source
from segrules.document import yaml_builder, yaml_recovery
from segrules.document.yaml_reader import read_yaml


def slugs(text: str) -> list[str]:
    root, diagnostics = read_yaml(Source("rules.yaml", text))
    assert root is not None or diagnostics
    return [diagnostic.code.slug for diagnostic in diagnostics]


@pytest.mark.parametrize("bracket", ["[", "{", "- "])
def test_a_hundred_thousand_opened_brackets_are_one_diagnostic(bracket: str) -> None:
    assert slugs(bracket * 100_000) == ["too-deep"]


def test_the_deepest_list_that_is_allowed_is_read() -> None:
    deepest = yaml_builder.DEEPEST
    assert slugs("[" * deepest + "]" * deepest) == []
    assert slugs("[" * (deepest + 1) + "]" * (deepest + 1)) == ["too-deep"]


def test_an_alias_counts_as_deep_as_what_it_stands_for() -> None:
    half = yaml_builder.DEEPEST // 2
    deep = f"a: &deep {'[' * half}{']' * half}\n"
    assert slugs(f"{deep}b: {'[' * (half - 1)}*deep{']' * (half - 1)}\n") == []
    assert slugs(f"{deep}b: {'[' * half}*deep{']' * half}\n") == ["too-deep"]


def test_aliases_of_aliases_are_counted_written_out() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 10):
        bomb += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n"
    assert slugs(bomb) == ["too-many-values"]


def test_a_value_that_holds_itself_is_refused() -> None:
    root, diagnostics = read_yaml(Source("rules.yaml", "b: &b [x, {c: *b}]\n"))
    assert [diagnostic.code.slug for diagnostic in diagnostics] == ["cyclic-alias"]
    assert root is not None


def test_more_values_than_a_ruleset_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_builder, "MOST_NODES", 10)
    assert slugs("[a, b, c, d, e, f, g, h, i]") == []
    assert slugs("[a, b, c, d, e, f, g, h, i, j]") == ["too-many-values"]


def test_no_more_errors_are_looked_for_than_anyone_reads() -> None:
    text = "".join(f"key_{i}: @value\n" for i in range(1_000))
    assert slugs(text) == ["forbidden-first-character"] * yaml_recovery.MOST_ROUNDS
