"""A row's trace worked out again, from its legend and the values that it shows and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from segrules.explain.legend import AnswersAbove, Node, RuleEntry, SegmentationEntry
from segrules.explain.row import RowTrace
from segrules.language.values import Value
from segrules.meaning import logic
from segrules.meaning.comparisons import NO_SEGMENT, Operand
from segrules.meaning.decisions import Decision, Outcome, Tried, decide, operands
from segrules.meaning.functions import MEANINGS
from segrules.program.nodes import Answers, Call, Expression, Field

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
