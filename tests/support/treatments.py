"""The table of treatments as the language means it, from the interpreter."""

from __future__ import annotations

from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.treatments import Outcomes, outcomes_of
from segrules.engine.treatments import attributes
from segrules.explain.treatments import reason
from segrules.language.formatting import json_text
from segrules.language.values import Value
from segrules.meaning.tables import RowAt
from segrules.meaning.treatments import Outcome
from segrules.program.sensitivity import NOTHING_SENSITIVE, Sensitivity
from segrules.program.treatments import Treatment

Row = dict[str, Value]


def treatment_rows(known: Interpreter, sensitivity: Sensitivity = NOTHING_SENSITIVE) -> list[Row]:
    """The rows of the table, by row of the entity and then as treatments stand in the file."""
    outcomes = outcomes_of(known)
    return [
        _row(known, treatment, row, outcomes, sensitivity)
        for row in range(len(known.tables.rows(known.program.entity)))
        for treatment in known.program.treatments
        if row in outcomes[treatment.name]
    ]


def _row(known: Interpreter, treatment: Treatment, row: int, outcomes: Outcomes, sensitivity: Sensitivity) -> Row:
    outcome, at = outcomes[treatment.name][row], RowAt(known.program.entity, row)
    other = outcomes[outcome.other].get(row) if outcome.other else None
    table = known.program.table(known.program.entity)
    return dict(zip(table.key, known.tables.key(at), strict=True)) | {
        "treatment": treatment.name,
        "kind": treatment.kind,
        "status": outcome.status.value,
        "amount": outcome.amount,
        "unit": treatment.amount.unit if treatment.amount else None,
        "rank": outcome.rank,
        "reason": reason(known.program, treatment, outcome, other.status if other else None, sensitivity),
        "attributes": _attributes(known, treatment, outcome, at),
    }


def _attributes(known: Interpreter, treatment: Treatment, outcome: Outcome, at: RowAt) -> str | None:
    if not outcome.is_given or not treatment.attributes:
        return None
    values: dict[tuple[str, int], object] = {}
    for name, attribute in treatment.attributes:
        parts = attribute if isinstance(attribute, tuple) else ()
        holes = {place: part.expression for place, part in enumerate(parts) if not isinstance(part, str)}
        for place, expression in holes.items() if isinstance(attribute, tuple) else [(0, attribute)]:
            values[name, place] = known.evaluate(expression, at)
    return json_text(attributes(treatment, values))
