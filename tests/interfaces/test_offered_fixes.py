"""The fixes that `check` offers to other programs can be put into the files as they are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.interfaces.command import RULESET, Segrules

Change = tuple[int, int, str]

RULE = RULESET[RULESET.index("- segment: gold") : RULESET.index("    default: other")]
TABLE = """\
segmentations:
  tier:
    hit_policy: first
    table: {file: table.csv}
"""


def edits_of_json(out: str, _: str) -> list[Change]:
    """The edits of the only fix in a JSON list."""
    [fix] = [one["fix"] for one in json.loads(out) if one["fix"]]
    return [(one["span"]["offset"], one["span"]["end_offset"], one["replacement"]) for one in fix["edits"]]


def edits_of_sarif(out: str, text: str) -> list[Change]:
    """The edits of the only fix in a SARIF log."""
    [fix] = [fix for one in json.loads(out)["runs"][0]["results"] for fix in one.get("fixes", [])]
    [change] = fix["artifactChanges"]
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(region: dict[str, int], which: str) -> int:
        return starts[region[f"{which}Line"] - 1] + region[f"{which}Column"] - 1

    regions = [(one["deletedRegion"], one["insertedContent"]["text"]) for one in change["replacements"]]
    return [(place(region, "start"), place(region, "end"), new) for region, new in regions]


def mended_by_hand(text: str, edits: list[Change]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


READERS = pytest.mark.parametrize(("form", "edits_of"), [("json", edits_of_json), ("sarif", edits_of_sarif)])
Reader = Callable[[str, str], list[Change]]


@READERS
@pytest.mark.parametrize(
    ("rule", "then"),
    [
        ("- segment: gold\n        when: 'id = “x”'\n", "when: 'id = ''x'''"),
        ("- segment: gold\n        when: 'id = ''y'' or id = “x”'\n", "when: 'id = ''y'' or id = ''x'''"),
        ('- segment: gold\n        when: "id = “x”"\n', "when: \"id = 'x'\""),
        ('- segment: gold\n        when: "id = \\"y\\" or id = “x”"\n', 'when: "id = \\"y\\" or id = \'x\'"'),
        ("- segment: gold\n        when: id = “x”\n", "when: id = 'x'\n"),
        ("- segment: gold\n        when: “x” = id\n", "when: \"'x' = id\"\n"),
        ("- {segment: gold, when: 'id = “x”'}\n", "when: 'id = ''x'''}"),
        ("- {segment: gold, when: id = “x”}\n", "when: id = 'x'}"),
        (
            "- segment: gold\n        when: |\n          revenue > 1\n          and id = “x”\n",
            "          and id = 'x'\n",
        ),
        (
            "- segment: gold\n        when: >\n          revenue > 1\n          and id = “x”\n",
            "          and id = 'x'\n",
        ),
    ],
)
def test_a_fix_of_an_expression_is_told_in_the_style_of_its_value(
    segrules: Segrules, form: str, edits_of: Reader, rule: str, then: str
) -> None:
    path, text = Path("ruleset.yaml"), RULESET.replace(RULE, rule)
    path.write_text(text)
    by_hand = mended_by_hand(text, edits_of(segrules("check", "--format", form).out, text))
    segrules("check", "--fix")
    assert path.read_text() == by_hand
    assert then in by_hand


@READERS
@pytest.mark.parametrize(("cell", "then"), [("=> 9", "\n>= 9,"), ('"=> 9"', '\n">= 9",'), (" => 9 ", "\n >= 9 ,")])
def test_a_fix_of_a_cell_is_told_as_its_file_quotes_it(
    segrules: Segrules, form: str, edits_of: Reader, cell: str, then: str
) -> None:
    Path("ruleset.yaml").write_text(RULESET[: RULESET.index("segmentations")] + TABLE)
    path, text = Path("table.csv"), f"revenue,segment\n{cell},gold\n-,other\n"
    path.write_text(text)
    by_hand = mended_by_hand(text, edits_of(segrules("check", "--format", form).out, text))
    segrules("check", "--fix")
    assert path.read_text() == by_hand
    assert then in by_hand
