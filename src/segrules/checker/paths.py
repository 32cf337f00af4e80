"""What a name, or names joined by dots, reads: a column of this row, of one above, or of a row that is aggregated."""

from __future__ import annotations

from dataclasses import replace

from segrules.checker import name_messages
from segrules.checker.place import Place, Reads, unknown
from segrules.checker.world import COMPUTED, Meaning, Sort
from segrules.diagnostics.source import Span
from segrules.language import syntax, types
from segrules.language.types import Type
from segrules.program.nodes import Expression, Field, Reference, Row, Scope
from segrules.program.program import HitPolicy, Segmentation

_Names = tuple[syntax.Identifier, ...]


def check_path(place: Place, node: syntax.Path) -> Expression:
    """Return the field or reference that a path reads."""
    names = node.names
    below = place.below
    if len(names) == 1 and (name := place.aliases.get(names[0].text)):
        meant = syntax.Identifier(name, start=node.start, end=node.end)
        return _column(place, node, meant, Row(Scope.ROW, (), place.world.entity), nullable=False)
    if below and tuple(name.text for name in names[: len(below.names)]) == below.names:
        return _from_below(place, node, names[len(below.names) :])
    return _follow(place, node, names, Row(Scope.ROW, (), place.table))


def _from_below(place: Place, node: syntax.Path, rest: _Names) -> Expression:
    below = place.below
    assert below is not None
    if not rest:
        columns = [column.name for column in place.world.tables[below.table].columns]
        place.report(name_messages.path_without_column(place.span(node), below.written, columns))
        return unknown(place.span(node))
    return _follow(place, node, rest, Row(Scope.CHILD, (), below.table))


def _follow(place: Place, node: syntax.Path, names: _Names, row: Row) -> Expression:
    """Go up along `belongs_to` names as far as there are any, then read the column, whose name may hold a dot."""
    nullable = False
    while len(names) > 1:
        if member := _member(place, names, row):
            return _column(place, node, member, row, nullable)
        meaning = place.world.names[row.table].get(names[0].text)
        if meaning is None or meaning.sort is not Sort.RELATION:
            return _not_a_way_up(place, node, names, row, meaning)
        if place.reads is not Reads.EVERYTHING:
            return _out_of_reach(place, names[0], meaning)
        relation = place.world.relation(row.table, names[0].text)
        if relation is None:
            return unknown(place.span(node))
        nullable |= not relation.required
        row = Row(row.scope, (*row.path, relation.name), relation.table)
        names = names[1:]
    return _column(place, node, names[0], row, nullable)


def _member(place: Place, names: _Names, row: Row) -> syntax.Identifier | None:
    """Return names as the one name with dots that the row has by them, such as `tier.discount`."""
    dotted = ".".join(name.text for name in names)
    known = dotted in place.world.names[row.table]
    return syntax.Identifier(dotted, start=names[0].start, end=names[-1].end) if known else None


def _not_a_way_up(place: Place, node: syntax.Path, names: _Names, row: Row, meaning: Meaning | None) -> Expression:
    first, second = names[0], names[1]
    span = place.span(first)
    if meaning is None:
        if first.text == row.table and not row.path:
            written = ".".join(name.text for name in names[1:])
            place.report(name_messages.needs_no_table(place.span(node), first.text, written))
        else:
            place.report(name_messages.unknown_name(span, first.text, readable(place, row), _where(place, row)))
    elif meaning.sort is Sort.BELOW:
        _report_rows(place, node, first.text)
    elif members := place.world.members(row.table, first.text):
        place.report(name_messages.unknown_member(place.span(second), second.text, first.text, members))
    else:
        place.report(name_messages.no_column_behind(place.span(second), second.text, first.text, meaning.sort.value))
    return unknown(place.span(node))


def _report_rows(place: Place, node: syntax.Path, table: str) -> None:
    if place.below:
        place.report(name_messages.two_tables(place.span(node), place.below.written, table))
    else:
        place.report(name_messages.rows_not_aggregated(place.span(node), table, place.text(node), place.table))


def _column(place: Place, node: syntax.Path, name: syntax.Identifier, row: Row, nullable: bool) -> Expression:
    span = place.span(node)
    meaning = place.world.names[row.table].get(name.text)
    if meaning is None:
        _report_unknown(place, name, row)
        return unknown(span)
    outside = row.path or row.scope is Scope.CHILD
    match meaning.sort:
        case Sort.PARAMETER if not outside:
            parameter = place.world.parameters.get(name.text)
            return Reference(name.text, parameter.type, span) if parameter else unknown(span)
        case Sort.AS_OF if not outside:
            if place.reads is not Reads.EVERYTHING:
                return _out_of_reach(place, name, meaning)
            return Reference(name.text, types.DATE.present(), span)
        case Sort.PARAMETER | Sort.AS_OF:
            _report_unknown(place, name, row)
            return unknown(span)
        case Sort.BELOW:
            _report_rows(place, node, name.text)
            return unknown(span)
        case Sort.RELATION:
            if relation := place.world.relation(row.table, name.text):
                columns = [column.name for column in place.world.tables[relation.table].columns]
                place.report(name_messages.path_without_column(span, place.text(node), columns))
            return unknown(span)
        case Sort.COLUMN if place.reads is not Reads.PARAMETERS:
            found = place.world.stored_type(row.table, name.text)
        case _ if place.reads is not Reads.EVERYTHING:
            return _out_of_reach(place, name, meaning)
        case _:
            found = _computed_type(place, row.table, name.text, span)
    return Field(row, name.text, replace(found, nullable=found.nullable or nullable), span)


def _computed_type(place: Place, table: str, name: str, span: Span) -> Type:
    definition = place.world.definition(table, name, span)
    if definition is None:
        return types.UNKNOWN
    return segmentation_type(definition) if isinstance(definition, Segmentation) else definition.type


def segmentation_type(segmentation: Segmentation) -> Type:
    """Return the type of a segmentation's field: one of its segments, or, under `collect`, a list of them."""
    segment = Type(types.STRING.kind, values=segmentation.segments, ordered=segmentation.ordered)
    if segmentation.hit_policy is HitPolicy.COLLECT:
        return types.list_of(segment.present()).present()
    return segment


def _out_of_reach(place: Place, name: syntax.Identifier, meaning: Meaning) -> Expression:
    span = place.span(name)
    if place.reads is Reads.PARAMETERS:
        why, way_out = "a number stands here that is the same for every row", "use a number or a parameter"
    else:
        why = "`where` is decided before anything is worked out"
        way_out = "use the table's own columns and parameters, or put the condition into the rules"
    place.report(name_messages.out_of_reach(span, name.text, meaning.sort.value, why, way_out))
    return unknown(span)


def _report_unknown(place: Place, name: syntax.Identifier, row: Row) -> None:
    """Say that a name is unknown, and, where it is a column of another table, how that is written."""
    below = place.below
    alone = not row.path and row.scope is Scope.ROW
    if alone and below and _has_column(place, below.table, name.text):
        written = f"{below.written}.{name.text}"
        place.report(name_messages.needs_table(place.span(name), name.text, written))
        return
    if alone and (elsewhere := _elsewhere(place, name.text)):
        place.report(name_messages.needs_table(place.span(name), name.text, elsewhere))
        return
    place.report(name_messages.unknown_name(place.span(name), name.text, readable(place, row), _where(place, row)))


def _has_column(place: Place, table: str, name: str) -> bool:
    meaning = place.world.names[table].get(name)
    return meaning is not None and (meaning.sort is Sort.COLUMN or meaning.sort in COMPUTED)


def _elsewhere(place: Place, name: str) -> str | None:
    if place.reads is not Reads.EVERYTHING:
        return None
    table = place.world.tables[place.table]
    for relation in table.relations:
        if relation.table in place.world.tables and _has_column(place, relation.table, name):
            return f"{relation.name}.{name}"
    for step, down in place.world.links_down(place.table):
        if _has_column(place, step.table, name):
            return f"{down}.{name}"
    return None


def readable(place: Place, row: Row) -> list[str]:
    """Return the names that an expression there can read."""
    outside = bool(row.path) or row.scope is Scope.CHILD
    hidden = {Sort.PARAMETER, Sort.AS_OF, Sort.BELOW} if outside else set()
    if place.reads is Reads.PARAMETERS:
        hidden = set(Sort) - {Sort.PARAMETER}
    elif place.reads is Reads.STORED:
        hidden = set(Sort) - {Sort.PARAMETER, Sort.COLUMN}
    known = [name for name, meaning in place.world.names[row.table].items() if meaning.sort not in hidden]
    return known if outside else [*place.aliases, *known]


def _where(place: Place, row: Row) -> str:
    if place.reads is Reads.PARAMETERS:
        return "that can stand here"
    return f"of `{row.table}`" if row.table != place.world.entity else f"that a rule for `{row.table}` can read"
