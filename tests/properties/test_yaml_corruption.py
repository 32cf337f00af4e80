"""Whatever one character does to a ruleset, the reader answers with places that lie in the text."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Source, Span
from segrules.document.nodes import Mapping, Node, Scalar, Sequence
from segrules.document.yaml_reader import read_yaml

RULESET = """\
# A ruleset with a little of everything.
segrules: 1
ruleset: example
title: "Müller's \\"best\\" customers"
entity: partners
tables:
  partners: &columns
    key: partner_id
    columns:
      partner_id: string
      region: {type: string, values: [NA, EMEA, 'APAC, rest']}
      csat: {type: number, min: 0, max: 5, optional: true}
    derived:
      net: amount * (1 - discount)
  others: *columns
metrics:
  cloud_share: sum(deals.net where deals.line = 'cloud') / sum(deals.net)
  buying_power: |
    0.5 * revenue
    # the half of it
    + 0.5 * count(deals)
segmentations:
  tier:
    rules:
      - segment: platinum
        when:
          all:
            - capability >= 70 and capability.qualifies
            - any: [specialisms contains 'cloud', cloud_share > 40%]
        because: "{revenue:,.0f} USD
          and {capability:.0f} points"
      - segment: gold
        when: >-
          revenue >= 250_000
          and csat >= 4
    default: registered
"""

CHARACTERS = list("\n\t -:#'\"[]{}(),&*!|>%@`?\\<=a0\u00a0\u2028\ufeff\x00\x07é\ud800\r")


def spans_of(diagnostic: Diagnostic) -> Iterator[Span]:
    labels = [diagnostic.label, *diagnostic.related]
    yield from (label.span for label in labels if label)
    yield from (edit.span for edit in diagnostic.fix.edits) if diagnostic.fix else ()


def nodes_of(node: Node | None) -> Iterator[Node]:
    if node is None:
        return
    yield node
    match node:
        case Sequence():
            for item in node.items:
                yield from nodes_of(item)
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from nodes_of(entry.value)


def assert_that_places_are_right(text: str) -> None:
    root, diagnostics = read_yaml(Source("f.yaml", text))
    assert root is not None or diagnostics
    for span in [*(span for diagnostic in diagnostics for span in spans_of(diagnostic)), *map(span_of, nodes_of(root))]:
        assert 0 <= span.start <= span.end <= len(text)
    for node in nodes_of(root):
        if isinstance(node, Scalar):
            offsets = list(node.expression.offsets)
            assert len(offsets) == len(node.value) + 1
            assert all(node.span.start <= offset <= len(text) for offset in offsets)


def span_of(node: Node) -> Span:
    return node.alias or node.span


def changed(place: int, character: str, length: int) -> str:
    return RULESET[:place] + character + RULESET[place + length :]


@given(st.integers(0, len(RULESET)), st.sampled_from(["", *CHARACTERS]), st.integers(0, 2))
@example(len(RULESET), "\t", 0)
@example(0, "\t", 0)
def test_a_ruleset_with_one_wrong_character_gives_places_in_the_text(place: int, character: str, length: int) -> None:
    assert_that_places_are_right(changed(place, character, length))


@given(st.integers(0, len(RULESET)), st.integers(0, len(RULESET)))
def test_a_ruleset_that_was_cut_off_gives_places_in_the_text(start: int, end: int) -> None:
    assert_that_places_are_right(RULESET[min(start, end) : max(start, end)])


@given(st.lists(st.tuples(st.integers(0, len(RULESET)), st.sampled_from(CHARACTERS)), max_size=12))
def test_a_ruleset_with_many_wrong_characters_gives_places_in_the_text(changes: list[tuple[int, str]]) -> None:
    text = RULESET
    for place, character in changes:
        text = text[:place] + character + text[place + 1 :]
    assert_that_places_are_right(text)


@given(st.text(st.sampled_from(CHARACTERS), max_size=40))
def test_any_text_gives_places_in_it(text: str) -> None:
    assert_that_places_are_right(text)
