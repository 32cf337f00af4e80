"""Why a row is not in a segment: what is told is what keeps it out, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import starmap

from hypothesis import given

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.explain.asking import why_not
from segrules.explain.legend import Node
from segrules.explain.row import RowTrace, trace_row
from segrules.explain.shortfall import Shortfall
from segrules.explain.wanted import Wanted
from segrules.explain.why_not import Miss
from segrules.meaning import logic
from segrules.meaning.decisions import Outcome
from segrules.meaning.tables import RowAt
from segrules.program.nodes import Call, Expression
from tests.properties.answers import loaded, typed_rows
from tests.properties.generators.cases import Case, cases

Outcomes = dict[Expression, bool | None]


def misses(case: Case) -> Iterator[tuple[RowTrace, Miss]]:
    """What every row of a case is told of every segment."""
    program = loaded(case).bound(None, case.as_of)
    known = Interpreter(program, case.as_of, prepared(program, case.as_of, typed_rows(case)))
    wanted = [Wanted(one.name, segment) for one in program.segmentations for segment in one.segments]
    for index in range(len(known.tables.rows(program.entity))):
        row = trace_row(known, RowAt(program.entity, index))
        answer = why_not(row, wanted, lambda _: None)
        assert answer.text()
        assert len(answer.to_dict()) == len(wanted)
        yield from ((row, miss) for miss in answer.misses)


@given(cases())
def test_a_row_is_somewhere_else_or_a_rule_lacks_something_or_another_is_in_its_way(case: Case) -> None:
    for _, miss in misses(case):
        in_force = [near for near in miss.rules if near.in_force]
        assert all((near.lacks is None) is (near.outcome is Outcome.MATCHED) for near in in_force)
        if not miss.is_certain:
            assert all(near.lacks or near.in_the_way for near in in_force)
            assert in_force or miss.in_the_way or miss.segment not in (miss.segmentation.default or ())


@given(cases())
def test_what_is_told_would_be_enough(case: Case) -> None:
    """Were the nearest conditions that are told to turn out as wanted, the rule would match, and the others fail."""
    for row, miss in misses(case):
        entry = next(one for one in row.legend.segmentations if one.segmentation == miss.segmentation)
        whens = {rule.rule.id: rule.when for rule in entry.rules}
        for near in miss.rules:
            if near.lacks:
                hold(row, whens[near.rule.id], near.lacks, wanted=True)
            for obstacle in near.in_the_way:
                hold(row, whens[obstacle.rule.id], obstacle.to_fail, wanted=False)


def hold(row: RowTrace, when: Node, lacks: Shortfall, *, wanted: bool) -> None:
    if is_impossible(lacks):
        return
    changed = [(leaf.expression, leaf.wanted) for leaf in nearest(lacks) if leaf.expression]
    asked = set(both_ways(when, wanted))
    if not any((atom, not turned) in asked for atom, turned in starmap(undenied, changed)):
        assert outcome(row, when, dict(changed)) is wanted


def both_ways(node: Node, wanted: bool) -> Iterator[tuple[Expression, bool]]:
    """The conditions in one, each as it helps; one that helps both ways cannot turn without harm."""
    if node.number is not None:
        yield node.expression, wanted
    for part in node.parts:
        yield from both_ways(part, wanted is not (node.together == "not"))


def undenied(expression: Expression, wanted: bool) -> tuple[Expression, bool]:
    if isinstance(expression, Call) and expression.function == "not":
        return expression.arguments[0], not wanted
    return expression, wanted


def is_impossible(lacks: Shortfall) -> bool:
    """Whether more parts would have to turn than there are, as of `at_least` 2 of 1."""
    return lacks.is_never or lacks.needed > max(len(lacks.parts), 1) or any(map(is_impossible, lacks.parts))


def nearest(lacks: Shortfall) -> Iterator[Shortfall]:
    if not lacks.parts:
        yield lacks
    for part in lacks.parts[: lacks.needed]:
        yield from nearest(part)


def outcome(row: RowTrace, node: Node, given: dict[Expression, bool]) -> bool | None:
    """How a condition turns out with some others turned out as given; floors stand for their scorecard."""
    floors = next((card.floors for card in row.legend.scorecards if card.qualifies == node.expression), ())
    if node.expression in given:
        return given[node.expression]
    if node.number is not None and floors:
        return logic.conjunction([outcome(row, floor, given) for floor in floors])
    if node.number is not None:
        found = row.value(node.expression)
        assert found is None or isinstance(found, bool)
        return found
    truths = [outcome(row, part, given) for part in node.parts]
    match node.together:
        case "and":
            return logic.conjunction(truths)
        case "or":
            return logic.disjunction(truths)
        case "not":
            return logic.negation(truths[0])
        case _:
            return logic.at_least(node.count, *truths)
