"""The tests beside each published ruleset notice a threshold that is a little too high or too low."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from segrules.document.document import RULESET_FILE, TESTS_FILE
from segrules.testing.outcome import Status
from segrules.testing.run import run_tests

PUBLISHED = Path(__file__).parents[2] / "rulesets" / "published"
ELSEWHERE = {"aws_services_path": "50 launches are too many to write; test_aws_services_path.py makes them"}
WITH_PARAMETERS = [
    path.parent.name
    for path in sorted(PUBLISHED.glob(f"*/{RULESET_FILE}"))
    if "\nparameters:" in path.read_text("utf-8") and path.parent.name not in ELSEWHERE
]
NUMBER = re.compile(r"(?P<number>[0-9_.]+)(?P<word>%| days| months)?")


def numbers(node: yaml.Node, unit: bool = False) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """The numbers of a parameter, which may have values by day, and whether they are money."""
    if isinstance(node, yaml.MappingNode):
        entries = {key.value: value for key, value in node.value}
        unit = unit or "unit" in entries
        for name, value in entries.items():
            if name not in ("title", "note", "unit"):
                yield from numbers(value, unit)
    elif isinstance(node, yaml.ScalarNode) and NUMBER.fullmatch(node.value):
        yield node, unit


def beside(written: str, is_money: bool) -> Iterator[str]:
    """The number a little higher, and a little lower: by one in its last digit, money by a cent, shares by 0.01%."""
    found = NUMBER.fullmatch(written)
    assert found is not None
    number, word = Decimal(found["number"].replace("_", "")), found["word"] or ""
    step = Decimal("0.01") if is_money or word == "%" else Decimal((0, (1,), int(number.as_tuple().exponent)))
    yield f"{number + step}{word}"
    yield f"{number - step}{word}"


def changed(text: str) -> Iterator[tuple[str, str]]:
    """The ruleset with each number of its parameters changed in turn, and what was changed."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    parameters = next(value for key, value in root.value if key.value == "parameters")
    for name, parameter in parameters.value:
        for node, is_money in numbers(parameter):
            for other in beside(node.value, is_money):
                what = f"{name.value}: {other} instead of {node.value}"
                yield text[: node.start_mark.index] + other + text[node.end_mark.index :], what


@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_a_threshold_beside_the_published_one_fails_a_test(name: str, tmp_path: Path) -> None:
    folder = PUBLISHED / name
    ruleset = tmp_path / RULESET_FILE
    tried, unnoticed = 0, []
    for text, what in changed((folder / RULESET_FILE).read_text("utf-8")):
        ruleset.write_text(text, "utf-8")
        outcome = run_tests(ruleset, folder / TESTS_FILE)
        assert outcome.cases, what
        tried += 1
        if not outcome.count(Status.FAILED):
            unnoticed.append(what)
    assert tried > 0
    assert unnoticed == []
