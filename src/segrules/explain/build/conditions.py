"""Conditions: their numbers, what they see, and the trees in which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from segrules.explain.build.gathering import Gathering
from segrules.explain.build.rows_below import compared, rows_below
from segrules.explain.legend import AnswersAbove, Node, Numbered, Operand, Together
from segrules.explain.reading import bare, comparison_of
from segrules.explain.wording import written
from segrules.language import types
from segrules.program.conditions import atoms, conditions
from segrules.program.nodes import Aggregate, Answers, Call, Constant, Expression, Field, Statistic, walk
from segrules.program.program import Scorecard, Whole

_TOGETHER: dict[str, Together] = {"and": "and", "or": "or", "not": "not", "at_least": "at_least"}


def numbered(gathering: Gathering, cards: Iterable[Scorecard]) -> list[Numbered]:
    """Return all conditions: those of rules, with the numbers that they have everywhere, then those of cards."""
    program = gathering.program
    rules = [rule for one in program.segmentations for rule in one.rules]
    in_force = {atom for rule in rules if rule.in_force(gathering.as_of) for atom in atoms(rule.when)}
    of_cards = dict.fromkeys(atom for card in cards for when in _conditions_of(card) for atom in atoms(when))
    found = dict.fromkeys([*(one.expression for one in conditions(program)), *of_cards])
    gathering.numbers.update((atom, number) for number, atom in enumerate(found, start=1))
    return [
        Numbered(number, atom, written(atom), atom.span, atom in in_force or atom in of_cards)
        for atom, number in gathering.numbers.items()
    ]


def _conditions_of(card: Scorecard) -> Iterator[Expression]:
    yield from card.floors
    yield from (term.gives.when for term in card.terms if isinstance(term.gives, Whole))


def tree(gathering: Gathering, when: Expression) -> Node:
    """Return a condition as a tree of numbered ones."""
    if when in gathering.numbers:
        return Node(when, written(when), when.span, gathering.numbers[when])
    assert isinstance(when, Call)
    parts, count = when.arguments, None
    if when.function == "at_least":
        counted, *rest = when.arguments
        parts, count = tuple(rest), gathering.static(counted)
    return Node(
        when,
        written(when),
        when.span,
        together=_TOGETHER[when.function],
        count=count if isinstance(count, int) else None,
        parts=tuple(tree(gathering, part) for part in parts),
    )


# What they see


def with_operands(gathering: Gathering, one: Numbered) -> Numbered:
    """Return a condition with the values that it sees and the parameters with values by day that it reads."""
    comparison = comparison_of(one.expression)
    operands = comparison.arguments if isinstance(comparison, Call) else (comparison,)
    shown = [operand for operand in map(bare, operands) if not isinstance(operand, Constant)]
    inner = [found for operand in shown for found in walk(operand) if isinstance(found, Aggregate | Statistic)]
    for asked in _asked(one.expression):
        _take_in_answers(gathering, asked)
    unit = next((gathering.units[operand] for operand in shown if operand in gathering.units), None)
    told = tuple(_operand(gathering, operand) for operand in dict.fromkeys([*shown, *inner]))
    return replace(one, unit=unit, operands=told, dated=gathering.dated(one.expression))


def _operand(gathering: Gathering, node: Expression) -> Operand:
    gathering.need(node)
    return Operand(
        node,
        written(node),
        rows_below(gathering, node) if isinstance(node, Aggregate) else None,
        compared(gathering, node) if isinstance(node, Statistic) else None,
    )


def _asked(node: Expression) -> list[Field]:
    """Return the segmentations that a comparison asks."""
    asked = []
    while isinstance(node, Answers):
        asked.append(node.segmentation)
        node = node.comparison
    return asked


def _take_in_answers(gathering: Gathering, asked: Field) -> None:
    """Take in what the answers of a segmentation of a row above may be."""
    if not asked.row.path or asked in gathering.answers:
        return
    segments = gathering.program.segmentation(asked.name).segments
    texts = [Constant(one, types.STRING.present(), asked.span) for one in segments]
    collects = asked.type.kind is types.Kind.LIST
    each = [_answer(asked, "in_list", text, asked) if collects else _answer(asked, "=", asked, text) for text in texts]
    above = gathering.program.table(asked.row.table)
    key = above.key[0]
    found = AnswersAbove(
        Field(asked.row, key, above.column(key).type.maybe_missing(), asked.span),
        tuple(zip(segments, each, strict=True)),
        None if collects else _answer(asked, "in", asked, *texts),
    )
    gathering.answers[asked] = found
    gathering.need(found.key, *each, found.any_of_them)


def _answer(asked: Field, function: str, *arguments: Expression) -> Answers:
    comparison = Call(function, arguments, types.BOOLEAN, asked.span)
    return Answers(asked, comparison, types.BOOLEAN, asked.span)
