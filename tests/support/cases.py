"""Tables of expressions and their values: `expression ; column: type … ; value`, a line each, the header first."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from segrules.language.formatting import literal
from segrules.language.values import Value

TABLE = "cases"


@dataclass(frozen=True)
class Cases:
    """The header's cells, and those of each line; the last cell is the value."""

    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    @property
    def metrics(self) -> list[str]:
        """The metric of each line's expression."""
        return [f"case_{number}" for number in range(len(self.lines))]

    @property
    def ruleset(self) -> str:
        """A ruleset with a metric for each line; every column is optional."""
        columns = [
            f"      {column.partition(':')[0]}: {{type: {column.partition(':')[2]}, optional: true}}\n"
            for column in self.header[1:-1]
        ]
        metrics = [f"  {name}: |\n    {line[0]}\n" for name, line in zip(self.metrics, self.lines, strict=True)]
        return "".join(
            [
                f"segrules: 1\nruleset: cases\nentity: {TABLE}\ntables:\n  {TABLE}:\n    key: number\n    columns:\n",
                "      number: integer\n",
                *columns,
                "metrics:\n",
                *metrics,
            ]
        )

    @property
    def data(self) -> str:
        """A row for each line."""
        text = StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(["number", *(column.partition(":")[0] for column in self.header[1:-1])])
        for number, line in enumerate(self.lines):
            rows.writerow([number, *("" if cell == "missing" else cell for cell in line[1:-1])])
        return text.getvalue()

    def with_values(self, values: Sequence[Value]) -> str:
        """The table with these values in its last column."""
        lines = [(*line[:-1], literal(value)) for line, value in zip(self.lines, values, strict=True)]
        return _in_line([self.header, *lines])


def read_cases(text: str) -> Cases:
    header, *lines = [_cells(line) for line in text.splitlines()]
    assert header[0] == "expression"
    assert header[-1] == "value"
    return Cases(header, tuple((*line, "")[: len(header)] for line in lines))


def in_line(text: str) -> str:
    """A table with its cells in line."""
    return _in_line([_cells(line) for line in text.splitlines()])


def _in_line(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "".join(
        " ; ".join(f"{cell:{width}}" for cell, width in zip(line, widths, strict=True)).rstrip() + "\n"
        for line in lines
    )


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in re.split(r" ;(?: |$)", line))
