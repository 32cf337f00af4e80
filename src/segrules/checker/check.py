"""The one arrow of this floor: a ruleset as written to a typed program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from segrules.checker import table_messages, type_messages
from segrules.checker.actionable import check_actionable
from segrules.checker.formulas import check_formula, check_where
from segrules.checker.names import declare_names, written_outputs
from segrules.checker.parameters import declare_parameters
from segrules.checker.scorecards import declare_scorecards
from segrules.checker.segmentations import check_segmentation
from segrules.checker.tables import check_bounds, declare_tables
from segrules.checker.treatment_units import with_units
from segrules.checker.treatments import check_groups, check_suppress, check_treatments
from segrules.checker.units import check_units
from segrules.checker.world import Key, World
from segrules.checker.worths import allocation_of
from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, in_order
from segrules.document.ruleset import RulesetText, Way
from segrules.document.table_text import ComputedText
from segrules.document.written import Entry, Formula, Text, Word
from segrules.language.types import Kind
from segrules.program.program import Computed, Import, Output, Program, Scorecard, Segmentation


def check(
    ruleset: RulesetText, parameters: Mapping[str, object] | None = None
) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """Return the program that a ruleset means, and everything that is wrong with it.

    `parameters` are values in place of the written ones, for one run. The program is None if there is an error.
    """
    world = World(ruleset.entity.value)
    declare_parameters(world, ruleset, parameters or {})
    declare_tables(world, ruleset)
    if world.entity not in world.tables:
        if world.entity:  # an entity that could not be read was reported where it stands
            world.report(table_messages.unknown_table(ruleset.entity.span, world.entity, tuple(world.tables)))
        return None, _told(world, ruleset)
    declare_names(world, ruleset)
    check_bounds(world, ruleset)
    check_actionable(world, ruleset)
    _declare_definitions(world, ruleset)
    scorecards = declare_scorecards(world, ruleset)
    for name in world.tables:
        _check_where(world, ruleset, name)
    for table, name in world.definitions:
        world.definition(table, name, None)
    treatments, groups = check_treatments(world, ruleset), check_groups(world, ruleset)
    suppress = check_suppress(world, ruleset)
    units = check_units(world, _declared_units(world, ruleset), scorecards())
    if suppress is not None:
        units.of(suppress)
    allocation = allocation_of(ruleset)
    treatments = with_units(world, units, treatments, groups, ruleset.treatments, allocation)
    program = replace(
        _program(world, ruleset, scorecards()), treatments=treatments, groups=groups, suppress=suppress,
        allocation=allocation,
    )  # fmt: skip
    found = _told(world, ruleset)
    return (None if any(diagnostic.is_error for diagnostic in found) else program), found


def _told(world: World, ruleset: RulesetText) -> tuple[Diagnostic, ...]:
    """Return what is wrong, without what only follows from names whose declaration could not be read."""
    follows = {
        catalogue.UNKNOWN_NAME,
        catalogue.UNKNOWN_VALUE,
        catalogue.UNKNOWN_TABLE,
        catalogue.UNKNOWN_TREATMENT,
        catalogue.UNKNOWN_GROUP,
    }
    return in_order(
        diagnostic
        for diagnostic in world.diagnostics
        if diagnostic.code not in follows
        or diagnostic.label is None
        or (ruleset.whole and diagnostic.label.span.text.strip("'\"") not in ruleset.unread)
    )


def _declare_definitions(world: World, ruleset: RulesetText) -> None:
    for table in ruleset.tables:
        for entry in table.value.derived:
            world.definitions.setdefault(
                (table.name.value, entry.name.value), _computed(world, table.name.value, entry)
            )
    for entry in ruleset.metrics:
        world.definitions.setdefault((world.entity, entry.name.value), _computed(world, world.entity, entry))
    for segmentation in ruleset.segmentations:
        world.definitions.setdefault(
            (world.entity, segmentation.name.value),
            lambda one=segmentation: check_segmentation(world, one.name, one.value),  # type: ignore[misc]
        )
        for output in written_outputs(segmentation):
            world.definitions.setdefault((world.entity, output.value), _output(world, segmentation.name.value, output))


def _output(world: World, segmentation: str, name: Word) -> Callable[[], Output | None]:
    def work_out() -> Output | None:
        found = world.definition(world.entity, segmentation, name.span)
        outputs = found.outputs if isinstance(found, Segmentation) else ()
        return next((output for output in outputs if output.column == name.value), None)

    return work_out


def _computed(world: World, table: str, entry: Entry[Formula | ComputedText]) -> Callable[[], Computed | None]:
    def work_out() -> Computed | None:
        written = entry.value
        formula = written if isinstance(written, Formula) else written.value
        value = check_formula(world, formula, table)
        if value.type.kind in (Kind.UNKNOWN, Kind.MISSING, Kind.DURATION):
            if value.type.kind is not Kind.UNKNOWN:
                world.report(type_messages.no_value(value.span, entry.name.value, value.type))
            return None
        title = None
        if isinstance(written, ComputedText):
            title = written.title.value if written.title else None
        return Computed(table, entry.name.value, value, entry.name.span, title)

    return work_out


def _declared_units(world: World, ruleset: RulesetText) -> dict[Key, Text]:
    """Return the units written beside the values of derived columns and metrics."""
    entries = [(table.name.value, entry) for table in ruleset.tables for entry in table.value.derived]
    entries += [(world.entity, entry) for entry in ruleset.metrics]
    return {
        (table, entry.name.value): entry.value.unit
        for table, entry in entries
        if isinstance(entry.value, ComputedText) and entry.value.unit is not None
    }


def _check_where(world: World, ruleset: RulesetText, name: str) -> None:
    written = next(entry.value for entry in ruleset.tables if entry.name.value == name)
    if written.where is not None:
        world.tables[name] = replace(world.tables[name], where=check_where(world, written.where, name))


def _program(world: World, ruleset: RulesetText, scorecards: tuple[Scorecard, ...]) -> Program:
    finished = world.finished
    points = {(column.table, column.name) for scorecard in scorecards for column in scorecard.columns}
    computed = [one for key, one in finished.items() if isinstance(one, Computed) and key not in points]
    metrics = {entry.name.value for entry in ruleset.metrics}
    names = [entry.name.value for entry in ruleset.segmentations]
    segmentations = [finished.get((world.entity, name)) for name in dict.fromkeys(names)]
    written = {key: place for place, key in enumerate(world.definitions)}
    computed.sort(key=lambda one: written[one.table, one.name])
    is_metric = [one.table == world.entity and one.name in metrics for one in computed]
    return Program(
        ruleset=ruleset.ruleset.value,
        entity=world.entity,
        timezone=_timezone(world, ruleset),
        tables=tuple(world.tables.values()),
        parameters=tuple(world.parameters.values()),
        derived=tuple(one for one, metric in zip(computed, is_metric, strict=True) if not metric),
        metrics=tuple(one for one, metric in zip(computed, is_metric, strict=True) if metric),
        segmentations=tuple(one for one in segmentations if isinstance(one, Segmentation)),
        order=tuple(finished),
        span=ruleset.span,
        scorecards=scorecards,
        imports=tuple(_import(way) for way in ruleset.ways),
        title=_text(ruleset.title),
        objective=_text(ruleset.objective),
        owner=_text(ruleset.owner),
    )


def _import(way: Way) -> Import:
    return Import(way.written.value, frozenset(file.name for file in way.files), way.kinds, way.written.span)


def _timezone(world: World, ruleset: RulesetText) -> str:
    if ruleset.timezone is None:
        return "UTC"
    try:
        ZoneInfo(ruleset.timezone.value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        world.report(table_messages.unknown_timezone(ruleset.timezone.span, ruleset.timezone.value))
    return ruleset.timezone.value


def _text(written: Text | None) -> str | None:
    return written.value if written else None
