"""What names joined by dots read."""

from __future__ import annotations

import pytest

from segrules.checker.expressions import check_expression
from segrules.checker.place import Place
from segrules.checker.world import Meaning, Sort, World
from segrules.diagnostics.source import Source, passage_of
from segrules.language import types
from segrules.language.parser import parse_expression
from segrules.program.nodes import Expression, Field, Row, Scope
from segrules.program.program import Computed, Relation, Table
from tests.support.programs import SPAN, constant


@pytest.fixture
def world() -> World:
    """A partner has a tier, and with it `tier.discount`; a deal belongs to a partner."""
    partners = Table("partners", ("id",), (), (), SPAN)
    deals = Table("deals", (), (), (Relation("partner", "partners", ("id",), "deals", False, SPAN),), SPAN)
    world = World("partners", {"partners": partners, "deals": deals})
    tier, discount = (Computed("partners", name, constant(1), SPAN) for name in ("tier", "tier.discount"))
    for one in (tier, discount):
        world.definitions["partners", one.name] = lambda one=one: one  # type: ignore[misc]
    world.names["partners"] = {one.name: Meaning(Sort.METRIC, SPAN) for one in (tier, discount)}
    world.names["deals"] = {"partner": Meaning(Sort.RELATION, SPAN)}
    return world


def read(world: World, table: str, text: str) -> Expression:
    passage = passage_of(Source("ruleset.yaml", text))
    tree, diagnostics = parse_expression(passage)
    assert tree is not None
    assert not diagnostics
    return check_expression(Place(world, table, passage), tree)


def test_a_name_with_a_dot_is_a_column_of_its_own(world: World) -> None:
    found = read(world, "partners", "tier.discount")
    assert found == Field(Row(Scope.ROW, (), "partners"), "tier.discount", types.INTEGER, SPAN)
    assert found.span.text == "tier.discount"


def test_it_is_read_at_the_end_of_a_path_too(world: World) -> None:
    found = read(world, "deals", "partner.tier.discount")
    row = Row(Scope.ROW, ("partner",), "partners")
    assert found == Field(row, "tier.discount", types.INTEGER, SPAN)


def test_the_nearest_name_behind_the_dot_is_offered(world: World) -> None:
    read(world, "partners", "tier.discout")
    (found,) = world.diagnostics
    assert (found.message, found.help) == ("`tier` has no `discout`", "did you mean `tier.discount`?")
    assert found.label is not None
    assert found.label.span.text == "discout"


def test_all_names_behind_the_dot_are_listed_where_none_is_near(world: World) -> None:
    read(world, "partners", "tier.owner")
    assert [found.help for found in world.diagnostics] == ["use one of `tier.discount`"]
