"""A decision tells at once what was decided, and works out why when it is asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import segrules
from segrules.engine import decision as module
from segrules.engine.decision import Decision

AS_OF = date(2026, 6, 30)
TEXT = """
segrules: 1
ruleset: r
entity: t
tables:
  t:
    key: id
    columns: {id: string, n: {type: integer, optional: true}, x: number}
metrics: {double: 2 * x}
scorecards: {card: {terms: {only: {points: 10, value: x, target: 4}}}}
parameters: {limit: 5}
segmentations:
  tier:
    hit_policy: first
    rules:
      - {segment: gold, when: n > limit, because: "n is {n}"}
      - {segment: silver, when: x > 1, because: "twice x is {double}"}
  tags: {hit_policy: collect, rules: [{segment: big, when: x > 2}]}
"""


@pytest.fixture(scope="module")
def ruleset(tmp_path_factory: pytest.TempPathFactory) -> segrules.Ruleset:
    folder: Path = tmp_path_factory.mktemp("r")
    (folder / "ruleset.yaml").write_text(TEXT, "utf-8")
    return segrules.load(folder)


def decided(ruleset: segrules.Ruleset, *, trace: bool = False, **values: Any) -> Decision:
    return ruleset.decide({"id": "a", "x": 2.0, **values}, as_of=AS_OF, trace=trace)


def test_a_decision_has_segments_metrics_scores_and_assignments(ruleset: segrules.Ruleset) -> None:
    found = decided(ruleset)
    assert (found["tier"], found["tags"]) == ("silver", ())
    assert (found.metrics, found.scorecards) == ({"double": 4.0}, {"card": 5.0})
    tier = found.assignments["tier"]
    assert (tier.segment, tier.segments, tier.rule, tier.certainty) == ("silver", None, "tier.silver", "provisional")
    assert (tier.possible, tier.missing, tier.because) == (("gold", "silver"), ("n",), "twice x is 4")
    assert found.assignments["tags"].segments == ()


def test_nothing_is_interpreted_before_somebody_asks_why(
    ruleset: segrules.Ruleset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "Interpreter", None)
    found = decided(ruleset, trace=True)
    assert (found["tier"], found.assignments["tier"].certainty) == ("silver", "provisional")
    assert (found.assignments["tags"].missing, found.assignments["tags"].because) == ((), None)
    with pytest.raises(TypeError):
        _ = found.assignments["tier"].missing


def test_an_explanation_is_there_when_it_was_asked_for(ruleset: segrules.Ruleset) -> None:
    assert decided(ruleset).explanation is None
    found = decided(ruleset, trace=True, n=9)
    assert found.explanation is found.explanation
    assert found.explanation is not None
    assert "n > limit: yes, n is 9, limit is 5" in found.explanation.text()
    assert found.explanation.row.decision("tier") == decided(ruleset, trace=True, n=9).explanation.row.decisions[0]  # type: ignore[union-attr]


def test_decisions_that_say_the_same_are_equal_and_can_be_read(ruleset: segrules.Ruleset) -> None:
    assert decided(ruleset) == decided(ruleset)
    assert decided(ruleset) != decided(ruleset, x=2.5)
    assert decided(ruleset, n=9) != decided(ruleset, n=8)  # their reasons differ
    assert decided(ruleset) != "silver"
    assert decided(ruleset).assignments["tags"] != "tags"
    shown = repr(decided(ruleset))
    assert shown.startswith(
        "Decision(metrics={'double': 4.0}, scorecards={'card': 5.0}, assignments={'tier': Assignment("
    )
    assert "missing=('n',), because='twice x is 4'" in shown


def test_a_decision_cannot_be_changed(ruleset: segrules.Ruleset) -> None:
    found: Any = decided(ruleset)
    for name in ("metrics", "scorecards", "assignments", "explanation", "other"):
        with pytest.raises(AttributeError):
            setattr(found, name, None)
    with pytest.raises(AttributeError):
        found.assignments["tier"].segment = "gold"


def test_a_record_that_the_caller_changes_afterwards_changes_nothing(ruleset: segrules.Ruleset) -> None:
    record: dict[str, object] = {"id": "a", "x": 2.0}
    found = ruleset.decide(record, as_of=AS_OF, trace=True)
    record["x"] = 9.0
    assert found.assignments["tier"].because == "twice x is 4"


def test_a_name_that_is_nearly_an_optional_column_is_told(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(
        TEXT.replace("n: {", "number: {").replace("n > ", "number > ").replace("{n}", "{number}"), "utf-8"
    )
    loaded = segrules.load(tmp_path)
    assert loaded.decide({"id": "a", "x": 2.0, "other": 1}, as_of=AS_OF).diagnostics == ()
    assert loaded.decide({"id": "a", "x": 2.0, "numbre": 9, "number": 9}, as_of=AS_OF).diagnostics == ()
    [told] = loaded.decide({"id": "a", "x": 2.0, "numbre": 9}, as_of=AS_OF).diagnostics
    assert (told.code.number, told.is_error) == ("SR511", False)
    assert told.message == "the record of `t` has no `number`, which counts as missing, but it has `numbre`"


def test_parameters_of_one_call_are_those_of_that_call(ruleset: segrules.Ruleset) -> None:
    record = {"id": "a", "x": 2.0, "n": 4}
    for _ in range(2):
        assert ruleset.decide(record, as_of=AS_OF, parameters={"limit": 3})["tier"] == "gold"
        assert ruleset.decide(record, as_of=AS_OF, parameters={"limit": 4})["tier"] == "silver"
    assert ruleset.decide(record, as_of=AS_OF)["tier"] == "silver"


def test_parameters_that_are_equal_to_python_alone_are_not_the_same(ruleset: segrules.Ruleset) -> None:
    """True is 1 in Python, and no number here."""
    assert decided(ruleset, n=2)["tier"] == "silver"
    assert ruleset.decide({"id": "a", "x": 2.0, "n": 2}, as_of=AS_OF, parameters={"limit": 1})["tier"] == "gold"
    with pytest.raises(segrules.InputInvalid):
        ruleset.decide({"id": "a", "x": 2.0, "n": 2}, as_of=AS_OF, parameters={"limit": True})
