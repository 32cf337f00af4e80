"""Why a row gets a treatment, or does not, in a sentence."""

from __future__ import annotations

from decimal import Decimal

from segrules.explain.wording import written
from segrules.language.formatting import text_of
from segrules.meaning.treatments import Cause, Outcome, Status
from segrules.program.program import Program
from segrules.program.treatments import Stacking, Treatment

_WINS = {Stacking.FIRST: "comes first", Stacking.BEST: "is the largest", Stacking.CAPPED_SUM: "fills the cap"}


def reason(program: Program, treatment: Treatment, outcome: Outcome, other: Status | None = None) -> str:
    """Return why a treatment's outcome is what it is; `other` is the status of what it requires, None if not eligible.

    A row that gets it whole is told the condition that it meets.
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
            return f"`{outcome.other}` {_WINS[_stacking(program, treatment)]} in `{treatment.group}`"
        case Cause.CAP:
            return _of_cap(treatment, outcome)
        case Cause.CONTROL:
            return "in the control group"
        case Cause.SHARED_OUT:
            return _of_share(treatment, outcome)


def _words(status: Status) -> str:
    return status.value.replace("_", " ")


def _stacking(program: Program, treatment: Treatment) -> Stacking:
    return next(group.stacking for group in program.groups if group.name == treatment.group)


def _of_cap(treatment: Treatment, outcome: Outcome) -> str:
    if outcome.status is Status.REDUCED:
        return f"{_money(treatment, outcome.asked)}, less what the cap of `{treatment.group}` does not leave"
    if outcome.other is None:
        return f"the cap of `{treatment.group}` leaves nothing"
    return f"`{outcome.other}` fills the cap of `{treatment.group}`"


def _of_share(treatment: Treatment, outcome: Outcome) -> str:
    if outcome.status is Status.REDUCED:
        return f"rank {outcome.rank}, the last; {_money(treatment, outcome.asked)}, but the budget leaves no more"
    enough = []
    if outcome.enough_money is not None:
        enough.append(f"a budget of {_money(treatment, outcome.enough_money)}")
    if outcome.enough_places is not None:
        enough.append(f"a limit of {outcome.enough_places:,}")
    last = f"the last granted is rank {outcome.cutoff}" if outcome.cutoff else "nothing is granted"
    return f"rank {outcome.rank}, {last}; {' and '.join(enough)} would have been enough for all down to it"


def _money(treatment: Treatment, amount: Decimal | None) -> str:
    unit = treatment.amount.unit if treatment.amount else None
    return f"{text_of(amount, ',')}{f' {unit}' if unit else ''}"
