"""Every character of every scalar's value leads back to the character of the file that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from segrules.diagnostics.source import Source
from segrules.document.nodes import Mapping, Node, Scalar, Sequence, Style
from segrules.document.yaml_reader import read_yaml

PIECES = [
    " ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "\n ",
    "\n   ",
    "a",
    "b",
    "é",
    "日",
    "👩‍👧",
    "#",
    "''",
    "'",
    ":",
    "-",
    "x y",
    "\t",
    "%",
]
ESCAPES = ['\\"', "\\\\", "\\n", "\\t", "\\x41", "\\u00e9", "\\U0001F600", "\\\n", "\\ ", "\\N"]
ESCAPE = re.compile(r"\\(?:x.{2}|u.{4}|U.{8}|.|\s)|[^\\]")

plain_text = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
quoted_text = st.lists(st.sampled_from(PIECES + ESCAPES), max_size=14).map("".join)


@st.composite
def scalars(draw: st.DrawFn, column: int) -> str:
    """The text of one scalar in one of the five styles; its further lines are indented beyond `column`, mostly."""
    style = draw(st.sampled_from(list(Style)))
    indent = " " * draw(st.integers(column + 1, column + 4))
    if style in (Style.LITERAL, Style.FOLDED):
        indicator = draw(st.sampled_from(["", "-", "+", "1", "2-", "+3"]))
        comment = draw(st.sampled_from(["", " # note"]))
        body = draw(plain_text)
        return f"{'|' if style is Style.LITERAL else '>'}{indicator}{comment}\n{indent}" + body.replace(
            "\n", f"\n{indent}"
        )
    text = draw(plain_text if style is Style.PLAIN else quoted_text).replace("\n", f"\n{indent}")
    return {Style.PLAIN: text.strip(), Style.SINGLE: f"'{text}'", Style.DOUBLE: f'"{text}"'}[style]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A mapping of scalars, lists and lists in brackets; with anchors and aliases, line ends of any sort, and a BOM."""
    lines = []
    for i in range(draw(st.integers(1, 4))):
        anchor = draw(st.sampled_from(["", "", f"&n{i} "]))
        form = draw(
            st.sampled_from(["{key}: {anchor}{value}", "{key}:\n  - {anchor}{value}\n  - z", "{key}: [{value}, z]"])
        )
        lines.append(form.format(key=f"k{i}", anchor=anchor, value=draw(scalars(2))))
        if anchor and "anchor" in form:
            lines.append(f"again{i}: *n{i}")
    text = "\n".join([*lines, ""][: draw(st.integers(len(lines), len(lines) + 1))])
    line_end = draw(st.sampled_from(["\n", "\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "", "\ufeff"])) + text.replace("\n", line_end)


def scalars_of(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            for item in node.items:
                yield from scalars_of(item)
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from scalars_of(entry.value)


def plain_value(node: Node) -> object:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain_value(item) for item in node.items]
        case Mapping():
            return {entry.key.value: plain_value(entry.value) for entry in node.entries}
    return None


def escapes(scalar: Scalar) -> dict[int, str]:
    """The escapes of a scalar in double quotes, by the offset of their last characters."""
    if scalar.style is not Style.DOUBLE:
        return {}
    found = ESCAPE.finditer(scalar.span.source.text, scalar.span.start, scalar.span.end)
    return {escape.end() - 1: escape[0] for escape in found if escape[0][0] == "\\"}


def leads_back(character: str, written: str, before: str, style: Style) -> bool:
    """Whether a character of a value is what stands in the file, or a line end was made of it, or a doubled quote."""
    if style is Style.SINGLE and character == "'":
        return before + written == "''"
    if character == " " and written in "\r\n":
        return style is not Style.LITERAL
    return character == ("\n" if written == "\r" else written)


def assert_that_offsets_lead_back(root: Node) -> None:
    for scalar in scalars_of(root):
        offsets = list(scalar.passage.offsets)
        assert len(offsets) == len(scalar.value) + 1
        assert offsets == sorted(offsets)
        assert len(set(offsets[:-1])) == len(scalar.value), "two characters of the value at one place"
        text, escaped = scalar.span.source.text, escapes(scalar)
        for character, offset in zip(scalar.value, offsets, strict=False):
            if offset in escaped:
                assert yaml.safe_load(f'"{escaped[offset]}"') == character
            else:
                assert leads_back(character, text[offset], text[offset - 1], scalar.style)


@given(files())
@example("a: |2\n   x\n  y\n")
@example("a: >\n\n  x\n   y\n\n  z\n w\n".replace(" w\n", ""))
@example('a: "x \\\n   \n  y"\n')
def test_every_character_of_a_value_leads_back_to_the_file(text: str) -> None:
    try:
        expected = yaml.load(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        assume(False)
    root, diagnostics = read_yaml(Source("f.yaml", text))
    assume(not any(diagnostic.is_error for diagnostic in diagnostics))
    assert root is not None
    assert plain_value(root) == expected
    assert_that_offsets_lead_back(root)


@given(st.text(st.sampled_from("ab \n#é:'\"\\"), max_size=30), st.sampled_from([*"'\"|>", None]), st.integers(10, 40))
def test_what_pyyaml_writes_leads_back(value: str, style: str | None, width: int) -> None:
    text = yaml.dump({"k": [value, {"l": value}]}, default_style=style, width=width, allow_unicode=True)
    root, diagnostics = read_yaml(Source("f.yaml", text))
    assert not [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    assert root is not None
    assert plain_value(root) == yaml.load(text, Loader=yaml.CBaseLoader)
    assert_that_offsets_lead_back(root)


@given(files())
def test_an_expression_has_line_ends_where_its_value_was_folded(text: str) -> None:
    root, _ = read_yaml(Source("f.yaml", text))
    assume(root is not None)
    assert root is not None
    for scalar in scalars_of(root):
        assert len(scalar.expression.text) == len(scalar.value)
        for i, (written, read) in enumerate(zip(scalar.expression.text, scalar.value, strict=True)):
            folded = read == " " and scalar.span.source.text[scalar.passage.offsets[i]] in "\r\n"
            assert written == ("\n" if folded else read)
