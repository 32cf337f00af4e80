"""What comes of a case, in one form: by the scalar interpreter, row by row, and by the engine, through Polars."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from segrules.backends.polars.dtypes import dtype_of
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.preparation import prepared
from segrules.checker.check import check
from segrules.document.document import read_text
from segrules.engine.ruleset import Ruleset, load
from segrules.explain.reasons import reason, told_conditions
from segrules.language.formatting import json_text
from segrules.language.values import Value
from segrules.meaning.decisions import Certainty, Decision
from segrules.meaning.tables import Record, RowAt
from segrules.program.conditions import conditions
from segrules.program.expressions import expressions_of, holes
from segrules.program.fingerprint import ruleset_hash
from segrules.program.nodes import Aggregate, Expression, walk
from segrules.program.program import Program, Segmentation
from tests.properties.generators.cases import Case
from tests.properties.generators.imported_files import RULESET

Frame = list[dict[str, Value]]


@dataclass
class Answers:
    """The frames of a result, as rows; `impact` is how many assignments hang on what is missing.

    `counts` have, by condition, how many rows passed, failed, are unknown, and in how many it decided. `passed_over`
    has, of metrics, rules, `suppress` and treatments in any order, the name, the aggregate, how many rows are unknown
    and how many lack a value.
    """

    wide: Frame
    assignments: Frame
    conditions: Frame
    counts: dict[str, list[int]]
    impact: dict[str, int]
    passed_over: Counter[tuple[Any, ...]]


def loaded(case: Case) -> Ruleset:
    """The ruleset of a case, from files if it is spread over them; nothing is wrong with it."""
    if not case.files:
        return loaded_text(case.text)
    with TemporaryDirectory() as folder:
        for path, content in case.files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
        return load(Path(folder, RULESET))


def loaded_text(text: str) -> Ruleset:
    """The ruleset that a text is; nothing is wrong with it."""
    document, of_form = read_text(text)
    assert document is not None
    program, found = check(document.ruleset)
    assert program is not None, [one.message for one in (*of_form, *found) if one.is_error]
    return Ruleset(document, program, (), ruleset_hash(program))


# By the engine


def by_engine(ruleset: Ruleset, case: Case) -> Answers:
    """What Polars makes of a case, from the data as it is given to the frames that come out."""
    result = ruleset.evaluate(given_frames(ruleset.program, case), as_of=case.as_of)
    impact = {str(name): int(count) for name, count in result.missing_impact.rows()}
    names = {name for name, _ in _counted(ruleset.program, case.as_of)}
    passed_over = Counter(row for row in result.passed_over.rows() if row[0] in names)
    counts = {one.condition: [one.passed, one.failed, one.unknown, one.decided] for one in result.summary.conditions}
    wide, conditions = _rows(result.wide), _rows(result.conditions())
    return Answers(wide, _rows(result.reasons()), conditions, counts, impact, passed_over)


def given_frames(program: Program, case: Case) -> dict[str, pl.DataFrame]:
    """The tables of a case; texts stand in them as texts, and what is missing for want of a key is not given.

    Those of an even number of rows come in two chunks.
    """
    frames = {}
    for name, rows in case.rows.items():
        columns = program.table(name).columns
        schema = {column.name: dtype_of(column.type) for column in columns}
        plain = {name: pl.String() if isinstance(dtype, pl.Enum) else dtype for name, dtype in schema.items()}
        frame = pl.DataFrame({name: [row[name] for row in rows] for name in plain}, schema=plain)
        cut = 0 if frame.height % 2 else frame.height // 2
        frames[name] = pl.concat([frame[:cut], frame[cut:]], rechunk=False)
    return frames


def _rows(frame: pl.DataFrame) -> Frame:
    return [{name: _typed(value) for name, value in row.items()} for row in frame.iter_rows(named=True)]


# By the interpreter


def by_interpreter(program: Program, case: Case) -> Answers:
    """What the language means by a case, one row and one value at a time."""
    tables = prepared(program, case.as_of, typed_rows(case))
    known = Interpreter(program, case.as_of, tables)
    table = program.table(program.entity)
    in_force = [one for one in conditions(program) if any(rule.in_force(case.as_of) for _, rule in one.places)]
    answers = Answers([], [], [], {one.name: [0, 0, 0, 0] for one in in_force}, {}, _passed_over(known))
    impact: Counter[str] = Counter()
    for index in range(len(tables.rows(table.name))):
        at = RowAt(table.name, index)
        key = dict(zip(table.key, tables.key(at), strict=True))
        answers.wide.append(key | {name: known.value(table.name, index, name) for name in program.results})
        outcomes = {one.name: known.evaluate(one.expression, at) for one in in_force}
        answers.conditions.append(key | outcomes)
        decisive = _decisive(known, at)
        for one in in_force:
            counted = answers.counts[one.name]
            counted[(True, False, None).index(outcomes[one.name])] += 1
            counted[3] += one.expression in decisive
        for segmentation in program.segmentations:
            decision = known.decide(segmentation.name, at)
            answers.assignments.append(key | _assignment(known, segmentation, decision, at))
            impact.update(decision.missing)
    return replace(answers, impact=dict(impact))


def _decisive(known: Interpreter, at: RowAt) -> set[Expression]:
    """The conditions that made the rules match which decided something at a row."""
    deciding = (
        rule
        for segmentation in known.program.segmentations
        for rule in segmentation.rules
        if rule.id in known.decide(segmentation.name, at).rules
    )
    return {
        condition for rule in deciding for condition, _ in told_conditions(rule.when, partial(known.evaluate, row=at))
    }


def _counted(program: Program, day: date) -> Iterator[tuple[str, list[Expression]]]:
    """What passes rows over by a name, in a row of the entity."""
    yield from ((metric.name, [metric.value]) for metric in program.metrics)
    rules = (rule for segmentation in program.segmentations for rule in segmentation.rules if rule.in_force(day))
    yield from ((rule.id, [rule.when, *holes(rule.because)]) for rule in rules)
    yield "suppress", [] if program.suppress is None else [program.suppress]
    yield from ((one.name, list(expressions_of(one))) for one in program.treatments if one.in_force(day))


def _passed_over(known: Interpreter) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    rows = [RowAt(known.program.entity, index) for index in range(len(known.tables.rows(known.program.entity)))]
    for name, asked in _counted(known.program, known.as_of):
        for node in dict.fromkeys(node for one in asked for node in walk(one) if isinstance(node, Aggregate)):
            counted = [_of_aggregate(known, node, row) for row in rows]
            sums = sum(unknown for unknown, _ in counted), sum(missing for _, missing in counted)
            if any(sums):
                found[name, node.span.text, *sums] += 1
    return found


def _of_aggregate(known: Interpreter, node: Aggregate, row: RowAt) -> tuple[int, int]:
    below = known.tables.below(row, node.down)
    truths = [True if node.where is None else known.evaluate(node.where, row, at) for at in below]
    kept = [at for at, truth in zip(below, truths, strict=True) if truth is True]
    needed = [part for part in (node.value, node.by) if part is not None]
    return truths.count(None), sum(any(known.evaluate(part, row, at) is None for part in needed) for at in kept)


def _assignment(known: Interpreter, segmentation: Segmentation, decision: Decision, at: RowAt) -> dict[str, Value]:
    provisional = decision.certainty is Certainty.PROVISIONAL
    return {
        "segmentation": segmentation.name,
        "segment": decision.segment,
        "segments": decision.segments if segmentation.hit_policy.value == "collect" else None,
        "rule": ", ".join(decision.rules) if decision.rules and not decision.conflict else None,
        "certainty": decision.certainty.value,
        "possible": decision.possible if provisional else None,
        "conflict": decision.conflict or None,
        "outputs": _outputs(segmentation, decision),
        "reason": reason(known.program, segmentation, decision, partial(known.evaluate, row=at)),
    }


def _outputs(segmentation: Segmentation, decision: Decision) -> str | None:
    names = [output.name for output in segmentation.outputs]
    return json_text(dict(zip(names, decision.outputs, strict=True))) if names and decision.segment else None


def typed_rows(case: Case) -> Mapping[str, list[Record]]:
    """The rows of a case as the language holds them: NaN is missing, a list a tuple."""
    return {
        table: [{name: _typed(value) for name, value in row.items()} for row in rows]
        for table, rows in case.rows.items()
    }


def _typed(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(_typed(member) for member in value)
    return None if isinstance(value, float) and math.isnan(value) else value
