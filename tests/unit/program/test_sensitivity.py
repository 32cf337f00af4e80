"""What counts as sensitive: columns that are declared so, and what is worked out from them."""

from __future__ import annotations

import pytest

from segrules.diagnostics.source import Source
from segrules.language.types import BOOLEAN
from segrules.program.nodes import Field, Row, Scope
from segrules.program.program import Computed
from segrules.program.sensitivity import NOTHING_SENSITIVE, hidden_note, sensitivity_of
from tests.support.rulesets import program_of

SPAN = Source("ruleset.yaml", "text").span(0, 4)

PROGRAM = program_of("""
    entity: people
    tables:
      people:
        key: id
        belongs_to: {town: {table: towns, by: town_id}}
        columns:
          id: string
          town_id: string
          born: {type: date, sensitivity: personal}
          ill: {type: boolean, sensitivity: protected}
          wanted: integer
      visits:
        belongs_to: {person: {table: people, by: person_id}}
        columns: {person_id: string, cost: {type: number, sensitivity: protected}}
        derived: {tax: cost / 5}
      towns:
        key: id
        columns: {id: string, income: {type: number, sensitivity: protected}, size: integer}
    parameters: {limit: 18}
    metrics:
      age: days_between(born, as_of) / 365
      adult: age >= limit
      price: if adult then 10 else 5
      taxes: sum(visits.tax)
      visits_made: count(visits)
      costly: count(visits where visits.cost > 100)
      rich: town.income + 1
      place: percentile(taxes over all)
      among: rank(wanted over town_id where ill)
      size: town.size
      by_segment: if tier = 'a' then wanted else 0
      sick: any(visits.cost > 3)
    scorecards:
      need:
        terms: {poor: {points: 10, value: taxes, target: 5}, much: {points: 5, when: wanted > 3}}
        floors: poor > 1
    segmentations:
      tier: {hit_policy: first, rules: [{segment: a, when: age > 3}]}
""")
KNOWN = sensitivity_of(PROGRAM)


def computed(name: str) -> Computed:
    return next(one for one in PROGRAM.computed if one.name == name)


@pytest.mark.parametrize(
    ("name", "sources"),
    {
        "age": {"born"},
        "adult": {"born"},
        "price": {"born"},
        "tax": {"visits.cost"},
        "taxes": {"visits.cost"},
        "costly": {"visits.cost"},
        "rich": {"towns.income"},
        "place": {"visits.cost"},
        "among": {"ill"},
        "sick": {"visits.cost"},
        "need": {"visits.cost"},
        "need.poor": {"visits.cost"},
        "need.qualifies": {"visits.cost"},
        "need.much": set(),
        "visits_made": set(),
        "size": set(),
        "by_segment": set(),
    }.items(),
)
def test_what_is_worked_out_comes_from_every_sensitive_column_that_it_reads(name: str, sources: set[str]) -> None:
    assert KNOWN.sources_of(computed(name).value) == sources


def test_values_are_hidden_but_how_conditions_and_floors_turn_out_is_not() -> None:
    tier, card = PROGRAM.segmentations[0], PROGRAM.scorecards[0]
    own = Row(Scope.ROW, (), "people")
    shown = [tier.rules[0].when, card.floors[0], Field(own, "need.qualifies", BOOLEAN, SPAN)]
    assert [node for node in shown if KNOWN.hides(node)] == []
    names = ("born", "ill", "age", "adult", "price", "sick", "need", "need.poor")
    assert [name for name in names if not KNOWN.hides(Field(own, name, BOOLEAN, SPAN))] == []


def test_a_yes_or_no_that_is_a_condition_itself_is_told() -> None:
    program = program_of("""
        entity: people
        tables:
          people:
            key: id
            columns:
              id: string
              ill: {type: boolean, sensitivity: personal}
              old: {type: boolean, sensitivity: personal}
        segmentations: {care: {hit_policy: first, rules: [{segment: a, when: ill}]}}
    """)
    own = Row(Scope.ROW, (), "people")
    hides = sensitivity_of(program).hides
    assert [hides(Field(own, name, BOOLEAN.present(), SPAN)) for name in ("ill", "old")] == [False, True]


def test_a_program_without_sensitive_columns_hides_nothing() -> None:
    program = program_of("entity: people\ntables: {people: {key: id, columns: {id: string}}}\nmetrics: {copy: id}")
    assert sensitivity_of(program) is NOTHING_SENSITIVE
    assert not NOTHING_SENSITIVE.hides(program.metrics[0].value)


def test_the_way_out_is_told_with_the_columns() -> None:
    assert hidden_note(["a", "b.c", "d"]).startswith(
        "values of `a`, `b.c` and `d`, and what comes from them, are hidden"
    )
