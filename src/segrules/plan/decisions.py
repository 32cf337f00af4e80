"""What a segmentation's rules make of a row, as columns: how they turned out, what is possible, which unknowns matter.

A rule that is unknown might turn out true. Rules are taken one at a time, or, where two can be in conflict, in pairs;
more of them together lead to no further answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from segrules.language import types
from segrules.plan.logic import (
    at_least,
    boolean,
    conjunction,
    disjunction,
    is_missing,
    is_true,
    may_be_true,
    negation,
    truth,
)
from segrules.plan.steps import Decision
from segrules.program.nodes import Call, Constant, Expression, Field
from segrules.program.program import HitPolicy, Rule, Segmentation

if TYPE_CHECKING:
    from segrules.plan.columns import Columns

COLLECT = HitPolicy.COLLECT
NO_SEGMENT = "(no segment)"
CONFLICT = "(conflict)"
