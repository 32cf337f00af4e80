"""SR636: a table that no answer depends on."""

from __future__ import annotations

from collections.abc import Iterator

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, told
from segrules.lint.reading import is_own
from segrules.program.program import Program
from segrules.program.reach import tables_needed


def unused_table(program: Program) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each table of the ruleset's own file that nothing needs."""
    needed = tables_needed(program)
    for table in program.tables:
        if table.name not in needed and is_own(program, table.span):
            yield told(
                catalogue.UNUSED_TABLE,
                f"nothing that the ruleset answers needs the table `{table.name}`",
                table.span,
                "not read",
                "read it where it is meant, or take it out",
            )
