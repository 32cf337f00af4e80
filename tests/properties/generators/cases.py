"""Cases: a ruleset as text and at times as files, the day it is evaluated, and rows for its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.properties.generators.emitter import to_yaml
from tests.properties.generators.imported_files import spread
from tests.properties.generators.rows import EIGHTHS, Rows, generated_rows
from tests.properties.generators.rulesets import AS_OF, generated_world, ruleset_parts
from tests.properties.generators.world import Chooser


@dataclass(frozen=True)
class Case:
    """A ruleset with data; printed so that it can be read in a report.

    `text` is the whole ruleset; `files` are those over which it is spread, by path, and empty if it is in one.
    """

    text: str
    files: dict[str, str]
    as_of: date
    rows: Rows

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the case in Hypothesis' reports."""
        assert not cycle
        tables = (f"{table}:\n" + "".join(f"  {row}\n" for row in rows) for table, rows in self.rows.items())
        ruleset = "".join(f"--- {path}\n{content}" for path, content in self.files.items()) or self.text
        printer.text(f"as of {self.as_of}\n{ruleset}\n{''.join(tables)}")


@st.composite
def cases(
    draw: st.DrawFn, numbers: Sequence[float] = EIGHTHS, *, percent_spread: int = 70, changeable: bool = False
) -> Case:
    """Rulesets with rows; `numbers` are those that stand in columns of the type `number`.

    At most `percent_spread` of a hundred rulesets are spread over files; of 70 it is nearer to half of them, as
    Hypothesis likes what is small. Of `changeable` ones most rules go by columns that the owner of a row can change.
    """
    choose = Chooser(draw)
    as_of = choose.of(AS_OF)
    world = generated_world(choose, as_of, changeable=changeable)
    parts = ruleset_parts(choose, world)
    rows = generated_rows(choose, world, numbers)
    files = spread(choose, parts) if choose.chance(percent_spread) else {}
    return Case(to_yaml(parts), files, as_of, rows)


def cases_of_any_doubles() -> st.SearchStrategy[Case]:
    """Rulesets with rows whose numbers are any doubles, very large and very small ones among them."""
    doubles = st.floats(allow_infinity=False, allow_nan=False)
    return st.lists(doubles, min_size=1, max_size=6).flatmap(cases)
