"""A control group of 10% of a million customers: close to 10%, and the same in every process and order of rows."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

import segrules

ROOT = Path(__file__).parents[2]
KEYS = 1_000_000
HELD_OUT = 99_652
"""How many of them are held out, in every version: who is must never change."""

RULESET = """
segrules: 1
ruleset: campaign
entity: customers
tables:
  customers: {key: customer, columns: {customer: string}}
treatments:
  - {treatment: letter, kind: communication, when: true, holdout: 10%}
"""
ANOTHER_PROCESS = """
import sys
from pathlib import Path
from tests.interfaces.test_holdout import control_group, customers, digest

print(digest(control_group(Path(sys.argv[1]), customers())))
"""


def customers() -> pl.DataFrame:
    return pl.select(pl.format("C{}", pl.int_range(KEYS)).alias("customer"))


def control_group(folder: Path, rows: pl.DataFrame) -> pl.Series:
    """The customers that are held out, in the order of the rows."""
    result = segrules.load(folder).evaluate({"customers": rows}, as_of=date(2026, 6, 30))
    found = result.treatments.filter(status="held_out")
    assert result.summary.treatments["letter"].held_out == found.height
    return found["customer"]


def digest(keys: pl.Series) -> str:
    return sha256("\n".join(keys).encode()).hexdigest()


def test_a_tenth_is_held_out_the_same_in_every_process_and_order(tmp_path: Path) -> None:
    (tmp_path / "ruleset.yaml").write_text(RULESET, "utf-8")
    held = control_group(tmp_path, customers())
    assert held.len() == HELD_OUT
    assert abs(held.len() / KEYS - 0.1) < 0.001

    shuffled = control_group(tmp_path, customers().sample(fraction=1, shuffle=True, seed=7))
    assert not shuffled.equals(held)
    assert shuffled.sort().equals(held.sort())

    command = [sys.executable, "-c", ANOTHER_PROCESS, str(tmp_path)]
    environment = os.environ | {"PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "1", "PYTHONPATH": str(ROOT)}
    found = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (found.stdout.strip(), found.stderr) == (digest(held), "")
