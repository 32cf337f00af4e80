"""A scalar knows where each of its characters stands, and how to be read as an expression."""

from __future__ import annotations

import pytest

from segrules.diagnostics.source import Source
from segrules.document.nodes import Mapping, Scalar, Style
from segrules.document.yaml_reader import read_yaml


def value_of(text: str) -> Scalar:
    """The value of the first key of a text."""
    root, diagnostics = read_yaml(Source("rules.yaml", text))
    assert diagnostics == ()
    assert isinstance(root, Mapping)
    value = root.entries[0].value
    assert isinstance(value, Scalar)
    return value


STYLES = {
    "plain": "when: revenue > cots\n",
    "plain on two lines": "when: revenue\n  > cots\n",
    "single quotes": "when: 'name = ''x'' or cots'\n",
    "double quotes": 'when: "name = \\"x\\" or \\u0063ost\\u0073 or cots"\n',
    "double quotes, joined lines": 'when: "name = \\\n  \\"x\\" or\n\n  cots"\n',
    "literal": "when: |\n  revenue\n    > cots\n",
    "folded": "when: >-\n  revenue\n\n    > 1\n  and cots\n",
    "folded, indentation given": "when: >2 # remark\n    revenue\n  > cots\n",
    "line ends of Windows": "when: |\r\n  revenue\r\n  > cots\r\n",
    "line ends of old Macs": "when: >\r  revenue\r  > cots\r",
    "byte-order mark": "\ufeffwhen: revenue > cots\n",
    "letters beyond ASCII": "when: größe > '日本 👩‍👩‍👧' or cots\n",
    "anchor": "when: &name revenue > cots\nagain: *name\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_a_word_of_a_value_is_found_in_the_file(style: str) -> None:
    text = STYLES[style]
    value = value_of(text)
    start = value.value.index("cots")
    span = value.passage.span(start, start + 4)
    assert (span.start, span.text) == (text.index("cots"), "cots")


@pytest.mark.parametrize("style", STYLES)
def test_a_part_of_a_passage_leads_to_the_same_place(style: str) -> None:
    value = value_of(STYLES[style])
    start = value.value.index("cots")
    assert value.expression.part(start, start + 4).whole.text == "cots"


def test_a_comment_in_a_folded_expression_ends_with_its_line() -> None:
    value = value_of("when: >\n  a > 1 # remark\n  and b\n\n  or c\n")
    assert value.value == "a > 1 # remark and b\nor c\n"
    assert value.expression.text == "a > 1 # remark\nand b\nor c\n"


@pytest.mark.parametrize("text", ['when: "a > 1 # remark\n  and b"\n', "when: 'a > 1 # remark\n  and b'\n"])
def test_a_comment_in_a_quoted_expression_on_two_lines_ends_with_its_line(text: str) -> None:
    assert value_of(text).expression.text == "a > 1 # remark\nand b"


def test_the_end_of_a_text_block_is_the_end_of_its_last_line() -> None:
    text = "when: |\n  a >\n\nz: 1\n"
    value = value_of(text)
    assert value.passage.span(4, 4).start == text.index(">") + 1
    assert value.span.text == "|\n  a >"


@pytest.mark.parametrize(
    ("text", "value", "style"),
    [
        ("a: NO\n", "NO", Style.PLAIN),
        ("a: 012\n", "012", Style.PLAIN),
        ("a: 1:30\n", "1:30", Style.PLAIN),
        ("a: 2024-01-01\n", "2024-01-01", Style.PLAIN),
        ("a: ~\n", "~", Style.PLAIN),
        ("a: =\n", "=", Style.PLAIN),
        ("a:\n", "", Style.PLAIN),
        ("a: ''\n", "", Style.SINGLE),
        ('a: "no"\n', "no", Style.DOUBLE),
        ("a: |-\n  no\n", "no", Style.LITERAL),
        ("a: >-\n  no\n", "no", Style.FOLDED),
    ],
)
def test_a_scalar_stays_text_and_knows_its_style(text: str, value: str, style: Style) -> None:
    scalar = value_of(text)
    assert (scalar.value, scalar.style) == (value, style)
