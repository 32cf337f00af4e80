"""Thirty mistakes that people make in a new ruleset: each is told at its line, with the way out."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from segrules.cli.main import run
from segrules.starter import RULESET

RULES = RULESET / "ruleset.yaml"
TESTS = RULESET / "tests.yaml"

ERROR = re.compile(r"^error\[(\w+)\].*\n +--> (.*):(\d+):\d+\n(?:.*\n)*?help: ((?:.+\n)+)", re.MULTILINE)
"""An error as it is shown: code, file, line, and what to do."""


@dataclass(frozen=True)
class Breakage:
    """What is written instead of what, once; how many lines below it the message stands, and a part of its way out."""

    was: str
    now: str
    code: str
    way_out: str
    file: PurePosixPath = RULES
    below: int = 0


BREAKAGES = {
    # twenty that people make in conditions
    "a text is not closed": Breakage("tier >= 'silver'", "tier >= 'silver", "SR106", "close it with `'`"),
    "a comparison begins a value": Breakage(
        "when: revenue_12m >= silver", "when: >= silver", "SR010", "the value in quotes"
    ),
    "an arrow for at least": Breakage("12m >= silver_revenue", "12m => silver_revenue", "SR108", "write `>=`"),
    "and is left out": Breakage(
        "tier = 'registered'",
        "tier = 'registered' region = 'Asia'",
        "SR113",
        "`tier = 'registered' and region = 'Asia'`",
    ),
    "and as signs": Breakage("- certifications >= 3", "- certifications >= 3 && region = 'Asia'", "SR108", "`and`"),
    "text compared with a number": Breakage("revenue_12m >= silver", "region >= silver", "SR201", "the same sort of"),
    "a number in quotes": Breakage("- certifications >= 3", "- certifications >= '3'", "SR201", "3 without quotes"),
    "text without quotes": Breakage("tier = 'registered'", "tier = registered", "SR204", "write `'registered'`"),
    "typographic quotes": Breakage("tier = 'registered'", "tier = ‘registered’", "SR111", "write `'registered'`"),
    "a misspelt column": Breakage("- certifications >= 3", "- certificatons >= 3", "SR204", "mean `certifications`"),
    "a segment that is none": Breakage("tier = 'registered'", "tier = 'regsitered'", "SR206", "mean 'registered'"),
    "a value that is none": Breakage("tier = 'registered'", "region = 'EMEA'", "SR206", "'Americas', 'Europe', 'Asia'"),
    "a percentage without its sign": Breakage(
        "kind: training", "kind: training\n    holdout: 10", "SR356", "write `10%`", below=1
    ),
    "a decimal comma": Breakage("- certifications >= 3", "- certifications >= 3,5", "SR124", "write `3.5`"),
    "a date the other way round": Breakage("in last 12 months", ">= 31.12.2025", "SR126", "write `2025-12-31`"),
    "a bracket that stays open": Breakage("in ('ask', 'call')", "in ('ask', 'call'", "SR104", "write `)`"),
    "a list without brackets": Breakage("in ('ask', 'call')", "in 'ask', 'call'", "SR121", "write `('ask', 'call')`"),
    "a comparison with one side": Breakage(
        "- certifications >= 3", "- certifications >= 3 and <= 9", "SR116", "`3 <= certifications <= 9`"
    ),
    "a misspelt table": Breakage("sum(deals.amount", "sum(deal.amount", "SR204", "mean `deals`"),
    "a misspelt function": Breakage("value: sum(", "value: summ(", "SR205", "mean `sum`"),
    # and ten around them
    "thousands by commas": Breakage("{value: 250_000,", "{value: 250,000,", "SR019", "write `250_000`"),
    "a misspelt key": Breakage("hit_policy: first", "hitpolicy: first", "SR301", "mean `hit_policy`"),
    "a tab": Breakage("    title: Which benefits", "\ttitle: Which benefits", "SR020", "indent with blanks"),
    "no blank after a colon": Breakage("default: registered", "default:registered", "SR018", "`default: registered`"),
    "a key that stands twice": Breakage(
        "default: registered", "default: registered\n    default: other", "SR004", "rename one", below=1
    ),
    "a hit policy that is none": Breakage("hit_policy: first", "hit_policy: frist", "SR306", "mean `first`"),
    "a type of another language": Breakage("{type: string, values", "{type: text, values", "SR220", "write `string`"),
    "a cell too many": Breakage("| < 3          | call", "| < 3          | call | 1", "SR312", "take a cell out"),
    "another unit": Breakage("12m, unit: USD}", "12m, unit: EUR}", "SR257", "write `unit: USD`"),
    "a test that expects what is none": Breakage(
        "{tier: silver}", "{tier: sliver}", "SR206", "mean `silver`", file=TESTS
    ),
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    assert run(["init", str(folder)]) == 0
    return folder


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_mistake_is_told_once_at_its_line_with_the_way_out(
    name: str, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    breakage = BREAKAGES[name]
    shutil.copytree(repository, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    text = Path(breakage.file).read_text("utf-8")
    assert breakage.was in text
    line = text[: text.index(breakage.was)].count("\n") + 1 + breakage.below
    Path(breakage.file).write_text(text.replace(breakage.was, breakage.now, 1), "utf-8")

    assert run(["check" if breakage.file == RULES else "test"]) == 1
    errors = ERROR.findall(capsys.readouterr().out)
    assert [error[:3] for error in errors] == [(breakage.code, str(breakage.file), str(line))]
    assert breakage.way_out in errors[0][3]
