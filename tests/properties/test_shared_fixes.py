"""Fixes in a file that several rulesets share come to an end: done again, there is nothing left that they would do."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from segrules.diagnostics.diagnostic import Applicability
from segrules.fixing.fix import fix
from tests.properties.generators.world import Chooser

NAMES = ("turnover", "turnovers", "turnoves", "turnovr", "turnovre")
TYPES = ("string", "integer", "date", "boolean", "{type: string, values: [gold, golden]}")
WANTED = (Applicability.SAFE, Applicability.UNSAFE)


@st.composite
def repositories(draw: st.DrawFn) -> dict[str, str]:
    """Two or three rulesets with columns that are called nearly the same, and metrics that they share."""
    choose = Chooser(draw)
    metrics = "".join(f"  m{number}: {_metric(choose)}\n" for number in range(choose.number(1, 3)))
    files = {"shared.yaml": f"segrules: 1\nmetrics:\n{metrics}"}
    for number in range(choose.number(2, 3)):
        columns = "".join(f"      {name}: {choose.of(TYPES)}\n" for name in choose.some(NAMES, 1, 2))
        files[f"r{number}.yaml"] = (
            f"segrules: 1\nruleset: r{number}\nimports: [shared.yaml]\nentity: t\n"
            f"tables:\n  t:\n    key: id\n    columns:\n      id: string\n{columns}"
            f"metrics: {{own: {choose.of(NAMES)}}}\n"
            "segmentations:\n  s:\n    hit_policy: first\n"
            f"    rules: [{{segment: a, when: {choose.of(('m0', 'mo', 'm0 && own'))}}}]\n    default: b\n"
        )
    return files


def _metric(choose: Chooser) -> str:
    name, other = choose.of(NAMES), choose.of(NAMES)
    return choose.of(
        (
            f"{name} > 5",
            f"{name} => 2026-01-01",
            f"{name} = 'goldn'",
            f"{name} == golden && {other} > 5",
            f"not {name} or {other} > 3",
            f"m1 > {name}",
        )
    )


@given(repositories())
def test_fixes_of_a_shared_file_come_to_an_end(files: dict[str, str]) -> None:
    with TemporaryDirectory() as name:
        for file, text in files.items():
            Path(name, file).write_text(text, "utf-8")
        rulesets = [Path(name, file) for file in files if file != "shared.yaml"]
        first = fix(rulesets, WANTED, lambda _: True)
        for path, text in first.texts.items():
            path.write_text(text, "utf-8")
        again = fix(rulesets, WANTED, lambda _: True)
        assert (again.texts, again.count) == ({}, 0)
