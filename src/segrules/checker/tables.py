"""Tables: their columns with types and constraints, their keys, and what belongs to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from segrules.checker import hierarchy_messages, name_messages, table_messages
from segrules.checker.column_types import ALL_TYPES, other_word, read_type
from segrules.checker.formulas import check_constant
from segrules.checker.world import World
from segrules.document.ruleset import RulesetText
from segrules.document.table_text import ColumnText, FileFormatText, RelationText, TableText
from segrules.document.written import Entry, Flag, Formula, Text, TypeName, Word
from segrules.language import types
from segrules.language.types import NUMERIC, TEMPORAL, Kind, Type
from segrules.program.nodes import Expression
from segrules.program.program import Column, FileFormat, Relation, Table


def declare_tables(world: World, ruleset: RulesetText) -> None:
    """Add the ruleset's tables to the world, without their `where`."""
    for entry in ruleset.tables:
        world.tables[entry.name.value] = _table(world, entry.name, entry.value)
    for entry in ruleset.tables:
        _complete_keys_from(world, entry.name.value, entry.value)
    for entry in ruleset.tables:
        _check_key(world, entry.name, entry.value)
        kept = [one for one in entry.value.belongs_to if _relation_fits(world, entry.name.value, one)]
        names = {one.name.value for one in kept}
        table = world.tables[entry.name.value]
        relations = tuple(relation for relation in table.relations if relation.name in names)
        world.tables[table.name] = replace(table, relations=relations)


def words(written: Word | tuple[Word, ...] | None) -> tuple[Word, ...]:
    """Return one name or several as several."""
    if written is None:
        return ()
    return written if isinstance(written, tuple) else (written,)


def texts(written: Text | tuple[Text, ...] | None) -> tuple[str, ...]:
    """Return one text or several as several."""
    if written is None:
        return ()
    return tuple(one.value for one in (written if isinstance(written, tuple) else (written,)))


def is_set(flag: Flag | None) -> bool:
    """Whether a flag is there and true."""
    return flag is not None and flag.value


def _table(world: World, name: Word, written: TableText) -> Table:
    columns = tuple(_column(world, entry) for entry in written.columns)
    relations = tuple(_relation(name.value, entry) for entry in written.belongs_to)
    keys_from = written.keys_from.value if written.keys_from else None
    return Table(
        name.value,
        tuple(word.value for word in words(written.key)),
        columns,
        relations,
        name.span,
        keys_from=keys_from,
        source=_format(written.source),
    )


def _format(written: FileFormatText | None) -> FileFormat:
    if written is None:
        return FileFormat()
    return FileFormat(
        written.file.value if written.file else None,
        written.format.value if written.format else None,
        written.separator.value if written.separator else None,
        written.encoding.value if written.encoding else None,
        texts(written.date_format),
        is_set(written.decimal_comma),
        texts(written.missing),
    )


def _relation(table: str, entry: Entry[RelationText]) -> Relation:
    written = entry.value
    by = tuple(word.value for word in words(written.by))
    down = written.as_.value if written.as_ else table
    return Relation(entry.name.value, written.table.value, by, down, is_set(written.required), entry.name.span)


# Columns


def _column(world: World, entry: Entry[TypeName | ColumnText]) -> Column:
    name, written = entry.name, entry.value
    if isinstance(written, TypeName):
        return Column(name.value, _type(world, written), name.value, name.span)
    found = _with_values(world, written, _type(world, written.type))
    found = replace(found, nullable=is_set(written.optional), unit=written.unit.value if written.unit else None)
    _check_options(world, written, found)
    return Column(
        name.value,
        found,
        written.header.value if written.header else name.value,
        name.span,
        unique=is_set(written.unique),
        missing=texts(written.missing),
        split=written.split.value if written.split else None,
        date_formats=texts(written.date_format),
        sensitivity=written.sensitivity.value if written.sensitivity else None,
        basis=written.basis.value if written.basis else None,
        title=written.title.value if written.title else None,
    )


def _type(world: World, written: TypeName) -> Type:
    found = read_type(written.value)
    if found is None:
        world.report(table_messages.unknown_type(written.span, written.value, other_word(written.value), ALL_TYPES))
        return types.UNKNOWN
    return found


def _with_values(world: World, written: ColumnText, found: Type) -> Type:
    if written.values is None:
        if written.ordered is not None and written.ordered.value:
            world.report(table_messages.values_needed(written.ordered.span))
        return found
    seen: set[str] = set()
    for value in written.values:
        if value.value in seen:
            world.report(table_messages.repeated_value(value.span, value.value))
        seen.add(value.value)
    listed = tuple(dict.fromkeys(value.value for value in written.values))
    if found.kind is Kind.STRING:
        return replace(found, values=listed, ordered=is_set(written.ordered))
    if found.kind is Kind.LIST and found.item is not None and found.item.kind is Kind.STRING:
        return replace(found, item=replace(found.item, values=listed, ordered=is_set(written.ordered)))
    if found.kind is not Kind.UNKNOWN:
        way_out = "use `min` and `max`" if found.kind in NUMERIC | TEMPORAL else "leave `values` out"
        world.report(table_messages.column_option(written.values[0].span, "values", found, way_out))
    return found


def _check_options(world: World, written: ColumnText, found: Type) -> None:
    item = found.item.kind if found.item else found.kind
    if found.kind is Kind.UNKNOWN:
        return
    if written.split is not None and found.kind is not Kind.LIST:
        world.report(
            table_messages.column_option(written.split.span, "split", found, "give it the type `list of string`")
        )
    if written.date_format is not None and item not in TEMPORAL:
        first = written.date_format[0] if isinstance(written.date_format, tuple) else written.date_format
        world.report(table_messages.column_option(first.span, "date_format", found, "give it the type `date`"))


def check_bounds(world: World, ruleset: RulesetText) -> None:
    """Give the columns their `min` and `max`; these may read parameters, so every name must be declared by now."""
    for entry in ruleset.tables:
        table = world.tables[entry.name.value]
        written = {one.name.value: one.value for one in entry.value.columns if isinstance(one.value, ColumnText)}
        columns = tuple(
            _bounded(world, column, written[column.name]) if column.name in written else column
            for column in table.columns
        )
        world.tables[table.name] = replace(table, columns=columns)


def _bounded(world: World, column: Column, written: ColumnText) -> Column:
    minimum = _bound(world, written.min, "min", column.type)
    return replace(column, minimum=minimum, maximum=_bound(world, written.max, "max", column.type))


def _bound(world: World, formula: Formula | None, option: str, found: Type) -> Expression | None:
    if formula is None or found.kind is Kind.UNKNOWN:
        return None
    if found.kind not in NUMERIC | TEMPORAL:
        world.report(
            table_messages.column_option(formula.span, option, found, f"leave `{option}` out, or list `values`")
        )
        return None
    return check_constant(world, formula, found)


# Keys


def _complete_keys_from(world: World, name: str, written: TableText) -> None:
    """Give a table that takes its keys from another the key columns that it does not declare."""
    table = world.tables[name]
    if table.keys_from is None or written.keys_from is None:
        return
    source = world.tables.get(table.keys_from)
    if source is None:
        world.report(table_messages.unknown_table(written.keys_from.span, table.keys_from, tuple(world.tables)))
        return
    by = next((relation.by for relation in source.relations if relation.table == name), table.key)
    stored = {column.name: column for column in source.columns}
    if len(by) != len(table.key) or not table.key or any(column not in stored for column in by):
        if table.key:
            world.report(table_messages.no_way_to_keys(written.keys_from.span, name, source.name, table.key))
        return
    declared = {column.name for column in table.columns}
    for key, column in zip(table.key, by, strict=True):
        if key in declared:
            _check_made_key(world, table.column(key), written, source, stored[column])
    added = tuple(
        replace(stored[column], name=key, type=stored[column].type.present(), unique=False)
        for key, column in zip(table.key, by, strict=True)
        if key not in declared
    )
    world.tables[name] = replace(table, columns=(*added, *table.columns))


def _check_made_key(world: World, key: Column, written: TableText, source: Table, taken: Column) -> None:
    """Refuse what a key declares that is not so, or is not looked at, in the column that its values are taken from."""
    if not any(relation.by == (taken.name,) for relation in source.relations) and not _meets(taken.type, key.type):
        world.report(table_messages.key_type(taken.span, taken.name, taken.type, key.name, key.type, key.span))
    column = next(entry.value for entry in written.columns if entry.name.value == key.name)
    if isinstance(column, ColumnText):
        values = column.values[0] if column.values and key.type.values != taken.type.values else None
        for option, value in (("values", values), ("min", column.min), ("max", column.max)):
            if value is not None:
                world.report(table_messages.unchecked_key(value.span, option, key.name, f"{source.name}.{taken.name}"))


def _check_key(world: World, name: Word, written: TableText) -> None:
    table = world.tables[name.value]
    known = [column.name for column in table.columns]
    for word in words(written.key):
        if word.value not in known and table.keys_from is None:
            world.report(name_messages.unknown_name(word.span, word.value, known, f"of a column of `{table.name}`"))
    if not table.key and table.name == world.entity:
        world.report(table_messages.no_key(name.span, table.name, "its rows are the ones to be segmented"))
    elif not table.key and table.keys_from is not None:
        world.report(table_messages.no_key(name.span, table.name, "`keys_from` takes keys"))


def _relation_fits(world: World, table: str, entry: Entry[RelationText]) -> bool:
    written = entry.value
    target = world.tables.get(written.table.value)
    if target is None:
        world.report(table_messages.unknown_table(written.table.span, written.table.value, tuple(world.tables)))
        return False
    if target.name == table and (written.as_ is None or written.as_.value == table):
        by = [word.value for word in words(written.by)]
        span = written.table.span if written.as_ is None else written.as_.span
        world.report(hierarchy_messages.unnamed_way(span, table, entry.name.value, by))
    if not target.key:
        why = f"`{table}` cannot find its row there"
        world.report(table_messages.no_key(written.table.span, target.name, why))
        return False
    return _key_fits(world, table, words(written.by), target)


def _key_fits(world: World, table: str, by: Iterable[Word], target: Table) -> bool:
    columns = {column.name: column for column in world.tables[table].columns}
    keys = {column.name: column for column in target.columns}
    by = tuple(by)
    if len(by) != len(target.key):
        world.report(table_messages.key_count(by[0].span, target.name, target.key, len(by)))
        return False
    fits = True
    for word, key in zip(by, target.key, strict=True):
        if word.value not in columns:
            world.report(name_messages.unknown_name(word.span, word.value, columns, f"of a column of `{table}`"))
            fits = False
        elif key in keys and not _meets(columns[word.value].type, keys[key].type):
            given, wanted = columns[word.value].type, keys[key]
            world.report(table_messages.key_type(word.span, word.value, given, key, wanted.type, wanted.span))
            fits = False
    return fits


def _meets(given: Type, key: Type) -> bool:
    if Kind.UNKNOWN in (given.kind, key.kind):
        return True
    return given.kind is key.kind and given.places == key.places
