"""Rulesets: tables three deep with ways up beside them, parameters, derived columns, metrics, segmentations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from segrules.language import types
from segrules.language.types import NUMERIC, Kind, Type, decimal, list_of
from tests.properties.generators.decision_tables import as_block, decision_table
from tests.properties.generators.emitter import Formula, Words
from tests.properties.generators.expressions import Expressions
from tests.properties.generators.scorecards import scorecard
from tests.properties.generators.world import Chooser, Relation, Scope, Table, Typed, World, row_scope, stored_scope

SMALL = Type(Kind.STRING, values=("a", "b", "c"))
KEYS = Type(Kind.STRING, values=("k4", "k2", "k6", "k1", "k3", "k5"))
LEVELS = Type(Kind.STRING, values=("low", "mid", "high"), ordered=True)

COLUMN_TYPES = {
    "int": types.INTEGER, "num": types.NUMBER, "bool": types.BOOLEAN, "text": types.STRING, "day": types.DATE,
    "money": decimal(2), "level": LEVELS, "kind": SMALL, "tags": list_of(types.STRING), "at": types.DATETIME,
    "rate": decimal(4), "whole": decimal(0), "ints": list_of(types.INTEGER),
}  # fmt: skip

PARAMETERS = {
    "p_int": (types.INTEGER, ["2", "0", "-1"]),
    "p_rate": (decimal(2), ["30%", "5%"]),
    "p_price": (decimal(2), ["2.50", "0.25"]),
    "p_period": (types.DURATION, ["1 month", "30 days", "1 year"]),
    "p_day": (types.DATE, ["2026-02-28", "2026-03-31"]),
    "p_text": (types.STRING, ["a", "ab"]),
    "p_flag": (types.BOOLEAN, ["true", "false"]),
    "p_texts": (list_of(types.STRING), ["[a, b]", "[ab]"]),
    "p_ints": (list_of(types.INTEGER), ["[1, 2]", "[0]"]),
}

SEGMENTS = ("gold", "silver", "bronze", "a")
POLICIES = ("first", "collect", "unique", "priority", "any")
AS_OF = (date(2026, 3, 31), date(2026, 6, 30), date(2024, 2, 29), date(2026, 2, 28))


def generated_world(choose: Chooser, as_of: date, *, changeable: bool = False) -> World:
    """Declare tables, then what is worked out, each able to read all that came before it, wherever it will stand."""
    world = World(changeable=changeable)
    _add_tables(choose, world)
    for name in choose.some(list(PARAMETERS), 0, 4):
        kind, values = PARAMETERS[name]
        world.parameters[name] = Typed(_parameter(choose, values, as_of), kind)
    _add_actionable(choose, world.entity)
    required = {one.table for table in world.tables.values() for one in table.relations if one.required}
    for table in world.tables.values():
        if choose.chance(20) and table.keys_from is None and table.name not in required:
            table.where = Expressions(choose, world, stored_scope(world, table.name)).condition(1).text
    for number in range(choose.number(1, 6)):
        _add_definition(choose, world, as_of, number)
    _add_segmentation(choose, world, as_of, 9)
    return world


def _parameter(choose: Chooser, values: list[str], as_of: date) -> str:
    """A value, or values by day around that of the evaluation, in an order that varies."""
    if not choose.chance(35):
        return choose.of(values)
    days = [date(2020, 1, 1), *(as_of + timedelta(days=days) for days in choose.some([0, 1, -1, -400], 0, 3))]
    by_day = {day: choose.of(values) for day in choose.some(days, len(days), len(days))}
    return "{" + ", ".join(f"{day}: {value}" for day, value in by_day.items()) + "}"


# Tables


def _add_tables(choose: Chooser, world: World) -> None:
    has_orders = not choose.chance(10)
    keys_only = has_orders and choose.chance(8)
    has_lines = has_orders and choose.chance(60)
    composite = choose.chance(15)
    customers = _table(world, "customers", ("id", "no") if composite else ("id",))
    if keys_only:
        customers.keys_from = "orders"
    else:
        _add_columns(choose, customers, 3 if world.changeable else 1, 5)
        if choose.chance(40):
            _add_columns(choose, _table(world, "regions", ("id",)), 1, 2)
            _belongs(choose, world, customers, "region", "regions")
    if not keys_only and choose.chance(30):
        _belongs(choose, world, customers, "parent", "customers", down="children")
    if has_orders:
        orders = _table(world, "orders", ("id",) if has_lines or choose.chance(50) else ())
        _add_columns(choose, orders, 1, 5)
        _belongs(choose, world, orders, "customer", "customers", may_be_required=not keys_only)
        if not keys_only and choose.chance(15):
            _belongs(choose, world, orders, "referrer", "customers", down="referrals")
        if orders.key and choose.chance(15):
            _belongs(choose, world, orders, "bundle", "orders", down="parts")
    if has_lines:
        lines = _table(world, "lines", choose.of([(), ("id",)]))
        _add_columns(choose, lines, 1, 4)
        _belongs(choose, world, lines, "order", "orders")
        if choose.chance(50):
            _add_columns(choose, _table(world, "products", ("id",)), 1, 3)
            _belongs(choose, world, lines, "product", "products")


def _table(world: World, name: str, key: tuple[str, ...]) -> Table:
    table = world.tables[name] = Table(name, key)
    for column in key:
        _store(table, column, types.INTEGER if column == "no" else types.STRING)
    return table


def _store(table: Table, name: str, kind: Type, *, optional: bool = False) -> None:
    table.stored[name] = table.readable[name] = kind
    if optional:
        table.optional.add(name)


def _add_columns(choose: Chooser, table: Table, low: int, high: int) -> None:
    for name in choose.some(list(COLUMN_TYPES), low, high):
        _store(table, name, COLUMN_TYPES[name], optional=choose.chance(60))
        if COLUMN_TYPES[name].kind in NUMERIC and choose.chance(20):
            table.bounds[name] = choose.of(((0, 10), (-2, 3), (1, 1)))


def _belongs(
    choose: Chooser, world: World, table: Table, name: str, above: str, *, down: str = "", may_be_required: bool = True
) -> None:
    required = may_be_required and choose.chance(25)
    key = world.tables[above].key
    by = tuple(f"{name}_{column}" for column in key)
    text = choose.of([KEYS, replace(KEYS, ordered=True)]) if choose.chance(15) else types.STRING
    for column, part in zip(by, key, strict=True):
        kind = types.INTEGER if part == "no" else text
        _store(table, column, kind, optional=not required)
        if world.tables[above].keys_from == table.name:
            _store(world.tables[above], part, kind)
    table.relations.append(Relation(name, above, by, required, down or table.name, bool(down)))


def _add_actionable(choose: Chooser, table: Table) -> None:
    """Mark columns that the owner of a row can change; the key and what a row belongs to are none."""
    kept = {*table.key, *(name for relation in table.relations for name in relation.by)}
    for name, kind in table.stored.items():
        may_be = kind.kind in NUMERIC | {Kind.BOOLEAN} or kind.values is not None
        if name not in kept and may_be and choose.chance(70):
            table.actionable[name] = _actionable(choose, kind, table.bounds.get(name))


def _actionable(choose: Chooser, kind: Type, bounds: tuple[int, int] | None) -> object:
    if kind.kind not in NUMERIC:
        values = kind.values or ("true", "false")
        return True if choose.chance(60) else {"to": [Words(one) for one in choose.some(values, 1, 2)]}
    if kind.kind is not Kind.NUMBER and choose.chance(40):
        return True
    steps = ["0.5", "1", "0.1"] if kind.kind is Kind.NUMBER else ["1", "2"]
    found: dict[str, object] = {"step": Words(choose.of(steps))}
    if choose.chance(40):
        found["direction"] = choose.of(["up", "down", "any"])
    if choose.chance(40):
        low, high = bounds or (0, 10)
        found["min"], found["max"] = Words(str(low)), Words(str(max(low, high - 1)))
    return found


# What is worked out


def _add_definition(choose: Chooser, world: World, as_of: date, number: int) -> None:
    sort = choose.of(["metric", "segmentation", "derived", "scorecard"])
    if sort == "segmentation":
        _add_segmentation(choose, world, as_of, number)
        return
    if sort == "scorecard":
        name = f"c{number}"
        written, readable = scorecard(choose, world, name, lambda scope: _when(choose, world, scope, 1))
        world.scorecards[name] = written
        world.entity.readable.update(readable)
        return
    table = world.entity if sort == "metric" else choose.of(list(world.tables.values()))
    made = Expressions(choose, world, row_scope(world, table.name)).value(choose.of((1, 2, 0, 3)))
    name = f"{'m' if sort == 'metric' else 'd'}{number}"
    (world.metrics if sort == "metric" else table.derived)[name] = made.text
    table.readable[name] = made.type


def _add_segmentation(choose: Chooser, world: World, as_of: date, number: int) -> None:
    name = f"seg{number}"
    make = choose.of([*[_rules] * (9 if world.changeable else 3), _tabled, _tabled, _bands])
    made, kind, outputs = make(choose, world, as_of)
    world.segmentations[name] = made
    world.entity.readable[name] = kind
    world.entity.readable |= {f"{name}.{output}": of for output, of in outputs.items()}


Made = tuple[dict[str, object], Type, dict[str, Type]]
"""A segmentation, its type, and those of its further outputs."""


def _bands(choose: Chooser, world: World, _: date) -> Made:
    of = Expressions(choose, world, row_scope(world, world.entity.name)).number(2)
    names = SEGMENTS[: choose.number(1, 3)]
    edges = [Words(edge) for edge in ("0", "1.5", "3")[: len(names)]]
    way = choose.of(["from", "up_to"])
    bands: dict[str, object] = {"of": Formula(of.text), way: dict(zip(names, edges, strict=True))}
    return {"bands": bands}, Type(Kind.STRING, values=names, ordered=True), {}


def _rules(choose: Chooser, world: World, as_of: date) -> Made:
    scope = row_scope(world, world.entity.name)
    rules = [_rule(choose, world, scope, as_of) for _ in range(choose.number(1, 4))]
    made, kind = _decided(choose, choose.of(POLICIES), list(dict.fromkeys(str(rule["segment"]) for rule in rules)))
    return made | {"rules": rules}, kind, {}


def _tabled(choose: Chooser, world: World, _: date) -> Made:
    policy = choose.of(POLICIES)
    scope = row_scope(world, world.entity.name)
    grid = decision_table(choose, world, scope, SEGMENTS, outputs=policy != "collect")
    made, kind = _decided(choose, policy, list(grid.segments))
    return made | {"table": Formula(as_block(choose, grid))}, kind, grid.outputs


def _decided(choose: Chooser, policy: str, named: list[str]) -> tuple[dict[str, object], Type]:
    """What stands beside rules or a table that name segments, and the type of the segmentation."""
    made: dict[str, object] = {"hit_policy": Words(policy)}
    default = choose.some(SEGMENTS, 1, 2 if policy == "collect" else 1) if choose.chance(50) else []
    if default:
        made["default"] = default if policy == "collect" else default[0]
    if policy == "priority":
        named = choose.some(named, len(named), len(named))
        made["priority"] = named
    ordered = policy != "collect" and choose.chance(40)
    if ordered:
        made["ordered"] = True
    further = [segment for segment in default if segment not in named]
    values = (*further, *reversed(named)) if ordered else (*named, *further)
    kind = Type(Kind.STRING, values=tuple(values), ordered=ordered)
    return made, list_of(kind) if policy == "collect" else kind


def _rule(choose: Chooser, world: World, scope: Scope, as_of: date) -> dict[str, object]:
    segment = choose.of(SEGMENTS)
    rule: dict[str, object] = {"segment": segment, "when": _when(choose, world, scope, 2)}
    if choose.chance(15):
        day = as_of + timedelta(days=choose.of([0, -1, 1]))
        rule["valid"] = {choose.of(["from", "until"]): Words(day.isoformat())}
    if choose.chance(20) and scope.fields:
        hole = choose.of(scope.fields)
        format_ = choose.of(["", ":,", ":.1f", ":,.0f", ":.1%"]) if hole.kind in NUMERIC else ""
        rule["because"] = f"{segment} {{{hole.text}{format_}}}"
    return rule


def _when(choose: Chooser, world: World, scope: Scope, depth: int) -> object:
    if depth == 0 or not choose.chance(30):
        names = [one.text for one in scope.fields if one.text in world.entity.actionable]
        if names and choose.chance(90 if world.changeable else 50):
            return Formula(_threshold(choose, choose.of(names), world.entity))
        return Formula(Expressions(choose, world, scope).condition(choose.of((1, 0, 2, 3))).text)
    parts = [_when(choose, world, scope, depth - 1) for _ in range(choose.number(1, 3))]
    word = choose.of(["all", "any", "none", "at_least"])
    if word != "at_least":
        return {word: parts}
    counts = ["1", "2", *(name for name in world.parameters if name == "p_int")]
    return {word: {"count": Words(choose.of(counts)), "of": parts}}


def _threshold(choose: Chooser, name: str, table: Table) -> str:
    """A condition on a column that can be changed."""
    kind = table.stored[name]
    if kind.kind is Kind.BOOLEAN:
        return choose.of([name, f"not {name}"])
    if kind.values:
        return f"{name} {choose.of(['=', '!='])} '{choose.of(kind.values)}'"
    return f"{name} {choose.of(['>=', '>', '<', '<=', '='])} {choose.of(['2', '3', '1', '0', '7'])}"


# As text


def ruleset_parts(choose: Chooser, world: World) -> dict[str, object]:
    """Write a world down as a ruleset, in nested dicts; what has no order may stand in any."""
    tables = {name: _table_text(table) for name, table in world.tables.items()}
    metrics = {name: Formula(text) for name, text in world.metrics.items()}
    segmentations = dict(world.segmentations)
    if choose.chance(30):
        metrics = dict(reversed(metrics.items()))
        segmentations = dict(reversed(segmentations.items()))
    parameters = {name: Words(typed.text) for name, typed in world.parameters.items()}
    whole = {
        "segrules": 1, "ruleset": "generated", "entity": world.entity.name, "tables": tables,
        "parameters": parameters, "metrics": metrics,
        "scorecards": world.scorecards, "segmentations": segmentations,
    }  # fmt: skip
    return {key: part for key, part in whole.items() if part}


def _table_text(table: Table) -> dict[str, object]:
    columns = {name: _column_text(table, name) for name in table.stored if name not in _given_by_keys(table)}
    relations = {
        relation.name: {"table": relation.table, "by": list(relation.by)}
        | ({"as": relation.down} if relation.renamed else {})
        | ({"required": True} if relation.required else {})
        for relation in table.relations
    }
    parts = {
        "key": list(table.key), "keys_from": table.keys_from, "belongs_to": relations,
        "where": Formula(table.where) if table.where else None, "columns": columns,
        "derived": {name: Formula(text) for name, text in table.derived.items()},
    }  # fmt: skip
    return {key: part for key, part in parts.items() if part}


def _given_by_keys(table: Table) -> tuple[str, ...]:
    return table.key if table.keys_from else ()


def _column_text(table: Table, name: str) -> dict[str, object]:
    kind = table.stored[name]
    column: dict[str, object] = {"type": Words(str(kind))}
    if kind.values:
        column["values"] = list(kind.values)
    if kind.ordered:
        column["ordered"] = True
    if name in table.optional:
        column["optional"] = True
    if name in table.bounds:
        column["min"], column["max"] = (Words(str(bound)) for bound in table.bounds[name])
    if name in table.actionable:
        column["actionable"] = table.actionable[name]
    return column
