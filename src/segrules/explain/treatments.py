"""What becomes of the treatments of a row, and why, in a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from segrules.explain.outline import Item
from segrules.explain.trace_format import StatusWord, TreatmentForm
from segrules.explain.wording import written
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.meaning.treatments import Cause, Outcome, Status
from segrules.program.program import Program
from segrules.program.sensitivity import Hidden, Sensitivity
from segrules.program.treatments import Stacking, Treatment

_WINS = {Stacking.FIRST: "comes first", Stacking.BEST: "is the largest", Stacking.CAPPED_SUM: "fills the cap"}


def reason(
    program: Program, treatment: Treatment, outcome: Outcome, other: Status | None, sensitivity: Sensitivity
) -> str:
    """Return why a treatment's outcome is what it is; `other` is the status of what it requires, None if not eligible.

    A row that gets it whole is told the condition that it meets. Amounts that come from what is sensitive are hidden.
    """
    match outcome.cause:
        case Cause.ELIGIBLE:
            return written(treatment.when)
        case Cause.MISSING:
            return f"not known: {', '.join(outcome.missing)}"
        case Cause.REQUIREMENT:
            fate = f"which is {_words(other)}" if other else "and is not eligible for it"
            return f"requires `{outcome.other}`, {fate}"
        case Cause.EXCLUDED:
            return f"`{outcome.other}` excludes it"
        case Cause.GROUP:
            wins = "is chosen" if outcome.worth is not None else _WINS[_stacking(program, treatment)]
            return f"`{outcome.other}` {wins} in `{treatment.group}`"
        case Cause.CAP:
            return _of_cap(treatment, outcome, sensitivity)
        case Cause.CONTROL:
            return "in the control group"
        case Cause.IN_LINE:
            return _of_line(treatment)
        case Cause.SHARED_OUT:
            return _of_share(treatment, outcome, sensitivity)
        case Cause.NOT_CHOSEN:
            return _of_choice(treatment, outcome, sensitivity)


def _words(status: Status) -> str:
    return status.value.replace("_", " ")


def _stacking(program: Program, treatment: Treatment) -> Stacking:
    return next(group.stacking for group in program.groups if group.name == treatment.group)


def _of_line(treatment: Treatment) -> str:
    if treatment.worth is not None:
        return "who gets it is chosen among all rows, for the highest total value"
    shared = [name for name, one in (("budget", treatment.budget), ("limit", treatment.limit)) if one is not None]
    if not shared:
        return "hangs on what it requires, which is settled among all rows"
    verb = "is" if len(shared) == 1 else "are"
    return f"its {' and its '.join(shared)} {verb} shared out among all rows"


def _of_cap(treatment: Treatment, outcome: Outcome, sensitivity: Sensitivity) -> str:
    if outcome.status is Status.REDUCED:
        asked = money(treatment, outcome.asked, sensitivity)
        return f"{asked}, less what the cap of `{treatment.group}` does not leave"
    if outcome.other is None:
        return f"the cap of `{treatment.group}` leaves nothing"
    return f"`{outcome.other}` fills the cap of `{treatment.group}`"


def _of_share(treatment: Treatment, outcome: Outcome, sensitivity: Sensitivity) -> str:
    if outcome.status is Status.REDUCED:
        asked = money(treatment, outcome.asked, sensitivity)
        return f"rank {outcome.rank}, the last; {asked}, but the budget leaves no more"
    enough = []
    if outcome.enough_money is not None:
        enough.append(f"a budget of {money(treatment, outcome.enough_money, sensitivity)}")
    if outcome.enough_places is not None:
        enough.append(f"a limit of {outcome.enough_places:,}")
    last = f"the last granted is rank {outcome.cutoff}" if outcome.cutoff else "nothing is granted"
    return f"rank {outcome.rank}, {last}; {' and '.join(enough)} would have been enough for all down to it"


def _of_choice(treatment: Treatment, outcome: Outcome, sensitivity: Sensitivity) -> str:
    value = _worth(treatment, outcome, sensitivity)
    left = []
    if outcome.money_left is not None:
        asked = money(treatment, outcome.asked, sensitivity)
        left.append(
            f"{money(treatment, outcome.money_left, sensitivity)} of the budget, less than the {asked} it takes"
        )
    if outcome.places_left is not None:
        left.append("no place")
    if not left:
        return f"its value of {value} adds nothing to the total"
    return f"its value is {value}, and what is chosen for the highest total value leaves {' and '.join(left)}"


def _worth(treatment: Treatment, outcome: Outcome, sensitivity: Sensitivity) -> str:
    assert treatment.worth is not None
    assert outcome.worth is not None
    shown = sensitivity.shown(treatment.worth.value, outcome.worth)
    return value_text(shown, treatment.worth.unit)


def value_text(value: Value, unit: str | None) -> str:
    """Return what something is worth, with its unit and without the zeros at its end."""
    if isinstance(value, Hidden) or not isinstance(value, Decimal):
        return text_of(value)
    places = len(f"{value:f}".rstrip("0").partition(".")[2])
    return f"{text_of(value, f',.{places}f')}{f' {unit}' if unit else ''}"


def money(treatment: Treatment, amount: Decimal | None, sensitivity: Sensitivity) -> str:
    """Return an amount of a treatment with its places and its unit; one that comes from what is sensitive is hidden."""
    assert treatment.amount is not None
    return _written(treatment, sensitivity.shown(treatment.amount.value, amount))


def _written(treatment: Treatment, amount: Value) -> str:
    if treatment.amount is None or isinstance(amount, Hidden):
        return text_of(amount)
    unit = f" {treatment.amount.unit}" if treatment.amount.unit else ""
    return f"{text_of(amount, f',.{treatment.amount.places}f')}{unit}"


@dataclass(frozen=True, slots=True)
class TreatmentTrace:
    """What became of a treatment of a row; `amount` is what the row gets, or `HIDDEN`."""

    treatment: Treatment
    outcome: Outcome
    amount: Value
    reason: str

    @property
    def name(self) -> str:
        """The treatment's name."""
        return self.treatment.name

    @property
    def status(self) -> str:
        """What became of it, as people write it."""
        return _words(self.outcome.status)


def treatment_item(trace: TreatmentTrace) -> Item:
    """Return what became of a treatment, and why."""
    gets = "" if trace.amount is None else f", {_written(trace.treatment, trace.amount)}"
    return Item(f"{trace.name}: {trace.status}{gets}", trace.treatment.span, (Item(trace.reason),))


def treatment_form(trace: TreatmentTrace) -> TreatmentForm:
    """Return what became of a treatment, as JSON has it."""
    treatment, outcome = trace.treatment, trace.outcome
    assert outcome.status is not Status.ELIGIBLE, "a row of a run is not left in line"
    return {
        "treatment": treatment.name,
        "status": cast("StatusWord", outcome.status.value),
        "amount": None if trace.amount is None else text_of(trace.amount),
        "unit": treatment.amount.unit if treatment.amount else None,
        "rank": outcome.rank,
        "cutoff": outcome.cutoff,
        "reason": trace.reason,
        "place": str(treatment.span),
    }
