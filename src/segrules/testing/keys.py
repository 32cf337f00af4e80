"""The row of the entity that an expectation is about, by its key as it is written."""

from __future__ import annotations

from collections.abc import Mapping

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.document.written import Text, Word
from segrules.engine.faults import Unreadable
from segrules.engine.spelling import Spelling
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.program.program import Program
from segrules.testing import expectation_mistakes as mistakes
from segrules.testing.values import read_value

Key = tuple[Value, ...]


def read_key(program: Program, written: Word) -> Key | Diagnostic:
    """Return the key that is written, with commas between its parts, or what is wrong with it."""
    table = program.table(program.entity)
    texts = [written.value] if len(table.key) == 1 else [part.strip() for part in written.value.split(",")]
    if len(texts) != len(table.key):
        return mistakes.key_parts(written, table)
    found: list[Value] = []
    for name, text in zip(table.key, texts, strict=True):
        column = table.column(name)
        try:
            start = written.value.index(text)
            part = written.passage.part(start, start + len(text))
            found.append(read_value(Text(text, part), column.type, Spelling(timezone=program.timezone)))
        except Unreadable:
            return mistakes.unreadable_key(written, column)
    return tuple(found)


def find_row(program: Program, written: Word, rows: Mapping[Key, object]) -> Key | Diagnostic:
    """Return the key that is written if a row has it, or what is wrong."""
    key = read_key(program, written)
    if isinstance(key, Diagnostic) or key in rows:
        return key
    return mistakes.unknown_row(written, program.table(program.entity), [spelt(one) for one in rows])


def spelt(key: Key) -> str:
    """Return a key as it is written in a file of tests."""
    return ", ".join(text_of(part) for part in key)
