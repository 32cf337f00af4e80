"""Every part of the language stands on a page of `tests/spec` that runs on both backends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import pytest

from segrules.diagnostics.source import Source
from segrules.document.document import read_text
from segrules.document.ruleset import ImportText, RulesetText
from segrules.document.shapes import Shape, keys_of
from segrules.document.structure import read_import
from segrules.document.written import Choice, Formula, Record
from segrules.document.yaml_reader import read_yaml
from segrules.language.functions import aggregates, functions
from segrules.language.statistics import statistics
from segrules.language.words import CONSTANTS, INFIX, PREFIX
from tests.support.cases import read_cases
from tests.support.markdown import read_page

PAGES = Path(__file__).resolve().parents[1] / "spec"
OPERATORS = (
    "is missing,is present,not in,not between,not contains,starts with,ends with,in last,in next,over all".split(",")
)
WORDS = {*CONSTANTS, *INFIX, *PREFIX, *OPERATORS, "descending"}
SIGNS = set("= != < <= > >= + - * /".split())
SORTS = {
    "function": set(functions()),
    "aggregate": set(aggregates()),
    "statistic": set(statistics()),
}
FUNCTIONS = set().union(*SORTS.values())


BINARY = {"parquet", "arrow", "excel"}
"""Formats that a page cannot show; tests/unit/engine/test_files.py has files of them."""


@cache
def shown() -> tuple[RulesetText | ImportText, ...]:
    """Every ruleset, and every file that one imports, that a page about the language shows, as it is written."""
    pages = [read_page(path) for path in sorted([*PAGES.glob("*.md"), *PAGES.glob("functions/*.md")])]
    fences = [fence for page in pages for section in page.sections for fence in section.fences]
    texts = [fence.text for fence in fences if fence.info == "yaml ruleset"]
    texts += [read_cases(fence.text).ruleset for fence in fences if fence.info == "cases"]
    documents = [read_text(text)[0] for text in texts]
    sources = [Source(fence.info, fence.text) for fence in fences if fence.info.startswith("yaml file=")]
    imported = [read_import(read_yaml(source)[0], source)[0] for source in sources]
    return (*(one.ruleset for one in documents if one), *(one for one in imported if one))


def parts(node: object) -> Iterator[object]:
    """A node of a ruleset as it is written, and everything in it."""
    yield node
    if isinstance(node, tuple):
        for member in node:
            yield from parts(member)
    elif is_dataclass(node):
        for field in fields(node):
            yield from parts(getattr(node, field.name))


@cache
def formulas() -> str:
    return "\n".join(part.value for ruleset in shown() for part in parts(ruleset) if isinstance(part, Formula))


@cache
def shapes() -> tuple[Shape, ...]:
    """Every form that a value in a ruleset, or in a file that one imports, may have."""
    found: dict[Shape, None] = {}
    for record in (RulesetText, ImportText):
        _add(Shape(record=record), found)
    return tuple(found)


def _add(shape: Shape, found: dict[Shape, None]) -> None:
    if shape in found:
        return
    found[shape] = None
    below = [key.shape for key in keys_of(shape.record)] if shape.record else []
    for inner in (*below, shape.items, shape.entries, shape.dated):
        if inner:
            _add(inner, found)


def keys() -> set[str]:
    records = {shape.record for shape in shapes() if shape.record}
    return {f"{one.__name__}.{key.name}" for one in records for key in keys_of(one)}


def used_keys() -> set[str]:
    return {
        f"{type(part).__name__}.{field.name.rstrip('_')}"
        for ruleset in shown()
        for part in parts(ruleset)
        if isinstance(part, Record)
        for field in fields(part)
        if getattr(part, field.name) not in (None, ())
    }


def choices() -> set[str]:
    """Every word that the language lets an author choose from."""
    return {word for shape in shapes() for word in shape.words}


def used_choices() -> set[str]:
    return {part.value for ruleset in shown() for part in parts(ruleset) if isinstance(part, Choice)}


def test_every_function_has_a_page() -> None:
    assert sorted(FUNCTIONS - {path.stem for path in PAGES.glob("functions/*.md")}) == []


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_page_shows_its_function_in_each_of_its_sorts(name: str) -> None:
    infos = {fence.info for section in read_page(PAGES / f"functions/{name}.md").sections for fence in section.fences}
    assert {f"text {sort}={name}" for sort, names in SORTS.items() if name in names} <= infos


def test_every_word_and_sign_of_expressions_is_shown() -> None:
    text = re.sub(r"'[^']*'", "''", formulas())
    words = {word for word in WORDS if not re.search(rf"\b{word}\b", text)}
    signs = {sign for sign in SIGNS if not re.search(rf"(?<![<>=!]){re.escape(sign)}(?![=])", text)}
    assert sorted(words | signs) == []


def test_every_key_of_a_ruleset_is_shown() -> None:
    assert sorted(keys() - used_keys()) == []


def test_every_word_that_can_be_chosen_is_shown() -> None:
    assert sorted(choices() - used_choices() - BINARY) == []
