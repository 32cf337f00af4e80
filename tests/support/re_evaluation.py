"""A row's trace worked out again, from its legend and the values that it shows and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from segrules.explain.legend import AnswersAbove, Node, RuleEntry, SegmentationEntry
from segrules.explain.read import reason_of
from segrules.explain.row import RowTrace
from segrules.language.formatting import json_text
from segrules.language.values import Value
from segrules.meaning import logic
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.meaning.decisions import Certainty, Decision, Outcome, Tried, decide, operands
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Answers, Call, Expression, Field
from segrules.program.program import HitPolicy, Segmentation

_OUTCOMES = {True: Outcome.MATCHED, False: Outcome.FAILED, None: Outcome.UNKNOWN}


def decisions_again(row: RowTrace) -> tuple[Decision, ...]:
    """The decisions that the values of a row lead to, in the order of its own; what is missing they do not say."""
    entries = {entry.segmentation.name: entry for entry in row.legend.segmentations}
    decided: dict[str, Decision] = {}
    for table, name in row.legend.program.order:
        if table == row.legend.program.entity and name in entries:
            decided[name] = _decided(row, entries[name], decided)
    return tuple(decided[name] for name in entries)


def without_missing(decision: Decision) -> Decision:
    """A decision without what it lacks."""
    return replace(decision, missing=())


def outcomes_again(row: RowTrace) -> dict[int, Value]:
    """The outcome of every numbered condition that counts, from the values that it sees."""
    decided = dict(zip((one.segmentation.name for one in row.legend.segmentations), row.decisions, strict=True))
    return {one.number: _outcome(row, one.expression, decided) for one in row.legend.conditions if one.in_force}


def _decided(row: RowTrace, entry: SegmentationEntry, decided: Mapping[str, Decision]) -> Decision:
    return decide(entry.segmentation, [Tried(one.rule, _of_rule(row, one, decided)) for one in entry.rules])


def _of_rule(row: RowTrace, entry: RuleEntry, decided: Mapping[str, Decision]) -> Outcome:
    return _OUTCOMES[_truth(row, entry.when, decided)] if entry.in_force else Outcome.NOT_IN_FORCE


def _truth(row: RowTrace, node: Node, decided: Mapping[str, Decision]) -> bool | None:
    if node.number is not None:
        found = _outcome(row, node.expression, decided)
        assert found is None or isinstance(found, bool)
        return found
    truths = [_truth(row, part, decided) for part in node.parts]
    match node.together:
        case "and":
            return logic.conjunction(truths)
        case "or":
            return logic.disjunction(truths)
        case "not":
            return logic.negation(truths[0])
        case _:
            return logic.at_least(node.count, *truths)


def _outcome(row: RowTrace, node: Expression, decided: Mapping[str, Decision]) -> Value:
    """A condition, its operands put into it as constants; one that asks a segmentation, of every answer of that."""
    comparison: Expression = node
    asked: list[Field] = []
    while isinstance(comparison, Answers):
        asked.append(comparison.segmentation)
        comparison = comparison.comparison
    if not isinstance(comparison, Call):
        return row.value(comparison)
    options = {one: _answers(row, one, decided) for one in asked}
    possible = [answers for answers in options.values() if answers is not None]
    if len(possible) < len(options):
        return None
    found = {_compared(row, comparison, dict(zip(options, chosen, strict=True))) for chosen in product(*possible)}
    return found.pop() if len(found) == 1 else None


def _compared(row: RowTrace, comparison: Call, answers: Mapping[Expression, Operand]) -> Value:
    values = [answers[one] if one in answers else row.operand(one) for one in comparison.arguments]
    return MEANINGS[comparison.function](comparison, values)


def _answers(row: RowTrace, asked: Field, decided: Mapping[str, Decision]) -> Sequence[Operand] | None:
    """The answers that a segmentation may have; None where there is no row that has them."""
    if asked in row.legend.answers:
        return _answers_above(row, row.legend.answers[asked])
    return operands(row.legend.program.segmentation(asked.name), decided[asked.name])


def _answers_above(row: RowTrace, asked: AnswersAbove) -> Sequence[Operand] | None:
    if row.value(asked.key) is None:
        return None
    possible = {segment: row.value(node) for segment, node in asked.segments}
    if asked.any_of_them is None:
        sure = tuple(segment for segment, truth in possible.items() if truth)
        return [sure, *((*sure, segment) for segment, truth in possible.items() if truth is None)]
    found: list[Operand] = [segment for segment, truth in possible.items() if truth is not False]
    return [*found, *([] if row.value(asked.any_of_them) is True else [NO_SEGMENT])]


# What holds of every trace


def says_what_the_run_says(row: RowTrace, assignments: Sequence[Mapping[str, Any]]) -> None:
    """Assert that a trace says of each segmentation what the run says, whose `assignments` of the row these are."""
    for entry, decision, told in zip(row.legend.segmentations, row.decisions, assignments, strict=True):
        expected = _assignment(entry.segmentation, decision)
        assert {name: told[name] for name in expected} == expected
        assert told["reason"] == reason_of(row, entry, decision)


def _assignment(segmentation: Segmentation, decision: Decision) -> dict[str, object]:
    provisional = decision.certainty is Certainty.PROVISIONAL
    names = [output.name for output in segmentation.outputs]
    outputs = json_text(dict(zip(names, decision.outputs, strict=True)))
    return {
        "segmentation": segmentation.name,
        "segment": decision.segment,
        "segments": list(decision.segments) if segmentation.hit_policy is HitPolicy.COLLECT else None,
        "rule": None if decision.conflict else ", ".join(decision.rules) or None,
        "certainty": decision.certainty.value,
        "possible": list(decision.possible) if provisional else None,
        "conflict": list(decision.conflict) or None,
        "outputs": outputs if names and decision.segment else None,
    }


def follows_from_its_values(row: RowTrace) -> None:
    """Assert that outcomes, decisions and assigned segments are what the values of a trace lead to."""
    conditions = [one for one in row.legend.conditions if one.in_force]
    assert outcomes_again(row) == {one.number: row.value(one.expression) for one in conditions}
    assert decisions_again(row) == tuple(map(without_missing, row.decisions))
    own = {
        entry.segmentation: decision for entry, decision in zip(row.legend.segmentations, row.decisions, strict=True)
    }
    for segmentation, decision in own.items():
        collects = segmentation.hit_policy is HitPolicy.COLLECT
        for node in row.legend.expressions:
            if isinstance(node, Field) and not node.row.path and node.name == segmentation.name:
                assert row.value(node) == (decision.segments if collects else decision.segment)
