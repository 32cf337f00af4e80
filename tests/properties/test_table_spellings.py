"""A decision table is the same whether it stands in a block or in a CSV file, and however it is laid out there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from segrules.checker.check import check
from segrules.document.document import read_document
from segrules.program.canonical import print_program
from segrules.program.invariants import check_invariants
from tests.properties.generators.decision_tables import as_block, as_csv, decision_table
from tests.properties.generators.emitter import Formula, Words, to_yaml
from tests.properties.generators.rulesets import SEGMENTS, generated_world, ruleset_parts
from tests.properties.generators.world import Chooser, row_scope

AS_OF = date(2026, 6, 30)


@dataclass(frozen=True)
class Spellings:
    """A ruleset with a table in a block, the same with it in a file, and that file."""

    block: str
    named: str
    file: str


@st.composite
def spellings(draw: st.DrawFn) -> Spellings:
    choose = Chooser(draw)
    world = generated_world(choose, AS_OF)
    grid = decision_table(choose, world, row_scope(world, world.entity.name), SEGMENTS, outputs=True)
    head = {"hit_policy": Words("first")}
    texts = []
    for table in (Formula(as_block(choose, grid)), {"file": "table.csv"}):
        world.segmentations["tabled"] = head | {"table": table}
        texts.append(to_yaml(ruleset_parts(choose, world)))
    return Spellings(texts[0], texts[1], as_csv(choose, grid))


@given(spellings())
def test_a_file_means_what_a_block_does(given_: Spellings) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "table.csv").write_bytes(given_.file.encode())
        assert printed(folder, given_.named) == printed(folder, given_.block)


def printed(folder: Path, text: str) -> str:
    path = folder / "ruleset.yaml"
    path.write_bytes(text.encode())
    document, of_form = read_document(path)
    assert document is not None
    program, found = check(document.ruleset)
    assert program is not None, [one.message for one in (*of_form, *found) if one.is_error]
    check_invariants(program)
    return print_program(program)
