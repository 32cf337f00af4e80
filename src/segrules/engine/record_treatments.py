"""What becomes of the treatments of one record, as far as that does not hang on other rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from segrules.backends.scalar.treatments import outcomes_alone
from segrules.explain.treatments import reason
from segrules.language.formatting import text_of
from segrules.meaning.treatments import Outcome, Status
from segrules.program.program import Hole

if TYPE_CHECKING:
    from decimal import Decimal

    from segrules.backends.scalar.interpreter import Interpreter
    from segrules.language.values import Value
    from segrules.meaning.tables import RowAt
    from segrules.program.sensitivity import Sensitivity
    from segrules.program.treatments import Attribute, Treatment


@dataclass(frozen=True, slots=True)
class RecordTreatment:
    """What becomes of a treatment of a record; the fields are those of the columns of `treatments`.

    Where the treatment, or one that it requires, has a budget or a limit, the status is `eligible` and no more: who
    gets it only `evaluate` can say, for all rows. The amount is then what the record asks for.
    """

    treatment: str
    kind: str
    status: str
    amount: Decimal | None
    unit: str | None
    reason: str
    attributes: Mapping[str, Value]


def treatments_of(known: Interpreter, row: RowAt, sensitivity: Sensitivity) -> dict[str, RecordTreatment]:
    """Return what becomes of every treatment that a record is eligible for, or perhaps is, by its name.

    Reasons hide what is sensitive.
    """
    outcomes = outcomes_alone(known, row)
    return {name: _told(known, row, known.program.treatment(name), outcomes, sensitivity) for name in outcomes}


def _told(
    known: Interpreter, row: RowAt, treatment: Treatment, outcomes: Mapping[str, Outcome], sensitivity: Sensitivity
) -> RecordTreatment:
    outcome = outcomes[treatment.name]
    other = outcomes.get(outcome.other) if outcome.other else None
    told = outcome.is_given or outcome.status is Status.ELIGIBLE
    return RecordTreatment(
        treatment.name,
        treatment.kind,
        outcome.status.value,
        outcome.amount,
        treatment.amount.unit if treatment.amount else None,
        reason(known.program, treatment, outcome, other.status if other else None, sensitivity),
        {name: _value(known, row, attribute) for name, attribute in treatment.attributes} if told else {},
    )


def _value(known: Interpreter, row: RowAt, attribute: Attribute) -> Value:
    if not isinstance(attribute, tuple):
        return known.evaluate(attribute, row)
    holes = (
        text_of(known.evaluate(part.expression, row), part.format) if isinstance(part, Hole) else part
        for part in attribute
    )
    return "".join(holes)
