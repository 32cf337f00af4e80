"""Scorecards: terms of each sort, floors, and the best of several cards."""

from __future__ import annotations

from collections.abc import Callable

from segrules.language import types
from segrules.language.types import NUMERIC, Kind, Type
from tests.properties.generators.emitter import Formula, Words
from tests.properties.generators.expressions import Expressions
from tests.properties.generators.world import Chooser, Scope, Typed, World, row_scope

Readable = dict[str, Type]

POINTS = ("30", "12.5", "0", "-5", "0.1")
TARGETS = ("2", "0", "0.5", "-1", "3", "7")
EDGES = (("0", "2"), ("1",), ("-1", "0.5", "3"))


def scorecard(choose: Chooser, world: World, name: str, when: Callable[[Scope], object]) -> tuple[object, Readable]:
    """A scorecard as written, and what can be read of it; `when` makes the condition of a term."""
    if world.scorecards and choose.chance(40):
        cards = choose.some(list(world.scorecards), 1, 3)
        return {"best_of": cards}, _readable(name, [], Type(Kind.STRING, values=tuple(cards)))
    scope = row_scope(world, world.entity.name)
    terms = {f"t{number}": _term(choose, world, scope, when) for number in range(1, choose.number(1, 3) + 1)}
    written: dict[str, object] = {"terms": terms}
    if choose.chance(60):
        written["floors"] = _floors(choose, list(terms))
    return written, _readable(name, list(terms), None)


def _readable(name: str, terms: list[str], card: Type | None) -> Readable:
    found = {name: types.NUMBER, f"{name}.qualifies": types.BOOLEAN}
    found |= {f"{name}.{term}": types.NUMBER for term in terms}
    return found | ({f"{name}.card": card} if card else {})


def _term(choose: Chooser, world: World, scope: Scope, when: Callable[[Scope], object]) -> dict[str, object]:
    parameters = [name for name, typed in world.parameters.items() if typed.kind in NUMERIC]

    def number(options: tuple[str, ...]) -> Words:
        return Words(choose.of([*options, *parameters]))

    def value() -> Formula:
        return Formula(_number(choose, world, scope).text)

    sort = choose.of(["part", "whole", "steps"])
    if sort == "part":
        term: dict[str, object] = {"points": number(POINTS), "value": value(), "target": number(TARGETS)}
    elif sort == "whole":
        term = {"points": number(POINTS), "when": when(scope)}
    else:
        term = {"bands": {"of": value(), "points": {edge: number(POINTS) for edge in choose.of(EDGES)}}}
    return term | ({"missing": number(("0", "1.5"))} if choose.chance(30) else {})


def _number(choose: Chooser, world: World, scope: Scope) -> Typed:
    return Expressions(choose, world, scope).number(choose.of((1, 0, 2)))


def _floors(choose: Chooser, terms: list[str]) -> object:
    if choose.chance(40):
        return Formula(choose.of(["every term > 0", "every  term is present", "not every term < 1"]))
    conditions = [f"{choose.of(terms)} {choose.of(['>', '>=', '<', '='])} {choose.of(TARGETS)}" for _ in range(2)]
    return [Formula(condition) for condition in conditions]
