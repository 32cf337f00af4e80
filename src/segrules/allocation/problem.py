"""What there is to choose from: rows in the running for treatments, what each is worth, and what is shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from segrules.meaning.sharing import Pots
from segrules.meaning.treatments import Cause, Status, pots_of
from segrules.program.program import Program
from segrules.program.treatments import Stacking, chosen_requirements


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row in the running for a treatment.

    `row` numbers rows in the order of their keys. `worth` and `asked` are in whole units; `money` and `place` name the
    pots that its money and its place come from.
    """

    row: int
    treatment: str
    worth: int
    asked: int = 0
    money: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """All candidates, by row and then as treatments stand in the file, and what binds them.

    `requires` names, for a treatment, all others without which a row does not get it, directly or not; a row that is a
    candidate for one is a candidate for those too. `rivals` names the others of which a row gets none beside it.
    """

    candidates: Sequence[Candidate]
    pots: Mapping[str, Pots]
    requires: Mapping[str, Sequence[str]]
    rivals: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of a candidate.

    One that is not granted is told why: the `rival` that is granted in its place; or what is left of the money and of
    the places, where that is less than it takes; or the requirement that is `lacking`; or else nothing, as it is worth
    nothing.
    """

    is_granted: bool
    rival: str | None = None
    money_left: int | None = None
    places_left: int | None = None
    lacking: str | None = None

    @property
    def refusal(self) -> tuple[Status, Cause, str | None]:
        """What becomes of a candidate that is not granted, why, and the other treatment that is to blame."""
        if self.rival is not None:
            return Status.OUTRANKED, Cause.GROUP, self.rival
        if self.lacking is not None:
            return Status.REFUSED, Cause.REQUIREMENT, self.lacking
        return Status.REFUSED, Cause.NOT_CHOSEN, None


@dataclass(frozen=True, slots=True)
class Allocated:
    """What was decided of all candidates, what the grants are worth together, and what no set is worth more than."""

    choices: Sequence[Choice]
    worth: int
    bound: int


def problem_of(program: Program, as_of: date, candidates: Sequence[Candidate]) -> Problem:
    """Return what there is to choose from among candidates, who stand by row and then as treatments in the file."""
    in_force = [one for one in program.treatments if one.in_force(as_of)]
    chosen = [one for one in in_force if one.worth]
    best = {group.name for group in program.groups if group.stacking is Stacking.BEST}
    rivals = {
        one.name: [other.name for other in chosen if other.group == one.group and other is not one]
        for one in chosen
        if one.group in best
    }
    pots = {one.name: pots_of(program, as_of, one) for one in chosen}
    return Problem(candidates, pots, chosen_requirements(in_force), rivals)
