"""Hit policies with unknown rules, held against every way in which the unknown ones could go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segrules.language import types
from segrules.meaning.comparisons import NO_SEGMENT, in_list
from segrules.meaning.decisions import (
    Answer,
    Certainty,
    Decision,
    Outcome,
    Tried,
    answer,
    decide,
    operands,
)
from segrules.meaning.logic import Truth
from segrules.program.program import HitPolicy, Output, Rule, Segmentation
from tests.support.programs import SPAN, rule, segmentation

OUTCOMES = {True: Outcome.MATCHED, False: Outcome.FAILED, None: Outcome.UNKNOWN}
T, F, U = True, False, None


def decided(policy: HitPolicy, tried: Sequence[tuple[str, Truth]], **further: object) -> Decision:
    rules = [rule(segment, truth, id=f"{segment}_{number}") for number, (segment, truth) in enumerate(tried, 1)]
    if policy is HitPolicy.PRIORITY:
        further.setdefault("priority", tuple(sorted({segment for segment, _ in tried})))
    found = segmentation("s", policy, rules, **further)
    return decide(found, [Tried(one, OUTCOMES[truth]) for one, (_, truth) in zip(rules, tried, strict=True)])


def shown(decision: Decision) -> tuple[object, ...]:
    assigned = decision.segments or decision.segment
    return assigned, decision.certainty.value, decision.possible, [one.id for one in decision.unknown_rules]


CERTAIN, PROVISIONAL = Certainty.CERTAIN.value, Certainty.PROVISIONAL.value


@pytest.mark.parametrize(
    ("tried", "default", "expected"),
    [
        ([("a", T), ("b", U)], None, ("a", CERTAIN, ("a",), [])),
        ([("a", U), ("b", T)], None, ("b", PROVISIONAL, ("a", "b"), ["a_1"])),
        ([("a", U), ("b", F), ("a", T)], None, ("a", CERTAIN, ("a",), [])),
        ([("a", U), ("b", U)], ("c",), ("c", PROVISIONAL, ("a", "b", "c"), ["a_1", "b_2"])),
        ([("a", U), ("a", U)], None, (None, PROVISIONAL, ("a", "(no segment)"), ["a_1", "a_2"])),
        ([("a", U), ("b", U), ("a", T)], None, ("a", PROVISIONAL, ("a", "b"), ["b_2"])),
        ([("a", U), ("b", F)], ("a",), ("a", CERTAIN, ("a",), [])),
        ([("a", F)], None, (None, CERTAIN, ("(no segment)",), [])),
    ],
)
def test_first(tried: list[tuple[str, Truth]], default: tuple[str, ...] | None, expected: tuple[object, ...]) -> None:
    assert shown(decided(HitPolicy.FIRST, tried, default=default)) == expected


@pytest.mark.parametrize(
    ("tried", "expected"),
    [
        ([("b", T), ("a", T)], ("a", CERTAIN, ("a",), [])),
        ([("b", T), ("a", U)], ("b", PROVISIONAL, ("b", "a"), ["a_2"])),
        ([("b", U), ("a", T)], ("a", CERTAIN, ("a",), [])),
        ([("b", U), ("a", F)], (None, PROVISIONAL, ("b", "(no segment)"), ["b_1"])),
    ],
)
def test_priority(tried: list[tuple[str, Truth]], expected: tuple[object, ...]) -> None:
    assert shown(decided(HitPolicy.PRIORITY, tried)) == expected


@pytest.mark.parametrize(
    ("tried", "default", "expected"),
    [
        ([("a", T), ("b", F)], None, ("a", CERTAIN, ("a",), [])),
        ([("a", T), ("a", T)], None, (None, CERTAIN, ("(conflict)",), [])),
        ([("a", T), ("b", T), ("c", U)], None, (None, CERTAIN, ("(conflict)",), [])),
        ([("a", T), ("a", U)], None, ("a", PROVISIONAL, ("a", "(conflict)"), ["a_2"])),
        ([("a", U), ("b", F)], None, (None, PROVISIONAL, ("a", "(no segment)"), ["a_1"])),
        ([("a", U), ("b", F)], ("a",), ("a", CERTAIN, ("a",), [])),
        ([("a", U), ("a", U)], ("a",), ("a", PROVISIONAL, ("a", "(conflict)"), ["a_1", "a_2"])),
    ],
)
def test_unique(tried: list[tuple[str, Truth]], default: tuple[str, ...] | None, expected: tuple[object, ...]) -> None:
    assert shown(decided(HitPolicy.UNIQUE, tried, default=default)) == expected


@pytest.mark.parametrize(
    ("tried", "default", "expected"),
    [
        ([("a", T), ("a", T)], None, ("a", CERTAIN, ("a",), [])),
        ([("a", T), ("b", T)], ("c",), (None, CERTAIN, ("(conflict)",), [])),
        ([("a", T), ("a", U)], None, ("a", CERTAIN, ("a",), [])),
        ([("a", T), ("b", U)], None, ("a", PROVISIONAL, ("a", "(conflict)"), ["b_2"])),
        ([("b", U), ("a", T), ("a", U)], None, ("a", PROVISIONAL, ("a", "(conflict)"), ["b_1"])),
        ([("a", U), ("a", U)], ("a",), ("a", CERTAIN, ("a",), [])),
        ([("a", U), ("b", U)], ("a",), ("a", PROVISIONAL, ("a", "b", "(conflict)"), ["a_1", "b_2"])),
    ],
)
def test_any(tried: list[tuple[str, Truth]], default: tuple[str, ...] | None, expected: tuple[object, ...]) -> None:
    assert shown(decided(HitPolicy.ANY, tried, default=default)) == expected


@pytest.mark.parametrize(
    ("tried", "default", "expected"),
    [
        ([("b", T), ("a", T), ("b", T)], None, (("b", "a"), CERTAIN, (), [])),
        ([("b", T), ("a", U), ("b", U)], None, (("b",), PROVISIONAL, ("a",), ["a_2"])),
        ([("b", F)], ("c", "d"), (("c", "d"), CERTAIN, (), [])),
        ([("b", U)], ("c",), (("c",), PROVISIONAL, ("b",), ["b_1"])),
        ([("b", U)], ("b",), (("b",), CERTAIN, (), [])),
        ([("b", U)], ("b", "c"), (("b", "c"), PROVISIONAL, (), ["b_1"])),
        ([("b", U)], None, (None, PROVISIONAL, ("b",), ["b_1"])),
    ],
)
def test_collect(tried: list[tuple[str, Truth]], default: tuple[str, ...] | None, expected: tuple[object, ...]) -> None:
    assert shown(decided(HitPolicy.COLLECT, tried, default=default)) == expected


def test_the_rules_that_made_an_answer_are_named() -> None:
    tried: list[tuple[str, Truth]] = [("b", T), ("a", T), ("b", T)]
    named = {policy: decided(policy, tried).rules for policy in HitPolicy}
    assert named == {
        HitPolicy.FIRST: ("b_1",),
        HitPolicy.PRIORITY: ("a_2",),
        HitPolicy.UNIQUE: ("b_1", "a_2", "b_3"),
        HitPolicy.ANY: ("b_1", "a_2", "b_3"),
        HitPolicy.COLLECT: ("b_1", "a_2", "b_3"),
    }
    assert decided(HitPolicy.ANY, tried).conflict == ("b_1", "a_2", "b_3")
    assert decided(HitPolicy.FIRST, tried).conflict == ()


# Against every way to go


@st.composite
def cases(draw: st.DrawFn) -> tuple[Segmentation, list[Tried]]:
    policy = draw(st.sampled_from(HitPolicy))
    has_outputs = policy is not HitPolicy.COLLECT and draw(st.booleans())
    outputs = st.tuples(st.sampled_from([1, None])) if has_outputs else st.just(())
    drawn = draw(st.lists(st.tuples(st.sampled_from("abc"), outputs), max_size=5))
    rules = [rule(segment, T, id=str(number), outputs=given) for number, (segment, given) in enumerate(drawn)]
    size = 3 if policy is HitPolicy.COLLECT else 1
    default = draw(st.none() | st.lists(st.sampled_from("abcd"), min_size=1, max_size=size, unique=True).map(tuple))
    priority = tuple(draw(st.permutations("abc"))) if policy is HitPolicy.PRIORITY else ()
    further = (Output("s", "x", types.INTEGER, SPAN),) if has_outputs else ()
    found = segmentation("s", policy, rules, default=default, priority=priority, outputs=further)
    outcomes = [Outcome.MATCHED, Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOT_IN_FORCE]
    return found, [Tried(one, draw(st.sampled_from(outcomes))) for one in rules]


def every_way(found: Segmentation, tried: Sequence[Tried]) -> dict[frozenset[str], Answer]:
    """The answer of each set of rules that may turn out to match."""
    ways = product(
        *([True, False] if one.outcome is Outcome.UNKNOWN else [one.outcome is Outcome.MATCHED] for one in tried)
    )
    sets = [[one.rule for one, true in zip(tried, way, strict=True) if true] for way in ways]
    return {frozenset(one.id for one in rules): answer(found, rules) for rules in sets}


@given(cases())
def test_possible_answers_are_those_of_every_way_to_go(case: tuple[Segmentation, list[Tried]]) -> None:
    found, tried = case
    decision, answers = decide(found, tried), set(every_way(found, tried).values())
    assert (decision.certainty is Certainty.CERTAIN) == (len(answers) == 1)
    if found.hit_policy is not HitPolicy.COLLECT:
        assert set(decision.answers) == answers
        names = {name for one in answers for name in one.segments}
        assert [name for name in decision.possible if name in found.segments] == [
            s for s in found.segments if s in names
        ]
        assert ("(no segment)" in decision.possible) == (Answer() in answers)
        assert ("(conflict)" in decision.possible) == (Answer(conflict=True) in answers)


@given(cases())
def test_a_collected_list_contains_what_is_in_all_or_in_none(case: tuple[Segmentation, list[Tried]]) -> None:
    found, tried = (replace(case[0], hit_policy=HitPolicy.COLLECT, outputs=()), case[1])
    decision, answers = decide(found, tried), set(every_way(found, tried).values())
    for segment in "abcdx":
        asked = {in_list(segment, members) for members in operands(found, decision) if isinstance(members, tuple)}
        assert asked == {segment in one.segments for one in answers}
    also = {name for one in answers for name in one.segments} - set(decision.segments)
    assert set(decision.possible) == also


@given(cases())
def test_a_rule_matters_that_alone_changes_the_answer_or_could_make_a_conflict(
    case: tuple[Segmentation, list[Tried]],
) -> None:
    found, tried = case
    ways = every_way(found, tried)
    true = frozenset(one.rule.id for one in tried if one.outcome is Outcome.MATCHED)

    def matters(one: Rule) -> bool:
        alone = ways[true | {one.id}] != ways[true]
        clashes = [way for way in ways if one.id in way and ways[way].conflict and not ways[way - {one.id}].conflict]
        return alone or bool(clashes)

    unknown = [one.rule for one in tried if one.outcome is Outcome.UNKNOWN]
    assert list(decide(found, tried).unknown_rules) == [one for one in unknown if matters(one)]


@given(cases())
def test_an_assignment_is_provisional_when_a_rule_matters(case: tuple[Segmentation, list[Tried]]) -> None:
    decision = decide(*case)
    assert (decision.certainty is Certainty.PROVISIONAL) == bool(decision.unknown_rules)


def test_no_segment_and_a_conflict_are_one_operand() -> None:
    found = segmentation("s", HitPolicy.UNIQUE, [rule("a", U, id="1"), rule("b", U, id="2")])
    decision = decide(found, [Tried(one, Outcome.UNKNOWN) for one in found.rules])
    assert sorted(map(str, operands(found, decision))) == sorted(map(str, [NO_SEGMENT, "a", "b"]))


def with_outputs(policy: HitPolicy, tried: Sequence[tuple[str, object, Truth]], **further: object) -> Decision:
    rules = [rule(segment, truth, id=str(place), outputs=(x,)) for place, (segment, x, truth) in enumerate(tried)]
    found = segmentation("s", policy, rules, outputs=(Output("s", "x", types.INTEGER, SPAN),), **further)
    return decide(found, [Tried(one, OUTCOMES[truth]) for one, (_, _, truth) in zip(rules, tried, strict=True)])


def test_two_unknown_rules_of_one_segment_with_different_outputs_make_it_provisional() -> None:
    decision = with_outputs(HitPolicy.FIRST, [("a", 1, U), ("a", 2, T)])
    assert shown(decision) == ("a", PROVISIONAL, ("a",), ["0"])
    assert decision.outputs == (2,)


def test_rules_agree_when_their_outputs_do_too() -> None:
    assert with_outputs(HitPolicy.ANY, [("a", 1, T), ("a", 1, T)]).rules == ("0", "1")
    assert with_outputs(HitPolicy.ANY, [("a", 1, T), ("a", 2, T)]).conflict == ("0", "1")


def test_of_the_rules_of_one_segment_the_first_gives_the_outputs_under_priority() -> None:
    decision = with_outputs(HitPolicy.PRIORITY, [("b", 0, T), ("a", 1, T), ("a", 2, T)], priority=("a", "b"))
    assert (decision.segment, decision.outputs, decision.rules) == ("a", (1,), ("1",))


def test_the_default_and_no_segment_have_no_outputs() -> None:
    assert with_outputs(HitPolicy.FIRST, [("a", 1, F)], default=("a",)).outputs == (None,)
    assert with_outputs(HitPolicy.FIRST, [("a", 1, F)]).outputs == (None,)
    assert with_outputs(HitPolicy.UNIQUE, [("a", 1, T), ("b", 1, T)]).outputs == (None,)


def test_an_unknown_rule_that_gives_the_segment_of_the_default_matters_by_its_outputs() -> None:
    assert with_outputs(HitPolicy.FIRST, [("a", 1, U)], default=("a",)).certainty is Certainty.PROVISIONAL
    assert with_outputs(HitPolicy.FIRST, [("a", None, U)], default=("a",)).certainty is Certainty.CERTAIN
