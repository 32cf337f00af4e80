"""A table as it was given, as typed columns: what can be read is read, and what cannot is told by row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.engine.conversion import bounds, converted, needs_reading
from segrules.engine.faults import Fault, Unreadable
from segrules.engine.reading import Reader, best_spelling, column_reader, read_all, reader
from segrules.engine.spelling import Spelling, spelling_of
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.program.program import Column, Table

Faults = Mapping[int, Fault]

# No column of a ruleset has such names.
_LEFT = "left unread"
_TYPED = "typed "


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table as the caller gave it: how many rows, and each declared column that it has, by its name in the ruleset.

    A column is a series of one of the types that `conversion.plain` leaves, or the values as Python has them.
    """

    height: int
    columns: Mapping[str, pl.Series | Sequence[object]]

    def values(self, column: str, rows: Sequence[int]) -> list[object]:
        """Return what was given in some rows of a column, as Python has it."""
        given = self.columns.get(column)
        if given is None:
            return [None] * len(rows)
        return python_values(given.gather(list(rows))) if isinstance(given, pl.Series) else [given[row] for row in rows]


@dataclass(frozen=True, slots=True)
class ScannedTable:
    """A table in files that are not read yet: each declared column that it has, plain, by its name in the ruleset.

    `dtypes` are the columns' types in the files.
    """

    frame: pl.LazyFrame
    dtypes: Mapping[str, pl.DataType]

    def read(self) -> GivenTable:
        """Return what is in the files."""
        frame = self.frame.collect()
        return GivenTable(frame.height, {column.name: column for column in frame})

    def values(self, column: str, rows: Sequence[int]) -> list[object]:
        """Return what is in some rows of a column, as Python has it."""
        return self.read().values(column, rows)


@dataclass(frozen=True, slots=True)
class TypedTable:
    """A table with its declared types. `faults` say, by column and row, why a value could not be read.

    `bounds` are what is known, without a look at the values, of the exact columns; see `conversion.bounds`.
    """

    frame: pl.DataFrame
    faults: Mapping[str, Faults]
    bounds: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def typed(table: Table, given: GivenTable | ScannedTable, timezone: str) -> TypedTable:
    """Return a table with every declared column as its declared type; one that was not given is missing throughout."""
    spellings = {column.name: spelling_of(column, table.source, timezone) for column in table.columns}
    if isinstance(given, ScannedTable):
        usual = _usual_throughout(table, given, spellings)
        if usual is not None:
            return TypedTable(usual, {}, _bounds(table, given))
        given = given.read()
    columns = _typed_series(table, given, spellings)
    for column in table.columns:
        if column.name not in columns:
            columns[column.name] = _typed_values(column, given, spellings[column.name])
    frame = pl.DataFrame([columns[column.name][0].alias(column.name) for column in table.columns])
    return TypedTable(frame, {name: faults for name, (_, faults) in columns.items() if faults})


def python_values(series: pl.Series) -> list[object]:
    """Return a column as Python has it; dates beyond Python's as text."""
    try:
        return series.to_list()
    except (OverflowError, ValueError):
        return series.cast(pl.String).to_list()


def _typed_values(column: Column, given: GivenTable, spelling: Spelling) -> tuple[pl.Series, Faults]:
    dtype = dtype_of(column.type)
    values = given.columns.get(column.name)
    if values is None:
        return pl.repeat(None, given.height, dtype=dtype, eager=True), {}
    read, faults = column_reader(column.type, spelling)(list(values))
    return pl.Series(read, dtype=dtype), faults


def _bounds(table: Table, scanned: ScannedTable) -> dict[str, tuple[int, int]]:
    given = [column for column in table.columns if column.name in scanned.dtypes]
    found = {column.name: bounds(scanned.dtypes[column.name], column.type) for column in given}
    return {name: known for name, known in found.items() if known is not None}


def _usual_throughout(table: Table, scanned: ScannedTable, spellings: Mapping[str, Spelling]) -> pl.DataFrame | None:
    """Return a table in which everything is spelt as usual, read and converted in one pass; None for any other."""
    schema = scanned.frame.collect_schema()
    given = [column for column in table.columns if column.name in schema]
    if any(_has_formats_to_choose(schema[column.name], column.type, spellings[column.name]) for column in given):
        return None
    found = {column.name: pl.lit(None, dtype_of(column.type)) for column in table.columns if column not in given}
    left = [pl.lit(False)]
    for column in given:
        raw, dtype, spelling = pl.col(column.name), schema[column.name], spellings[column.name]
        found[column.name] = converted(raw, dtype, column.type, spelling)
        if found[column.name] is not raw:
            left.append(needs_reading(raw, dtype, spelling) & pl.col(f"{_TYPED}{column.name}").is_null())
    # Looked at in a step of its own: Polars would convert a second time for it within the same one.
    read = scanned.frame.with_columns(expression.alias(f"{_TYPED}{name}") for name, expression in found.items())
    typed_columns = [pl.col(f"{_TYPED}{column.name}").alias(column.name) for column in table.columns]
    frame = read.select(*typed_columns, pl.any_horizontal(left).alias(_LEFT)).collect(engine="streaming")
    return None if frame.drop_in_place(_LEFT).any() else frame


def _typed_series(
    table: Table, given: GivenTable, spellings: Mapping[str, Spelling]
) -> dict[str, tuple[pl.Series, Faults]]:
    """Return the columns that were given as series: read together what is usual, then each what is left."""
    raw = pl.DataFrame({name: values for name, values in given.columns.items() if isinstance(values, pl.Series)})
    columns = [column for column in table.columns if column.name in raw.columns]
    settled = {column.name: _settled(raw[column.name], column.type, spellings[column.name]) for column in columns}
    finite = _finite(raw)
    usual = raw.lazy().with_columns(_usual(column, raw, settled[column.name], finite) for column in columns)
    frame = usual.collect(engine="in-memory")
    return {
        column.name: _completed(frame[column.name], raw[column.name], column.type, settled[column.name])
        for column in columns
    }


def _finite(raw: pl.DataFrame) -> frozenset[str]:
    """Return the columns of doubles in which all are finite, shown by their sum: these need no copy."""
    doubles = [name for name, dtype in raw.schema.items() if dtype == pl.Float64]
    if not doubles:
        return frozenset()
    sums = raw.lazy().select(pl.col(doubles).sum().is_finite()).collect(engine="in-memory").row(0)
    return frozenset(name for name, finite in zip(doubles, sums, strict=True) if finite)


def _usual(column: Column, raw: pl.DataFrame, spelling: Spelling, finite: frozenset[str]) -> pl.Expr:
    found = pl.col(column.name)
    if column.type.kind is Kind.NUMBER and column.name in finite and not spelling.missing:
        return found
    return converted(found, raw.schema[column.name], column.type, spelling).alias(column.name)


def _completed(usual: pl.Series, raw: pl.Series, declared: Type, spelling: Spelling) -> tuple[pl.Series, Faults]:
    """Return a column with what was left unread in it read value by value, and what cannot be read."""
    if usual.null_count() == raw.null_count():
        return usual, {}
    unread = pl.select(needs_reading(pl.lit(raw), raw.dtype, spelling) & pl.lit(usual).is_null()).to_series()
    rows = unread.arg_true()
    if rows.is_empty():
        return usual, {}
    values, faults = read_all(python_values(raw.gather(rows)), _remembering(reader(declared, spelling)))
    places = rows.to_list()
    return _filled(usual, unread, values), {places[at]: fault for at, fault in faults.items()}


def _remembering(read: Reader) -> Reader:
    """Return a reader that reads equal values once; lists and the like, which cannot be looked up, each time."""
    known: dict[object, Value] = {}
    wrong: dict[object, Fault] = {}

    def give(value: object) -> Value:
        if not _can_be_looked_up(value):
            return read(value)
        if value in known:
            return known[value]
        if value in wrong:
            raise Unreadable(wrong[value])
        try:
            found = known[value] = read(value)
        except Unreadable as unreadable:
            wrong[value] = unreadable.fault
            raise
        return found

    return give


def _can_be_looked_up(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _filled(usual: pl.Series, gaps: pl.Series, values: Sequence[Value]) -> pl.Series:
    """Return a column with values, in order, in its gaps."""
    patch = pl.Series(values, dtype=usual.dtype)
    if patch.null_count() == len(patch):
        return usual
    height = len(usual)
    order = pl.when(gaps).then(gaps.cum_sum().cast(pl.Int64) - 1 + height).otherwise(pl.int_range(height))
    return pl.concat([usual, patch]).gather(pl.select(order).to_series())


def _settled(raw: pl.Series, declared: Type, spelling: Spelling) -> Spelling:
    """Return the spelling with the one date format that fits a column best."""
    if not _has_formats_to_choose(raw.dtype, declared, spelling):
        return spelling
    texts = raw.drop_nulls().unique(maintain_order=True)
    one_each = [replace(spelling, date_formats=(spelt,)) for spelt in spelling.date_formats]
    return best_spelling(one_each, lambda one: _unread(texts, declared, one))


def _has_formats_to_choose(dtype: pl.DataType, declared: Type, spelling: Spelling) -> bool:
    is_day = declared.kind in (Kind.DATE, Kind.DATETIME)
    return is_day and dtype == pl.String and len(spelling.date_formats) > 1


def _unread(texts: pl.Series, declared: Type, spelling: Spelling) -> int:
    usual = converted(pl.col("text"), texts.dtype, declared, spelling).alias("usual")
    frame = pl.DataFrame({"text": texts}).with_columns(usual)
    return len(_completed(frame["usual"], texts, declared, spelling)[1])
