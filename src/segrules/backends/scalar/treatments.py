"""What becomes of every row and treatment: this is what treatments mean, one step after another.

Each treatment has rows that are in the running for it. A step takes rows out and says why; nothing comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from segrules.allocation.allocate import allocate
from segrules.allocation.problem import Candidate, Choice, problem_of
from segrules.backends.scalar.blame import blame
from segrules.backends.scalar.interpreter import Interpreter
from segrules.backends.scalar.line import by_key, claim_of, in_line
from segrules.meaning.holdout import Holdout
from segrules.meaning.sharing import Claim, Share, share_out
from segrules.meaning.tables import RowAt
from segrules.meaning.treatments import (
    Cause,
    Outcome,
    Status,
    amount_places,
    caps_of,
    from_units,
    pots_of,
    share_held_out,
    step_of,
    to_units,
)
from segrules.program.treatments import (
    WORTH_PLACES,
    Group,
    Stacking,
    Treatment,
    excluders_first,
    requirements_first,
)

Outcomes = dict[str, dict[int, Outcome]]
"""By treatment and row, what became of every row that is eligible for the treatment, or perhaps is."""


def is_suppressed(known: Interpreter, row: RowAt) -> bool | None:
    """Return whether a row is eligible for nothing; unknown keeps it from everything too."""
    suppress = known.program.suppress
    value = False if suppress is None else known.evaluate(suppress, row)
    assert value is None or isinstance(value, bool)
    return value


def outcomes_of(known: Interpreter) -> Outcomes:
    """Return what becomes of all rows of the entity, in the order of work that the language has."""
    treating = _before_sharing(known, range(len(known.tables.rows(known.program.entity))))
    treating.choose()
    treating.give(treating.share_out)
    return treating.out


def outcomes_alone(known: Interpreter, row: RowAt) -> dict[str, Outcome]:
    """Return what becomes of one row as far as that does not hang on others, by treatment.

    What is shared out among all rows, and what requires that, is left at that the row is eligible.
    """
    treating = _before_sharing(known, [row.index])
    treating.leave_chosen_in_line()
    treating.give(treating.leave_in_line)
    return {name: outcomes[row.index] for name, outcomes in treating.out.items() if row.index in outcomes}


def _before_sharing(known: Interpreter, rows: Iterable[int]) -> _Treating:
    treating = _Treating(known)
    treating.enter_all(rows)
    treating.require_eligibility()
    treating.exclude()
    treating.stack()
    treating.hold_out()
    if known.program.is_optimised:
        treating.require_eligibility()
    return treating


class _Treating:
    """The treatments in force, on all rows.

    `running` has, by treatment, the rows in the running, each with the amount that it is to get, in units; `asked` has
    what it was before anything was taken off.
    """

    def __init__(self, known: Interpreter) -> None:
        self._known = known
        self._program, self._as_of = known.program, known.as_of
        self._treatments = [one for one in known.program.treatments if one.in_force(known.as_of)]
        self._places = amount_places(known.program)
        self.running: dict[str, dict[int, int]] = {one.name: {} for one in known.program.treatments}
        self.asked: dict[str, dict[int, int]] = {one.name: {} for one in known.program.treatments}
        self.out: Outcomes = {one.name: {} for one in known.program.treatments}

    def _take_out(self, treatment: Treatment, row: int, status: Status, cause: Cause, other: str | None = None) -> None:
        asked = self._amount(treatment, self.asked[treatment.name][row])
        self.out[treatment.name][row] = Outcome(status, cause, asked, other=other)
        del self.running[treatment.name][row]

    def _amount(self, treatment: Treatment, units: int) -> Decimal | None:
        return from_units(units, self._places) if treatment.amount else None

    # --- `suppress`, `when` and `valid` ------------------------------------------------------------------------------

    def enter_all(self, rows: Iterable[int]) -> None:
        """Let rows into the running that are eligible and lack nothing."""
        for index in rows:
            row = RowAt(self._program.entity, index)
            if is_suppressed(self._known, row) is False:
                for treatment in self._treatments:
                    self._enter(treatment, row)

    def _enter(self, treatment: Treatment, row: RowAt) -> None:
        eligible = self._known.evaluate(treatment.when, row)
        if eligible is False:
            return
        needed = [treatment.when] if eligible is None else treatment.needed
        missing = [node for node in needed if self._known.evaluate(node, row) is None]
        if missing:
            names = {name for node in missing for name in blame(self._known, node, row)}
            unknown = Outcome(Status.UNKNOWN, Cause.MISSING, missing=tuple(sorted(names)))
            self.out[treatment.name][row.index] = unknown
            return
        amount = self._known.evaluate(treatment.amount.value, row) if treatment.amount else None
        units = to_units(amount, self._places) if isinstance(amount, Decimal) else 0
        self.running[treatment.name][row.index] = self.asked[treatment.name][row.index] = units

    # --- `requires` and `excludes` -----------------------------------------------------------------------------------

    def require_eligibility(self) -> None:
        """Refuse rows that are not in the running for what they require."""
        for treatment in requirements_first(self._treatments):
            for row in list(self.running[treatment.name]):
                lacking = [name for name in treatment.requires if row not in self.running[name]]
                if lacking:
                    self._take_out(treatment, row, Status.REFUSED, Cause.REQUIREMENT, lacking[0])

    def exclude(self) -> None:
        """Take rows out of treatments that another one excludes, for which they are in the running."""
        for treatment in excluders_first(self._treatments):
            for other in treatment.excludes:
                for row in self.running[treatment.name].keys() & self.running[other].keys():
                    excluded = self._program.treatment(other)
                    self._take_out(excluded, row, Status.OUTRANKED, Cause.EXCLUDED, treatment.name)

    # --- groups ------------------------------------------------------------------------------------------------------

    def stack(self) -> None:
        """Combine the treatments of each group, row by row."""
        for group in self._program.groups:
            members = [one for one in self._treatments if one.group == group.name]
            for row in sorted({row for one in members for row in self.running[one.name]}):
                self._stack_row(group, row, [one for one in members if row in self.running[one.name]])

    def _stack_row(self, group: Group, row: int, members: Sequence[Treatment]) -> None:
        match group.stacking:
            case Stacking.ALL:
                pass
            case Stacking.BEST if self._program.is_optimised:
                pass  # which of them is the best, the choice among all rows tells
            case Stacking.FIRST:
                self._keep_one(row, members, members[0])
            case Stacking.BEST:
                self._keep_one(row, members, max(members, key=lambda one: self.running[one.name][row]))
            case Stacking.CAPPED_SUM:
                self._keep_below(row, members, caps_of(self._program, self._as_of)[group.name])

    def _keep_one(self, row: int, members: Sequence[Treatment], winner: Treatment) -> None:
        for one in members:
            if one is not winner:
                self._take_out(one, row, Status.OUTRANKED, Cause.GROUP, winner.name)

    def _keep_below(self, row: int, members: Sequence[Treatment], cap: int) -> None:
        """Give each member what those before it leave of the cap; who gets nothing loses to the last that got some."""
        left, last = cap, None
        for one in members:
            asked, step = self.running[one.name][row], step_of(self._program, one)
            given = min(asked, left // step * step)
            if asked and not given:
                self._take_out(one, row, Status.OUTRANKED, Cause.CAP, last)
                continue
            self.running[one.name][row] = given
            left, last = left - given, one.name if given else last

    # --- holdout, and who is given what is left ----------------------------------------------------------------------

    def hold_out(self) -> None:
        """Keep the control groups out."""
        for treatment in self._treatments:
            share = share_held_out(self._program, self._as_of, treatment)
            if share is not None:
                control = Holdout(self._program.ruleset, treatment.name, share)
                for row in list(self.running[treatment.name]):
                    if control.has(self._known.tables.key(RowAt(self._program.entity, row))):
                        self._take_out(treatment, row, Status.HELD_OUT, Cause.CONTROL)

    def give(self, share: Callable[[Treatment], None]) -> None:
        """Give what is left in the running to rows that got what it requires; `share` is for budgets and limits."""
        for treatment in requirements_first(self._treatments):
            if treatment.worth is not None:
                continue
            for row in list(self.running[treatment.name]):
                lacking = [name for name in treatment.requires if not self._has(name, row)]
                if lacking:
                    self._take_out(treatment, row, Status.REFUSED, Cause.REQUIREMENT, lacking[0])
            if treatment.is_shared_out:
                share(treatment)
                continue
            for row, units in self.running[treatment.name].items():
                hangs = any(self.out[name][row].status is Status.ELIGIBLE for name in treatment.requires)
                told = self._in_line if hangs else self._given
                self.out[treatment.name][row] = told(treatment, row, units)

    # --- what is chosen for its value --------------------------------------------------------------------------------

    @property
    def _chosen(self) -> list[Treatment]:
        return [one for one in self._treatments if one.worth is not None]

    def choose(self) -> None:
        """Choose the grants with the highest total value, of all treatments that have one."""
        rows = by_key(self._known, {row for one in self._chosen for row in self.running[one.name]})
        pairs = [(row, one) for row in rows for one in self._chosen if row in self.running[one.name]]
        candidates = [self._candidate(rows.index(row), one, row) for row, one in pairs]
        if candidates:
            choices = allocate(problem_of(self._program, self._as_of, candidates)).choices
            for (row, treatment), candidate, choice in zip(pairs, candidates, choices, strict=True):
                worth = from_units(candidate.worth, WORTH_PLACES)
                self.out[treatment.name][row] = self._decided(treatment, row, choice, worth)

    def _candidate(self, number: int, treatment: Treatment, row: int) -> Candidate:
        claim = claim_of(self._known, treatment, row, self.running[treatment.name][row])
        assert treatment.worth is not None
        worth = self._known.evaluate(treatment.worth.value, RowAt(self._program.entity, row))
        assert isinstance(worth, Decimal), "a row whose value is missing is not in the running"
        return Candidate(number, treatment.name, to_units(worth, WORTH_PLACES), claim.asked, claim.money, claim.place)

    def _decided(self, treatment: Treatment, row: int, choice: Choice, worth: Decimal) -> Outcome:
        if choice.is_granted:
            return replace(self._given(treatment, row, self.running[treatment.name][row]), worth=worth)
        status, cause, other = choice.refusal
        asked = self._amount(treatment, self.asked[treatment.name][row])
        left = None if choice.money_left is None else from_units(choice.money_left, self._places)
        return Outcome(
            status, cause, asked, other=other, worth=worth, money_left=left, places_left=choice.places_left
        )  # fmt: skip

    def leave_chosen_in_line(self) -> None:
        """Leave rows at that they are eligible for what is chosen among all."""
        for treatment in self._chosen:
            self.leave_in_line(treatment)

    # --- budgets and limits, down a ranking --------------------------------------------------------------------------

    def leave_in_line(self, treatment: Treatment) -> None:
        """Leave rows at that they are eligible, as what is shared out among all cannot be told of some."""
        for row, units in self.running[treatment.name].items():
            self.out[treatment.name][row] = self._in_line(treatment, row, units)

    def _in_line(self, treatment: Treatment, row: int, units: int) -> Outcome:
        amounts = self._amount(treatment, self.asked[treatment.name][row]), self._amount(treatment, units)
        return Outcome(Status.ELIGIBLE, Cause.IN_LINE, *amounts)

    def _has(self, treatment: str, row: int) -> bool:
        outcome = self.out[treatment].get(row)
        return outcome is not None and (outcome.is_given or outcome.status is Status.ELIGIBLE)

    def _given(self, treatment: Treatment, row: int, units: int, share: Share | None = None) -> Outcome:
        asked, wanted = self.asked[treatment.name][row], self.running[treatment.name][row]
        cause = Cause.SHARED_OUT if units < wanted else Cause.CAP if units < asked else Cause.ELIGIBLE
        status = Status.REDUCED if units < asked else Status.GRANTED
        amounts = self._amount(treatment, asked), self._amount(treatment, units)
        return Outcome(status, cause, *amounts, rank=share.rank if share else None)

    def share_out(self, treatment: Treatment) -> None:
        """Go down the ranking of a budget, a limit or both."""
        running = self.running[treatment.name]
        line = in_line(self._known, treatment, running)
        claims = [claim_of(self._known, treatment, row, running[row]) for row in line]
        shares = share_out(pots_of(self._program, self._as_of, treatment), claims)
        cutoffs: dict[str, int] = {}
        for claim, share in zip(claims, shares, strict=True):
            if share.given is not None:
                cutoffs[_pot(treatment, claim)] = share.rank
        for row, claim, share in zip(line, claims, shares, strict=True):
            cutoff = cutoffs.get(_pot(treatment, claim), 0)
            self.out[treatment.name][row] = self._shared(treatment, row, share, cutoff)

    def _shared(self, treatment: Treatment, row: int, share: Share, cutoff: int) -> Outcome:
        if share.given is not None:
            return self._given(treatment, row, share.given, share)
        asked = self._amount(treatment, self.asked[treatment.name][row])
        enough = None if share.enough_money is None else from_units(share.enough_money, self._places)
        return Outcome(
            Status.REFUSED, Cause.SHARED_OUT, asked, rank=share.rank, cutoff=cutoff,
            enough_money=enough, enough_places=share.enough_places,
        )  # fmt: skip


def _pot(treatment: Treatment, claim: Claim) -> str:
    """Return the pot whose ranks count."""
    return claim.money if treatment.budget is not None else claim.place
