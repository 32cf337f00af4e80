"""What YAML allows and few people write, laid out."""

from __future__ import annotations

import re
from textwrap import indent

import pytest

from segrules.diagnostics.source import Source
from segrules.formatter.format import lay_out

HEAD = "segrules: 1\nruleset: example\n"


def laid_out(text: str) -> str:
    found = lay_out(Source("ruleset.yaml", text))
    assert (found.diagnostics, found.unproven) == ((), False)
    assert lay_out(Source("ruleset.yaml", found.text)) == found
    return found.text


def below_head(text: str) -> str:
    return laid_out(HEAD + text).removeprefix(HEAD).removeprefix("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("parameters: &p\n   a: &q 1\n   b:   *q\n   c: [*q,  &r x, *r ]\n",
         "parameters: &p\n  a: &q 1\n  b: *q\n  c: [*q, &r x, *r]\n"),
        ("kinds:\n- &a  x\n- *a\n", "kinds:\n  - &a x\n  - *a\n"),
        ("tables:\n  t: &t\n    &k key : id\n", "tables:\n  t: &t\n    &k key: id\n"),
    ],
)  # fmt: skip
def test_anchors_and_aliases_stay(text: str, expected: str) -> None:
    assert below_head(text) == expected


def test_what_an_alias_makes_a_text_and_an_expression_is_laid_out_as_a_text() -> None:
    both = 'metrics:\n  m:\n    title: &x "a>1"\n    value: *x\n'
    assert below_head(both) == both
    assert below_head(both.replace("*x", '"a>1"')).endswith("    value: a > 1\n")


@pytest.mark.parametrize(
    "text",
    [
        "note: |+\n  keep\n\n\nmetrics:\n  a: 1\n",
        "metrics:\n  a: 1\n\nnote: |+\n  keep\n\n\n",
        "note: |+\n\n\nmetrics:\n  a: 1\n",
        "note: |2\n    deeper first\n  then\n",
        "note: |-\n  no end\n",
        "note: >\n  folded\n    more\n  back  \n\n  new\n",
        "title: 'a\n\n  b'\nnote: \"x \\\n  y\\  \n  w\"\n".replace("\\  \n", "\\ \n"),
        'note: "\\u00e9\\t"\n',
    ],
)
def test_texts_on_several_lines_and_with_escapes_stay_as_they_are(text: str) -> None:
    assert laid_out(HEAD + text).replace("\n\nmetrics", "\nmetrics") == (HEAD + text).replace(
        "\n\nmetrics", "\nmetrics"
    )


def test_the_start_of_a_document_stays_and_its_end_goes() -> None:
    assert laid_out("# first\n%YAML 1.2\n---\nsegrules: 1\nkinds: [a]\n...\n# last\n") == (
        "# first\n---\nsegrules: 1\nkinds: [a]\n# last\n"
    )


def test_a_whole_file_in_braces() -> None:
    text = "{segrules:   1, ruleset: example,\n  # all\n  metrics: {a: x>1, b: }}\n"
    assert laid_out(text) == "{segrules: 1, ruleset: example,\n # all\n metrics: {a: x > 1, b: }}\n"


def test_a_key_with_a_question_mark_becomes_one_with_a_colon() -> None:
    assert below_head("? metrics\n: ? a\n  : 1\n") == "metrics:\n  a: 1\n"


def test_comments_at_the_end_of_something_stay_with_it() -> None:
    text = "metrics:\n    a: |\n      1\n     # of a\n    # of metrics\n\n  # of metrics too\n# of the file\n"
    assert below_head(text) == (
        "metrics:\n  a: |\n    1\n  # of a\n  # of metrics\n\n# of metrics too\n# of the file\n"
    )


def test_comments_in_brackets_stay_behind_and_before_the_same_members() -> None:
    text = "kinds: [ # open\n  a # one\n  , # two\n  # three\n  b,\n  # four\n]\n"
    assert below_head(text) == (
        "kinds: [  # open\n        a,  # one\n        # two\n        # three\n        b\n       # four\n       ]\n"
    )


def test_a_comment_behind_a_folded_expression_goes_where_the_expression_ends() -> None:
    assert below_head("metrics:\n  a: > # why\n    b\n    > 1\n") == "metrics:\n  a: b > 1  # why\n"


def test_an_expression_that_begins_with_a_quote_or_holds_a_colon_is_quoted() -> None:
    text = "metrics:\n  a: |-\n    'x' = y\n  b: \"'x'=y\"\n  c: '\"Don''t\" = y'\n"
    assert below_head(text) == "metrics:\n  a: |\n    'x' = y\n  b: \"'x' = y\"\n  c: '\"Don''t\" = y'\n"


LONG = "revenue_12m >= 4 * gold_revenue and (capability > 70 or specialisms contains 'cloud') and not (left or silent)"
BROKEN = """\
    revenue_12m >= 4 * gold_revenue
    and (capability > 70 or specialisms contains 'cloud')
    and not (left or silent)
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"metrics:\n  a_metric: {LONG}  # why\n", f"metrics:\n  a_metric: |  # why\n{BROKEN}"),
        (f"metrics:\n  a_metric: {{value: {LONG}}}  # why\n  b: 1\n",
         f"metrics:\n  a_metric:\n    value: |  # why\n{indent(BROKEN, '  ')}  b: 1\n"),
        (f"metrics:\n  a_metric: {{value: {LONG}, unit: x}}  # why\n",
         f"metrics:\n  a_metric:\n    value: |\n{indent(BROKEN, '  ')}    unit: x  # why\n"),
    ],
)  # fmt: skip
def test_a_comment_behind_an_expression_that_becomes_a_block_is_no_part_of_it(text: str, expected: str) -> None:
    assert below_head(text) == expected


def test_a_comment_behind_a_text_on_several_lines_stays_behind_its_end() -> None:
    text = "title: a title\n  that goes on  # why\nnote: 'a\n  b'  # too\n"
    assert below_head(text) == text


def because(text: str) -> str:
    """Return how the `because` of a rule is laid out, from its quotes on."""
    above = "segmentations:\n  tier:\n    rules:\n      - segment: gold\n        when: x > 1\n        because: "
    return below_head(f"{above}{text}\n").removeprefix(above).removesuffix("\n")


@pytest.mark.parametrize(
    "character", ["\\x07", "\\x7f", "\\x85", "\\u2028", "\\u2029", "\\ufeff", "\\uffff", "\\n", "\\t"]
)
@pytest.mark.parametrize("word", ["so", '\\"so\\"', "\\\\"])
def test_characters_that_cannot_stand_in_a_file_keep_their_escapes_where_a_hole_is_tidied(
    character: str, word: str
) -> None:
    assert because(f'"has {{x+1}} {character} {word}"') == f'"has {{x + 1}} {character} {word}"'


def test_blanks_and_joiners_that_yaml_reads_as_they_are_stay_where_a_hole_is_tidied() -> None:
    assert because('"{x+1}\u00a0\U0001f468\u200d\U0001f469"') == '"{x + 1}\u00a0\U0001f468\u200d\U0001f469"'


@pytest.mark.parametrize(
    "item", ["&c-d {a: 1}", "&c-d x", "&c-d\n    x-y", "# a - b\n    &c-d x", "- a-b\n    - c", "a-b"]
)
def test_an_empty_line_above_an_item_stays_whatever_has_a_hyphen_behind_its_dash(item: str) -> None:
    above, found = "kinds:\n  - a-b  # a - b\n  # c - d\n  - |-  # e - f\n    g - h\n\n  - ", f"{item}\n"
    assert below_head(above + found).startswith(above + re.split("[#\n]", item)[0])
