"""Sections of a spec page carried out: the files they describe, and what segrules says of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

import segrules
from segrules.backends.polars.compiled import compile_expression
from segrules.backends.scalar.interpreter import Interpreter
from segrules.diagnostics.catalogue import Severity
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.render import full
from segrules.diagnostics.source import Source, passage_of
from segrules.document.yaml_reader import read_yaml
from segrules.engine.intake import take_in
from segrules.engine.output import flat
from segrules.engine.slices import records
from segrules.errors import DataInvalid, InputInvalid, RulesetInvalid
from segrules.language.parser import parse_expression
from segrules.meaning.tables import Record, Tables
from segrules.testing.run import run_tests, without_ruleset
from tests.support import reference
from tests.support.cases import TABLE, read_cases
from tests.support.markdown import Section
from tests.support.treatments import treatment_rows

if TYPE_CHECKING:
    from segrules.engine.result import Result

AS_OF = date(2026, 6, 30)
RULESET = "ruleset.yaml"
TESTS = "tests.yaml"


def lay_out(section: Section, folder: Path) -> dict[str, object]:
    """Write a section's files into a folder, and return its tables by name."""
    if ruleset := section.one("yaml ruleset"):
        (folder / RULESET).write_text(ruleset.text, "utf-8")
    if tests := section.one("yaml tests"):
        (folder / TESTS).write_text(tests.text, "utf-8")
    for info in section.fences:
        _, sign, name = info.info.partition(" file=")
        if sign:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(info.text, "utf-8")
    if fence := section.one("cases"):
        cases = read_cases(fence.text)
        (folder / RULESET).write_text(cases.ruleset, "utf-8")
        (folder / "cases.csv").write_text(cases.data, "utf-8")
        return {TABLE: "cases.csv"}
    tables = section.all("csv table")
    for name, fence in tables.items():
        (folder / f"{name}.csv").write_text(fence.text, "utf-8")
    return {name: f"{name}.csv" for name in tables}


def diagnostics_of(section: Section, folder: Path, *, hints: bool = False) -> list[Diagnostic]:
    """Everything that is said about what stands in a section; the working folder is `folder`.

    The rulesets of most pages have columns that nothing reads, and no owner: hints are left out where they are not
    what the page is about.
    """
    found = _all_diagnostics_of(section, folder)
    return [one for one in found if hints or one.severity is not Severity.HINT]


def _all_diagnostics_of(section: Section, folder: Path) -> list[Diagnostic]:
    tables = lay_out(section, folder)
    found: list[Diagnostic] = []
    if text := section.one("yaml file"):
        found += read_yaml(Source(RULESET, text.text))[1]
    if text := section.one("expression"):
        found += parse_expression(passage_of(Source("expression", text.text.rstrip("\n"))))[1]
    if section.one("yaml tests"):
        return _tested()
    if section.one("yaml ruleset") and not section.one("python"):
        found += _caught(lambda: _evaluate(tables))
    if text := section.one("python"):
        found += _caught(lambda: _run(text.text))
    return found


def _evaluate(tables: dict[str, object]) -> Iterable[Diagnostic]:
    ruleset = segrules.load(RULESET)
    if not tables:
        return ruleset.diagnostics
    return (*ruleset.diagnostics, *ruleset.evaluate(tables, as_of=AS_OF).diagnostics)


def _tested() -> list[Diagnostic]:
    """Everything that is said when the tests are run; paths are relative to the working folder."""
    ruleset, tests = Path(RULESET), Path(TESTS)
    outcome = run_tests(ruleset, tests) if ruleset.is_file() else without_ruleset(tests)
    return list(outcome.said)


def _run(code: str) -> Iterable[Diagnostic]:
    names: dict[str, Any] = {"segrules": segrules, "date": date, "Path": Path}
    exec(code, names)
    return ()


def _caught(step: Callable[[], Iterable[Diagnostic]]) -> Iterable[Diagnostic]:
    try:
        return step()
    except (RulesetInvalid, DataInvalid, InputInvalid) as error:
        return error.diagnostics


def outputs_of(section: Section, folder: Path) -> dict[str, str]:
    """What comes out, for each fence of a section that asks for it."""
    found = {f"text function={name}": reference.of_function(name).text() for name in section.all("text function")}
    found |= {f"text aggregate={name}": reference.of_aggregate(name).text() for name in section.all("text aggregate")}
    found |= {f"text statistic={name}": reference.of_statistic(name).text() for name in section.all("text statistic")}
    if section.one("text diagnostics"):
        found["text diagnostics"] = full.render(diagnostics_of(section, folder))
    frames = {info: frame for info, frame in FRAMES.items() if section.one(info)}
    keys, traced = section.all("text explain"), section.all("json trace")
    asked = section.all("text why-not")
    table = section.one("cases")
    if not (frames or keys or traced or asked or table):
        return found
    tables = lay_out(section, folder)
    result = segrules.load(RULESET).evaluate(tables, as_of=AS_OF)
    if table:
        cases = read_cases(table.text)
        rows = zip(cases.metrics, records(result.wide), strict=True)
        found["cases"] = cases.with_values([row[name] for name, row in rows])
    found |= {info: shown(frame(result)) for info, frame in frames.items()}
    found |= {f"text explain {key}": result.explain(*key.split()).text() for key in keys}
    found |= {f"json trace {key}": in_lines(result.explain(*key.split()).to_dict()) + "\n" for key in traced}
    return found | {f"text why-not {words}": _why_not(result, *words.split()) for words in asked}


def _why_not(result: Result, *words: str) -> str:
    *key, segment = words
    return result.explain(*key).why_not(segment).text()


def in_lines(value: object, indent: str = "", before: int = 0) -> str:
    """JSON with everything on one line that fits there, `before` being the letters that stand on it already."""
    text = json.dumps(value, ensure_ascii=False)
    if len(indent) + before + len(text) < 118 or not isinstance(value, dict | list) or not value:
        return text
    inner = indent + "  "
    if isinstance(value, list):
        lines = [inner + in_lines(one, inner) for one in value]
    else:
        names = [(json.dumps(name) + ": ", one) for name, one in value.items()]
        lines = [inner + name + in_lines(one, inner, len(name)) for name, one in names]
    first, last = "[]" if isinstance(value, list) else "{}"
    return first + "\n" + ",\n".join(lines) + f"\n{indent}{last}"


FRAMES: dict[str, Callable[[Result], pl.DataFrame]] = {
    "csv wide": lambda result: result.wide,
    "csv assignments": lambda result: result.assignments,
    "csv reasons": lambda result: result.reasons(),
    "csv conditions": lambda result: result.conditions(),
    "csv legend": lambda result: result.legend,
    "csv counts": lambda result: pl.DataFrame([one.model_dump() for one in result.summary.conditions]),
    "csv treatments": lambda result: result.treatments,
    "csv quarantine": lambda result: result.quarantine,
    "csv missing_impact": lambda result: result.missing_impact,
    "csv passed_over": lambda result: result.passed_over,
}


def shown(frame: pl.DataFrame) -> str:
    """A table as CSV, without the columns in which every value is missing."""
    return flat(
        frame.select(column for column in frame.columns if frame[column].null_count() < frame.height)
    ).write_csv()


def on_both_backends(section: Section, folder: Path) -> tuple[list[Record], list[Record]]:
    """The rows of a section's wide table, from Polars and from the interpreter."""
    tables = lay_out(section, folder)
    ruleset = segrules.load(RULESET)
    program = ruleset.bound(None, AS_OF)
    result = ruleset.evaluate(tables, as_of=AS_OF)
    wide = result.wide
    intake = take_in(program, tables, "stop", lambda expression: compile_expression(expression, program))
    rows = {name: records(frame) for name, frame in intake.frames.items()}
    known = Interpreter(program, AS_OF, Tables(program, rows))
    indexes = range(len(known.tables.rows(program.entity)))
    interpreted: list[Record] = [
        {name: known.value(program.entity, index, name) for name in wide.columns} for index in indexes
    ]
    return [*records(wide), *records(result.treatments)], [*interpreted, *treatment_rows(known)]
