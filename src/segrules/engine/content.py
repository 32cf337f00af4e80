"""The hash of the content of a table in memory: the same whatever library holds it, and in whatever chunks.

It is the SHA-256 of a text in UTF-8: a line with the declared columns, then one for each row, each line ended by a line
feed. A line is its values one after another, a value its length in bytes, a colon and its text, or `~` where it is
missing. The first line has name and type of every column, as the ruleset declares them. The values are those that the
ruleset reads, in its types:

- a text is itself; a boolean `true` or `false`; an integer its digits; a decimal its digits with all its places;
- a number the 64 bits of its double, read as a signed integer;
- a date `2026-01-31`, a datetime `2026-01-31T12:50:00.000000`, in the time zone of the ruleset;
- a list its members, written as those of a line are.
"""

from __future__ import annotations

from hashlib import sha256

import polars as pl

from segrules.language.types import Kind, Type
from segrules.program.program import Table

_MISSING = "~"
_DATE = "%Y-%m-%d"
_DATETIME = "%Y-%m-%dT%H:%M:%S%.6f"
_ROWS_AT_ONCE = 50_000


def content_hash(table: Table, frame: pl.DataFrame) -> str:
    """Return the hash of a frame that has the declared columns of a table in their types."""
    columns = [text for column in table.columns for text in (column.name, str(column.type))]
    found = sha256(("".join(map(_framed_text, columns)) + "\n").encode())
    values = [_framed(_text(pl.col(column.name), column.type)) for column in table.columns]
    for part in frame.iter_slices(_ROWS_AT_ONCE):
        lines = part.lazy().select(pl.concat_str(values).str.join("\n")).collect(engine="in-memory").item()
        found.update(f"{lines}\n".encode())
    return found.hexdigest()


def _framed_text(text: str) -> str:
    return f"{len(text.encode())}:{text}"


def _framed(text: pl.Expr) -> pl.Expr:
    """Return a text behind its length, or the sign for a missing one."""
    length = text.str.len_bytes().cast(pl.String)
    return pl.when(text.is_null()).then(pl.lit(_MISSING)).otherwise(pl.concat_str(length, pl.lit(":"), text))


def _text(value: pl.Expr, declared: Type) -> pl.Expr:
    match declared.kind:
        case Kind.NUMBER:
            return value.reinterpret(dtype=pl.Int64).cast(pl.String)
        case Kind.DATE:
            return value.dt.to_string(_DATE)
        case Kind.DATETIME:
            return value.dt.to_string(_DATETIME)
        case Kind.LIST:
            assert declared.item is not None
            return value.list.eval(_framed(_text(pl.element(), declared.item))).list.join("")
        case _:
            return value.cast(pl.String)
