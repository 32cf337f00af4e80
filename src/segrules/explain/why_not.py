"""Why a row is not in a segment: what its rules lack, what stands in their way, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from segrules.diagnostics.source import Span
from segrules.explain.enough import Enough
from segrules.explain.forms.why_not import WhyNotForm, why_not_form
from segrules.explain.names import Names
from segrules.explain.shortfall import NOWHERE, Distance, Shortfall
from segrules.explain.why_not_text import render
from segrules.language.values import Value
from segrules.meaning.decisions import Decision, Outcome
from segrules.program.program import HitPolicy, Rule, Segmentation


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Another rule, which matched or may match, and for which the row does not get the segment.

    `to_fail` is what would have to turn out otherwise for it to fail.
    """

    rule: Rule
    outcome: Outcome
    to_fail: Shortfall


@dataclass(frozen=True, slots=True)
class NearRule:
    """A rule that gives the segment: how it turned out, what it lacks (None: nothing), and what is in its way."""

    rule: Rule
    outcome: Outcome
    lacks: Shortfall | None
    in_the_way: tuple[Obstacle, ...]

    @property
    def in_force(self) -> bool:
        """Whether the rule counts on that day."""
        return self.outcome is not Outcome.NOT_IN_FORCE

    @property
    def distance(self) -> Distance:
        """How far the row is from getting the segment by this rule."""
        return sum((one.to_fail.distance for one in self.in_the_way), self.lacks.distance if self.lacks else NOWHERE)


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a row is not in one segment of one segmentation; the nearest rule stands first.

    For the default, which no rule gives, `in_the_way` has the rules that matched or may match. `enough` is None where
    no column is actionable, and where the row is there already.
    """

    segmentation: Segmentation
    segment: str
    decision: Decision
    rules: tuple[NearRule, ...]
    in_the_way: tuple[Obstacle, ...] = ()
    enough: Enough | None = None

    @property
    def assigned(self) -> tuple[str, ...]:
        """The segments that the row is in."""
        if self.segmentation.hit_policy is HitPolicy.COLLECT:
            return self.decision.segments
        return () if self.decision.segment is None else (self.decision.segment,)

    @property
    def given_by(self) -> tuple[str, ...]:
        """The rules that gave the row the segment; none where it is the default, or the row is not there."""
        return tuple(one.rule.id for one in self.rules if one.rule.id in self.decision.rules)

    @property
    def is_there(self) -> bool:
        """Whether the row is in the segment, though perhaps provisionally."""
        return self.segment in self.assigned

    @property
    def is_certain(self) -> bool:
        """Whether nothing that is missing could take the row out of the segment that it is in."""
        return self.is_there and all(self.segment in answer.segments for answer in self.decision.answers)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a row is not in a segment, in each segmentation that has one of that name.

    `folder` is that of the ruleset, from which places are told; `hidden` names the sensitive columns on whose account
    values are hidden.
    """

    names: Names
    key: tuple[tuple[str, Value], ...]
    as_of: date
    misses: tuple[Miss, ...]
    folder: str = ""
    hidden: tuple[str, ...] = ()

    def place(self, span: Span) -> str:
        """Return where something stands, as seen from the folder of the ruleset."""
        return str(span).removeprefix(self.folder)

    def text(self, *, width: int = 100) -> str:
        """Return the answer for a terminal, `width` columns wide: a sentence, then what is lacking, nearest first."""
        return render(self, width=width)

    def to_dict(self) -> list[WhyNotForm]:
        """Return the answer as JSON has it, one entry a segmentation: the part of a trace under `why_not`."""
        return [why_not_form(miss) for miss in self.misses]

    def __str__(self) -> str:
        """Return the text."""
        return self.text()

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"
