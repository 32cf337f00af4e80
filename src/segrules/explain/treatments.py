"""What becomes of the treatments of a row, and why, in a sentence each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from segrules.explain.outline import Item
from segrules.explain.wording import written
from segrules.language.formatting import text_of
from segrules.language.values import Value
from segrules.meaning.treatments import Cause, Outcome, Status
from segrules.program.program import Program
from segrules.program.sensitivity import Hidden, Sensitivity
from segrules.program.treatments import Amount, Stacking, Treatment

COMMA = ","
"""The format of numbers with their thousands apart."""

MISSING_BETWEEN = ", "
"""What stands between the names of what is missing."""

_WINS = {Stacking.FIRST: "comes first", Stacking.BEST: "is the largest", Stacking.CAPPED_SUM: "fills the cap"}


class Told(Enum):
    """A value of an outcome that a reason tells, by the name of the outcome's field."""

    ASKED = "asked"
    RANK = "rank"
    CUTOFF = "cutoff"
    ENOUGH_MONEY = "enough_money"
    ENOUGH_PLACES = "enough_places"
    WORTH = "worth"
    MONEY_LEFT = "money_left"
    MISSING = "missing"


Sentence = tuple[str | Told, ...]


def reason(
    program: Program, treatment: Treatment, outcome: Outcome, other: Status | None, sensitivity: Sensitivity
) -> str:
    """Return why a treatment's outcome is what it is; `other` is the status of what it requires, None if not eligible.

    A row that gets it whole is told the condition that it meets. Amounts that come from what is sensitive are hidden.
    """
    parts = sentence(program, treatment, outcome, other)
    return "".join(_told(treatment, outcome, part, sensitivity) if isinstance(part, Told) else part for part in parts)


def sentence(program: Program, treatment: Treatment, outcome: Outcome, other: Status | None) -> Sentence:
    """Return a reason, in which the values that it tells are left open.

    It is the same for outcomes of the same status, cause and other treatment that have the same values, and a cutoff
    that is 0 or not.
    """
    match outcome.cause:
        case Cause.ELIGIBLE:
            return (written(treatment.when),)
        case Cause.MISSING:
            return "not known: ", Told.MISSING
        case Cause.REQUIREMENT:
            fate = f"which is {_words(other)}" if other else "and is not eligible for it"
            return (f"requires `{outcome.other}`, {fate}",)
        case Cause.EXCLUDED:
            return (f"`{outcome.other}` excludes it",)
        case Cause.GROUP:
            wins = "is chosen" if outcome.worth is not None else _WINS[_stacking(program, treatment)]
            return (f"`{outcome.other}` {wins} in `{treatment.group}`",)
        case Cause.CAP:
            return _of_cap(treatment, outcome)
        case Cause.CONTROL:
            return ("in the control group",)
        case Cause.IN_LINE:
            return (_of_line(treatment),)
        case Cause.SHARED_OUT:
            return _of_share(outcome)
        case Cause.NOT_CHOSEN:
            return _of_choice(outcome)


def _told(treatment: Treatment, outcome: Outcome, part: Told, sensitivity: Sensitivity) -> str:
    value = getattr(outcome, part.value)
    match part:
        case Told.MISSING:
            return MISSING_BETWEEN.join(value)
        case Told.ASKED | Told.ENOUGH_MONEY | Told.MONEY_LEFT:
            return money(treatment, value, sensitivity)
        case Told.WORTH:
            return _worth(treatment, value, sensitivity)
        case Told.ENOUGH_PLACES:
            return text_of(value, COMMA)
        case Told.RANK | Told.CUTOFF:
            return text_of(value)


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


def _of_cap(treatment: Treatment, outcome: Outcome) -> Sentence:
    if outcome.status is Status.REDUCED:
        return Told.ASKED, f", less what the cap of `{treatment.group}` does not leave"
    if outcome.other is None:
        return (f"the cap of `{treatment.group}` leaves nothing",)
    return (f"`{outcome.other}` fills the cap of `{treatment.group}`",)


def _of_share(outcome: Outcome) -> Sentence:
    if outcome.status is Status.REDUCED:
        return "rank ", Told.RANK, ", the last; ", Told.ASKED, ", but the budget leaves no more"
    last = ("the last granted is rank ", Told.CUTOFF) if outcome.cutoff else ("nothing is granted",)
    money = () if outcome.enough_money is None else ("a budget of ", Told.ENOUGH_MONEY)
    places = () if outcome.enough_places is None else ("a limit of ", Told.ENOUGH_PLACES)
    both = (" and ",) if money and places else ()
    enough = (*money, *both, *places, " would have been enough for all down to it")
    return "rank ", Told.RANK, ", ", *last, "; ", *enough


def _of_choice(outcome: Outcome) -> Sentence:
    money = (Told.MONEY_LEFT, " of the budget, less than the ", Told.ASKED, " it takes")
    left = [*(money if outcome.money_left is not None else ())]
    if outcome.places_left is not None:
        left += [" and no place"] if left else ["no place"]
    if not left:
        return "its value of ", Told.WORTH, " adds nothing to the total"
    return "its value is ", Told.WORTH, ", and what is chosen for the highest total value leaves ", *left


def _worth(treatment: Treatment, worth: Decimal, sensitivity: Sensitivity) -> str:
    assert treatment.worth is not None
    return value_text(sensitivity.shown(treatment.worth.value, worth), treatment.worth.unit)


def value_text(value: Value, unit: str | None) -> str:
    """Return what something is worth, with its unit and without the zeros at its end."""
    if isinstance(value, Hidden) or not isinstance(value, Decimal):
        return text_of(value)
    places = len(f"{value:f}".rstrip("0").partition(".")[2])
    return f"{text_of(value, f'{COMMA}.{places}f')}{unit_behind(unit)}"


def money(treatment: Treatment, amount: Decimal | None, sensitivity: Sensitivity) -> str:
    """Return an amount of a treatment with its places and its unit; one that comes from what is sensitive is hidden."""
    assert treatment.amount is not None
    return _written(treatment, sensitivity.shown(treatment.amount.value, amount))


def _written(treatment: Treatment, amount: Value) -> str:
    if treatment.amount is None or isinstance(amount, Hidden):
        return text_of(amount)
    return f"{text_of(amount, money_format(treatment.amount))}{unit_behind(treatment.amount.unit)}"


def money_format(amount: Amount) -> str:
    """Return the format of a treatment's amounts."""
    return f"{COMMA}.{amount.places}f"


def unit_behind(unit: str | None) -> str:
    """Return what stands behind a number that has a unit."""
    return f" {unit}" if unit else ""


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
