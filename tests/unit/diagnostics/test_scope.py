"""What a place in a file belongs to, read by indentation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics.scope import scope_of
from segrules.diagnostics.source import Source

TEXT = """\
segrules: 1   # top
tables:
  "big: partners":
    columns:
      # within: a comment
      size: {type: here_a}

metrics:
  growth:
    value: |
      a: 1
      + here_b
segmentations:
  tier:
    rules:
      - segment: gold     # the best
        when:
          all:
            - x > 1
            - here_c
      - when: here_d
        segment: 'silver'
      - {segment: bronze, when: here_e}
      - {id: tin, segment: bronze,
         when: here_f}
  focus:
    rules:
    - segment: new
      id: brand_new
      when: here_g
    - when: here_h
treatments:
- treatment: fund
  budget:
    total: here_i
- treatment: badge
  requires:
  - here_j

here_k
"""


@pytest.mark.parametrize(
    ("word", "scope"),
    [
        ("segrules", "segrules"),
        ("here_a", "tables/big: partners/columns/size"),
        ("here_b", "metrics/growth/value"),
        ("here_c", "segmentations/tier/rules/gold/when/all"),
        ("here_d", "segmentations/tier/rules/silver/when"),
        ("here_e", "segmentations/tier/rules/bronze"),
        ("here_f", "segmentations/tier/rules/tin/when"),
        ("here_g", "segmentations/focus/rules/brand_new/when"),
        ("here_h", "segmentations/focus/rules/when"),
        ("here_i", "treatments/fund/budget/total"),
        ("here_j", "treatments/badge/requires"),
        ("here_k", ""),
    ],
)
def test_a_place_stands_below_the_keys_and_the_named_items_around_it(word: str, scope: str) -> None:
    start = TEXT.index(word)
    assert "/".join(scope_of(Source("r.yaml", TEXT).span(start, start + len(word)))) == scope


def test_a_name_further_down_in_an_item_is_not_its_own() -> None:
    text = "rules:\n  - when:\n      segment: no\n    note: here\n  - segment: other\n"
    start = text.index("here")
    assert scope_of(Source("r.yaml", text).span(start, start + 4)) == ("rules", "note")


@given(st.text(alphabet="ab:-# {}[],'\"\n\t|é", max_size=60), st.data())
def test_any_place_of_any_text_has_a_scope(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    assert all(scope_of(Source("any.yaml", text).span(start, start)))
