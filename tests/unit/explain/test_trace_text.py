"""A trace as text and as HTML: what is folded, what `full` unfolds, and that no value is taken for markup."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

import pytest

from segrules.errors import InputInvalid
from segrules.explain.explanation import Explanation
from segrules.explain.read import reason_of
from tests.properties.answers import loaded_text

RULES = "".join(f"      - {{segment: s{number}, when: size > {number * 10}}}\n" for number in range(1, 13))
RULESET = f"""
segrules: 1
ruleset: folded
entity: partners
tables:
  partners: {{key: id, columns: {{id: string, size: integer, name: string, opted_out: boolean}}}}
metrics:
  nobody_reads_it: size * 2
segmentations:
  big:
    title: Is it <big>?
    hit_policy: collect
    rules:
{RULES}  known:
    hit_policy: first
    rules:
      - {{segment: blank, when: "name = '' or not opted_out and size > 1_000"}}
      - {{segment: named, when: name != 'nobody'}}
      - {{segment: none_left, when: size > 0}}
      - {{segment: past, when: size > 1, valid: {{until: 2020-12-31}}}}
"""


def explained(name: str = "Ada", size: int = 5) -> Explanation:
    row = {"id": "A", "size": size, "name": name, "opted_out": True}
    return loaded_text(RULESET).evaluate({"partners": [row]}, as_of=date(2026, 6, 30)).explain("A")


def test_of_many_rules_that_failed_the_nearest_are_told_and_the_others_counted() -> None:
    text = explained().text(segmentations=["big"])
    assert [line.split()[1] for line in text.splitlines() if line.startswith("  failed s")] == [
        f"s{number}:" for number in range(1, 7)
    ]
    assert "  failed: 6 rules more" in text
    assert explained().text(full=True).count("failed s") == 12


def test_rules_that_were_not_reached_or_are_not_in_force_are_named_in_one_line() -> None:
    text = explained().text()
    assert "  not reached: none_left; not in force: past (until 2020-12-31)\n" in text
    full = explained().text(full=True)
    assert "  not reached none_left  (" in full
    assert "    size > 0: yes, size is 5  (" in full
    assert "  not in force past, which holds until 2020-12-31  (" in full


def test_of_a_rule_that_failed_the_nearest_condition_is_told_with_its_margin() -> None:
    assert "  failed blank: size is 5, 995 short of 1,000; 2 more conditions failed" in explained().text()
    assert "  failed blank: name = '' is asked, and name is 'Ada'; 1 more" in explained(size=2_000).text()


def test_metrics_that_nothing_reads_are_not_told() -> None:
    assert "nobody_reads_it" not in explained().text(full=True)


@pytest.mark.parametrize("width", [50, 72, 100, 160])
@pytest.mark.parametrize("full", [False, True])
def test_the_text_fits_its_width(width: int, full: bool) -> None:
    text = explained().text(full=full, width=width)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    "condition", ["(size > 1 and size > 2) = (size > 3)", "not ((size < 1) = (2024-02-29 not in last 1 month))"]
)
def test_what_a_condition_compares_may_be_conditions_put_together(condition: str) -> None:
    """Of the row, or the same for every row."""
    ruleset = loaded_text(RULESET.replace("name != 'nobody'", condition))
    row = {"id": "A", "size": 5, "name": "Ada", "opted_out": True}
    result = ruleset.evaluate({"partners": [row]}, as_of=date(2026, 6, 30))
    told = result.explain("A").row
    [known] = result.reasons().filter(segmentation="known")["reason"]
    assert reason_of(told, told.legend.segmentations[1], told.decisions[1]) == known


def test_a_segmentation_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputInvalid, match="no segmentation `bigg`"):
        explained().text(segmentations=["bigg"])


def test_html_has_everything_and_takes_nothing_for_markup() -> None:
    html = explained(name="<script>alert('x')</script>&", size=50)._repr_html_()
    page = Page()
    page.feed(html)
    assert set(page.tags) == {"div", "style", "p", "strong", "details", "summary", "b", "span", "ul", "li"}
    assert page.open == []
    assert "name is '<script>alert(''x'')</script>&'" in page.text
    assert "Is it <big>?" in page.text
    assert all(f"s{number}" in page.text for number in range(1, 13))
    assert "not reached none_left" in page.text


class Page(HTMLParser):
    """What a browser makes of it: its tags, those not closed, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
