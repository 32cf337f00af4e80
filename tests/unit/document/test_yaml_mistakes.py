"""What the YAML reader says of the mistakes that people make in YAML, and what it still reads."""

from __future__ import annotations

import pytest

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source
from segrules.document.nodes import Mapping, Node, Scalar, Sequence, Unreadable
from segrules.document.yaml_reader import read_yaml


def read(text: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    return read_yaml(Source("rules.yaml", text))


def one_diagnostic(text: str) -> Diagnostic:
    _, diagnostics = read(text)
    assert [diagnostic.code.slug for diagnostic in diagnostics] == [diagnostics[0].code.slug]
    return diagnostics[0]


def written(node: Node | None) -> object:
    """A tree as plain values; what could not be read is `...`."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [written(item) for item in node.items]
        case Mapping():
            return {entry.key.value: written(entry.value) for entry in node.entries}
        case Unreadable():
            return ...
    return None


def mended(text: str) -> str:
    """The text after the fix of its only diagnostic."""
    fix = one_diagnostic(text).fix
    assert fix is not None
    for edit in sorted(fix.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


QUOTED = {
    "when: > 5": ("value-starts-text-block", ">", 'when: "> 5"'),
    "when: >= 5": ("value-starts-text-block", ">", 'when: ">= 5"'),
    "when: >5": ("value-starts-text-block", ">", 'when: ">5"'),
    "when: | x": ("value-starts-text-block", "|", 'when: "| x"'),
    'when: "a" = b': ("text-after-quote", "= b", "when: '\"a\" = b'"),
    "when: 'it''s' = b": ("text-after-quote", "= b", "when: \"'it''s' = b\""),
    "because: {revenue:,.0f} USD": ("text-after-bracket", "USD", 'because: "{revenue:,.0f} USD"'),
    "because: {revenue:,.0f}": ("colon-in-value", ":", 'because: "{revenue:,.0f}"'),
    "title: 'Don't do'": ("text-after-quote", "t do'", 'title: "Don\'t do"'),
    "when: [1, 2] contains a": ("text-after-bracket", "contains a", 'when: "[1, 2] contains a"'),
    "when: {a} > 1": ("text-after-bracket", "> 1", 'when: "{a} > 1"'),
    "when: != 5": ("tag", "!=", 'when: "!= 5"'),
    "when: @x": ("forbidden-first-character", "@", 'when: "@x"'),
    "when: `x`": ("forbidden-first-character", "`", 'when: "`x`"'),
    "when: %x": ("forbidden-first-character", "%", 'when: "%x"'),
    "when: && b": ("forbidden-first-character", "&", 'when: "&& b"'),
    "when: *x > 5": ("forbidden-first-character", "*", 'when: "*x > 5"'),
    "when: - 5 < a": ("value-starts-list", "-", 'when: "- 5 < a"'),
    'when: b = "x: y"': ("colon-in-value", ":", "when: 'b = \"x: y\"'"),
    "when: a ? b : c": ("colon-in-value", ":", 'when: "a ? b : c"'),
    "any: [x > 1, y in (1, 2)]": ("value-cut-in-brackets", ",", 'any: [x > 1, "y in (1, 2)"]'),
    "any: [x > 1, y in [1, 2]]": ("value-cut-in-brackets", "[", 'any: [x > 1, "y in [1, 2]"]'),
    'rule: {when: b in ("a", "c"), id: d}': (
        "value-cut-in-brackets",
        ",",
        'rule: {when: \'b in ("a", "c")\', id: d}',
    ),
    "rule: {when: b = 'a, c'}": ("value-cut-in-brackets", ",", "rule: {when: \"b = 'a, c'\"}"),
    "any: [b = 'x #y', c]": ("hash-in-value", "#", "any: [\"b = 'x #y'\", c]"),
    "rule: {when: >= 5, id: d}": ("value-starts-text-block", ">", 'rule: {when: ">= 5", id: d}'),
}


@pytest.mark.parametrize("line", QUOTED)
def test_a_value_that_yaml_reads_otherwise_is_shown_in_quotes(line: str) -> None:
    slug, place, quoted = QUOTED[line]
    diagnostic = one_diagnostic(f"id: x\n{line}\nz: y\n")
    assert diagnostic.code.slug == slug
    assert diagnostic.label is not None
    assert diagnostic.label.span.text == place
    if diagnostic.fix:
        assert mended(f"id: x\n{line}\nz: y\n") == f"id: x\n{quoted}\nz: y\n"
    else:
        assert quoted in str(diagnostic.help)


@pytest.mark.parametrize("line", QUOTED)
def test_the_quoted_value_is_read_as_it_was_written(line: str) -> None:
    root, diagnostics = read(QUOTED[line][2])
    assert diagnostics == ()
    assert isinstance(root, Mapping)


@pytest.mark.parametrize("line", QUOTED)
def test_the_lines_around_a_value_that_cannot_be_read_are_read(line: str) -> None:
    root = written(read(f"id: x\n{line}\nz: y\n")[0])
    assert isinstance(root, dict)
    assert (root["id"], root["z"]) == ("x", "y")
    assert ... in (
        value for item in root.values() for value in (item, *(item if isinstance(item, list) else []))
    ) or any(... in item.values() for item in root.values() if isinstance(item, dict))


OTHERS = {
    "when: !active\n": ("tag", "!active", "write `when: not active`", {"when": ...}),
    "when: !!str x\n": ("tag", "!!str", "leave `!!str` out", {"when": ...}),
    "when: *x\n": ("unknown-anchor", "*x", 'put the value in quotes: `when: "*x"`', {"when": ...}),
    "a: &name x\nb: *nam\n": ("unknown-anchor", "*nam", "write `*name`", {"a": "x", "b": ...}),
    "when: &x a > 1\n": ("unused-anchor", "&x", 'put the value in quotes: `when: "&x a > 1"`', {"when": "a > 1"}),
    "a: &x\n  b: *x\n": ("cyclic-alias", "*x", "write the inner value out", {"a": {"b": ...}}),
    "a: 1\nwhen:x > 5\n": ("blank-missing", ":x", "write `when: x > 5`", {"a": "1", "when": "x > 5"}),
    "a:\n  b:2\n": ("blank-missing", ":2", "write `b: 2`", {"a": {"b": "2"}}),
    "a: {b:2}\n": ("blank-missing", ":2", "write `b: 2`", {"a": {"b:2": ...}}),
    "-a: 1\n": ("blank-missing", "-a", "write `- a: 1`", [{"a": "1"}]),
    "a: 1\ndefault other\nb: 2\n": (
        "colon-missing",
        "default other",
        "write `default: other`",
        {"a": "1", "default": ..., "b": "2"},
    ),
    "a: 1\nb = 2\n": ("colon-missing", "b = 2", "write `b: 2`", {"a": "1", "b": ...}),
    "# a remark\nthat goes on\na: 1\n": ("colon-missing", "that goes on", "begin it with `#`", {"a": "1"}),
    "a: {b, c}\n": ("colon-missing", "b", "write `b: …`", {"a": {"b": ..., "c": ...}}),
    "a:\n\tb: 1\n\tc: 2\n": ("tab-indentation", "\t", "indent with blanks", {"a": {"b": "1", "c": "2"}}),
    "a:\n\u00a0\u00a0b: 1\n": ("odd-blank", "\u00a0", "type an ordinary blank", {"a": {"b": "1"}}),
    "a:\u00a01\nb: 2\n": ("odd-blank", "\u00a0", "type an ordinary blank", {"a": "1", "b": "2"}),
    "a:\n  b: 1\n c: 2\n  d: 3\n": (
        "wrong-indentation",
        "c: 2",
        "indent it by 2 like `b:`",
        {"a": {"b": "1", "c": "2", "d": "3"}},
    ),
    "a:\n  - 1\n - 2\n": ("wrong-indentation", "- 2", "indent it by 2 like `- 1`", {"a": ["1", "2"]}),
    "a:\n  - b > 1\n   - c > 2\n": (
        "wrong-indentation",
        "- c > 2",
        "indent it by 2 like `- b > 1`",
        {"a": ["b > 1", "c > 2"]},
    ),
    "a:\n  - b\n   - c\n   - d: 1\n": (
        "wrong-indentation",
        "- c",
        "indent it by 2 like `- b`",
        {"a": ["b", "c", {"d": "1"}]},
    ),
    "a: 1\n  b: 2\n": ("wrong-indentation", "b: 2", "do not indent it, like `a:`", {"a": "1", "b": "2"}),
    "a: |\n  x\n y\nb: 1\n": ("wrong-indentation", "y", "indent it by 2", {"a": ..., "b": "1"}),
    'a: "x\n  y" = z\nb: 1\n': ("text-after-quote", "= z", "write `a: |`", {"a": ..., "b": "1"}),
    'a: "x\nb: "y"\n': ("unclosed-quote", '"', 'write `"` at the end', {"a": ..., "b": "y"}),
    "a: [x, 'y, z]\nb: 1\n": ("unclosed-quote", "'", "write `'` at the end", {"a": ["x", ..., "z"], "b": "1"}),
    "a: [1, 2\nb: 1\n": ("unbalanced-bracket", "[", "write `]` where it ends", {"a": ..., "b": "1"}),
    "a: {b: [1, 2}\nc: 1\n": ("unbalanced-bracket", "[", "write `]` where it ends", {"a": ..., "c": "1"}),
    "a: 1\n}\nb: 2\n": ("unbalanced-bracket", "}", "take the `}` out", {"a": "1", "b": "2"}),
    'a: "C:\\data"\n': ("unknown-escape", "\\d", "use single quotes: `'C:\\data'`", {"a": ...}),
    "a: 1\n( b: 2\n": ("forbidden-first-character", "(", "take `(` out", {"a": "1", "b": "2"}),
    "a: [x, , y]\n": ("empty-item", ",", "take one comma out", {"a": ["x", ..., "y"]}),
    "a: 1\na: 2\nb: 3\n": ("duplicate-key", "a", "rename one of them", {"a": "1", "b": "3"}),
    "a: 1\n---\nb: 2\n": ("second-document", "---", "take `---` out", {"a": "1"}),
    "a: 1\n...\nb: 2\n": ("second-document", "...", "take `...` out", {"a": "1"}),
    "a: &d {x: 1, y: 2}\nb: {<<: *d, y: 3}\n": (
        "merge-key",
        "<<",
        "write the keys out",
        {"a": {"x": "1", "y": "2"}, "b": {"y": "3", "x": "1"}},
    ),
    "? [a]\n: 1\n": ("key-not-text", "[a]", "write a name", {}),
    "a: x\x07y\nb: 1\n": ("invisible-character", "\x07", "delete it", {"a": ..., "b": "1"}),
    "a: 1\n- b\n": ("list-among-keys", "- b", "give the list a key of its own", None),
    "": ("empty-file", "", "write a ruleset", None),
    "# nothing\n": ("empty-file", "", "write a ruleset", None),
    "%x\na: 1\n": ("forbidden-first-character", "%x", "put the value in quotes", None),
}


@pytest.mark.parametrize("text", OTHERS)
def test_a_mistake_gives_one_diagnostic_at_its_place_and_the_rest_is_read(text: str) -> None:
    slug, place, advice, tree = OTHERS[text]
    diagnostic = one_diagnostic(text)
    assert diagnostic.code.slug == slug
    assert diagnostic.label is not None
    assert diagnostic.label.span.text == place
    assert advice in str(diagnostic.help)
    assert written(read(text)[0]) == tree


@pytest.mark.parametrize(
    "text",
    [
        "when: -5 < a\n",
        "when: a > -5\n",
        "when: a\n  - b > 5\n",
        "- a - b > 5\n",
        "country: [DE, NO, yes, on]\n",
        "title: don't\n",
        "a: http://x.y/z\n",
        "- 10:30\n- a:b\n",
        "a: [don't, won't]\n",
        "a: [x (y), 'b, c']\n",
        "a: *n\n".replace("*n", "&n x") + "b: *n\n",
        "---\na: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: \u200bx 👩‍👩‍👧\n",
        "'NO': x\n",
        "a: >\n  x\n\nb: |2-\n   y\n",
        "a: {b: }\nc:\n",
    ],
)
def test_what_yaml_reads_as_it_was_meant_gives_no_diagnostic(text: str) -> None:
    assert read(text)[1] == ()


FIVE_MISTAKES = """\
title: "Gold" customers
tables:
  partners:
    key: id
    columns:
      id: string
\t  region: string
    key: name
segmentations:
  tier:
    rules:
      - segment: gold
        when: >= 5
      - segment: silver
        when: region in [DE, 'NO'
    default:other
"""


def test_a_file_with_five_mistakes_shows_five_diagnostics() -> None:
    root, diagnostics = read(FIVE_MISTAKES)
    found = [
        (diagnostic.code.slug, diagnostic.label.span.position.line) for diagnostic in diagnostics if diagnostic.label
    ]
    assert found == [
        ("text-after-quote", 1),
        ("tab-indentation", 7),
        ("duplicate-key", 8),
        ("value-starts-text-block", 13),
        ("blank-missing", 16),
    ]
    assert root is not None


def test_two_keys_that_stand_twice_are_both_reported_with_where_they_stand_first() -> None:
    _, diagnostics = read("a: 1\nb: 2\na: 3\nb: 4\n")
    assert [(d.label.span.start, d.related[0].span.start) for d in diagnostics if d.label] == [(10, 0), (15, 5)]


def test_an_alias_keeps_the_place_of_its_use() -> None:
    text = "a: &n [x]\nb: *n\n"
    root, _ = read(text)
    assert isinstance(root, Mapping)
    first, second = (entry.value for entry in root.entries)
    assert (first.alias, first.span) == (None, second.span)
    assert second.alias is not None
    assert second.alias.text == "*n"


@pytest.mark.parametrize("text", ["a: {t: a year's cost  # c\n  }\n", "a: [a year's cost # it's\n  , b]\n"])
def test_a_comment_behind_a_value_with_an_apostrophe_in_brackets_is_no_mistake(text: str) -> None:
    assert read_yaml(Source("rules.yaml", text))[1] == ()


def test_a_block_ends_with_its_last_child_and_not_behind_the_comments_below() -> None:
    root, _ = read("a:\n  b: 1\n\n# remark\nc: &x\n  - 2\n  # remark\n")
    assert isinstance(root, Mapping)
    assert [entry.value.span.text for entry in root.entries] == ["b: 1", "- 2"]


def test_a_value_at_the_end_of_a_file_without_line_end_is_read() -> None:
    assert written(read("a: |\n  x")[0]) == {"a": "x"}


@pytest.mark.parametrize(("number", "right"), [("200,000", "200_000"), ("1,200,000", "1_200_000")])
def test_digits_parted_by_a_comma_in_braces_are_told_to_be_one_number(number: str, right: str) -> None:
    _, (found, *_) = read(f"gold: {{value: {number}, unit: USD}}\n")
    assert (found.code.slug, found.help) == ("colon-missing", f"write `{right}`")
