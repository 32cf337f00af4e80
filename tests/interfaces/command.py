"""The command line under test, and a small ruleset with its data."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-c", "from segrules.cli.main import main; main()"]

EVALUATE = ("evaluate", "ruleset.yaml", "--as-of", "2026-06-30")
EXPLAIN = ("explain", "ruleset.yaml", "--as-of", "2026-06-30")

RULESET = """\
segrules: 1
ruleset: example
entity: partners
tables:
  partners:
    source: {file: partners.csv}
    key: id
    columns:
      id: string
      revenue: integer
      csat: {type: number, optional: true}
parameters:
  enough: 100
  country: Norway
  days: [1, 2]
segmentations:
  tier:
    hit_policy: first
    rules:
      - segment: gold
        when: revenue >= enough and csat >= 4
        because: "{revenue} of {enough}"
    default: other
objective: Show what the commands do.
owner: tests
suppress: country = '' and 3 in days
"""
PARTNERS = "id,revenue,csat\na,200,4.5\nb,200,\nc,50,5\n"


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Segrules = Callable[..., Outcome]


def process(*arguments: str, cwd: Path, **further: Any) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "timeout": 120, **further}
    return subprocess.run([*COMMAND, *arguments], cwd=cwd, check=False, **options)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def written(name: str) -> list[dict[str, str]]:
    return rows(Path(name).read_text("utf-8"))
