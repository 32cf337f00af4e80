"""What YAML allows and few people write, laid out."""

from __future__ import annotations

import re

import pytest

from segrules.diagnostics.source import Source
from segrules.document.yaml_pieces import read_pieces
from segrules.formatter.format import lay_out
from segrules.formatter.proof import said_by
from segrules.formatter.roles import read

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metrics: {a: 1}#why\n", "metrics: {a: 1}  #why\n"),
        ("kinds: [a,#one\n  'b'#two\n  ]#why\n", "kinds: [a,  #one\n        b  #two\n       ]  #why\n"),
        ("kinds: [#open\n  a]\ntitle: 'a b'#why\n", "kinds: [  #open\n        a]\ntitle: a b  #why\n"),
    ],
)
def test_a_comment_that_stands_close_behind_a_bracket_a_comma_or_a_quote_stays(text: str, expected: str) -> None:
    assert below_head(text) == expected


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


def test_a_comment_behind_an_expression_that_becomes_a_block_is_no_part_of_it() -> None:
    assert below_head(f"metrics:\n  a_metric: {LONG}  # why\n") == f"metrics:\n  a_metric: |  # why\n{BROKEN}"


@pytest.mark.parametrize("members", [f"value: {LONG}", f"value: {LONG}, unit: x"])
def test_a_comment_behind_brackets_keeps_them_as_it_is_about_all_that_is_in_them(members: str) -> None:
    text = f"metrics:\n  a_metric: {{{members}}}  # why\n  b: 1\n"
    assert below_head(text) == text
    assert below_head(text.replace("  # why", "").replace("  b", "  # why\n  b")).endswith("  # why\n  b: 1\n")


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


@pytest.mark.parametrize(
    ("escaped", "kept"),
    [
        ("\\u202e", "\\u202e"),
        ("\\u200b", "\\u200b"),
        ("\\u00a0", "\\xa0"),
        ("\\ufeff", "\\ufeff"),
        ("\\U000e0041", "\\U000e0041"),
        ("\\u202e'' \\\"", "\\u202e'' \\\""),
    ],
)
def test_a_character_that_cannot_be_seen_and_is_escaped_stays_so(escaped: str, kept: str) -> None:
    assert below_head(f"metrics:\n  u: \"s='{escaped}'\"\n") == f"metrics:\n  u: \"s = '{kept}'\"\n"
    assert below_head(f"metrics: {{u: \"s='{escaped}'\"}}\n") == f"metrics: {{u: \"s = '{kept}'\"}}\n"
    assert because(f'"{{x+1}} {escaped}"') == f'"{{x + 1}} {kept}"'


def test_an_expression_with_escapes_stays_on_its_line_however_long() -> None:
    for text in (f"s = '\\u202e' and {LONG} and {LONG}", "s = '\\ufeff'  # why\\n and a"):
        assert below_head(f'metrics:\n  u: "{text}"\n') == f'metrics:\n  u: "{text}"\n'


@pytest.mark.parametrize(
    "block",
    [
        "|\n  a  \n",
        "|+\n  a  \n\n",
        "|-\n  a  \n",
        ">\n  a  \n",
        ">-\n  a  \n  b  \n\n     c  \n",
        "|\n  a\n     \n",
        "|\n  a\n\n     \n",
        ">\n  a\n\n     \n",
        "|2\n     \n  a\n",
        "|2\n     \n",
        "|2-\n\n     \n",
    ],
)
@pytest.mark.parametrize("below", ["", "entity: p\n", "# why\nentity: p\n"])
def test_blanks_at_the_end_of_a_block_stay(block: str, below: str) -> None:
    text = f"{HEAD}note: {block}{below}"
    assert laid_out(text).replace("\n\nentity", "\nentity").replace("\n\n#", "\n#") == (
        text.replace("\n\nentity", "\nentity").replace("\n\n#", "\n#")
    )
    assert laid_out(text.replace("\n", "\r\n")) == laid_out(text)


def test_a_plus_that_says_nothing_goes_and_the_blanks_before_it_stay() -> None:
    assert below_head("note: |+\n  a  \nentity: p\n") == "note: |\n  a  \nentity: p\n"


def test_blanks_at_the_end_of_a_file_that_ends_in_a_block_stay() -> None:
    assert below_head("note: |\n  a  ") in ("note: |\n  a  \n", "note: |-\n  a  \n")


def test_blanks_at_the_end_of_blocks_stay_in_tests() -> None:
    text = "as_of: 2026-06-30\n\ntests:\n  - test: |\n      x  \n    note: >-\n      y  \n    given: {p: [{id: A}]}\n"
    text += "    expect: {A: {t: gold}}\n"
    assert laid_out(text) == text


SUITE = (
    "as_of: 2026-06-30\n\ntests:\n  - test: x\n    given: {p: [{id: A, s: %s, l: [%s]}]}\n    expect: {A: {m: %s}}\n"
)


@pytest.mark.parametrize("word", ["missing", "none", "conflict"])
@pytest.mark.parametrize("quote", ["'", '"', ""])
def test_words_that_mean_something_else_in_quotes_keep_them_in_tests(word: str, quote: str) -> None:
    written = f"{quote}{word}{quote}"
    in_double = written.replace("'", '"')
    assert laid_out(SUITE % (written, written, written)) == SUITE % (in_double, in_double, in_double)


def test_other_words_lose_their_quotes_in_tests() -> None:
    assert laid_out(SUITE % ('"gold"', '"a b"', '"missing it"')) == SUITE % ("gold", "a b", "missing it")


@pytest.mark.parametrize("word", ["missing", "none", "conflict"])
def test_the_proof_tells_such_a_word_in_quotes_from_one_without(word: str) -> None:
    bare, quoted = (said(SUITE % (one, "a", "b")) for one in (word, f'"{word}"'))
    assert bare != quoted
    assert quoted == said(SUITE % (f"'{word}'", "a", "b"))


def said(text: str) -> object:
    reading, _ = read(Source("tests.yaml", text))
    assert reading
    pieces = read_pieces(text)
    return said_by(pieces, reading.roles(pieces))


IGNORE = "# segrules: ignore[unguarded-optional] so it is"


@pytest.mark.parametrize(
    "rule",
    [
        f"- {{segment: a, when: {LONG}}}  {IGNORE}",
        f"{IGNORE}\n      # and more\n      - {{segment: a, when: {LONG}}}",
        f"- {{segment: a, when: {LONG}}}  # yes {IGNORE}",
        f"- segment: a\n        when: |\n          x = 1\n          and {LONG}  {IGNORE}\n          and y",
    ],
)
def test_a_line_on_which_something_is_ignored_is_not_broken(rule: str) -> None:
    text = f"segmentations:\n  t:\n    rules:\n      {rule}\n      - {{segment: b, when: x}}\n"
    assert below_head(text) == text


@pytest.mark.parametrize("comment", ["# why", "# segrules: ignore[unguarded-optional]\n\n"])
def test_an_item_below_other_comments_and_apart_from_those_loses_its_brackets(comment: str) -> None:
    text = f"kinds: [a]\n\nmetrics:\n  # top\n  a: 1\n  {comment}\n  b: {{value: {LONG}}}\n"
    assert "  b:\n    value: |\n" in below_head(text)


def test_a_list_that_loses_its_brackets_has_the_comments_behind_it_where_they_were_whatever_dash_follows() -> None:
    text = f'segmentations:\n  s:\n    rules:\n      - segment: a\n        when: {{all: ["{LONG}", b]}}\n'
    text = text.replace("{all: [", "\n          all: [").replace("]}", "]") + "  # next\n  t: {default: a-b}\n"
    found = below_head(text)
    assert "          all:\n            - |\n" in found
    assert found.endswith("            - b\n  # next\n  t: {default: a-b}\n")
