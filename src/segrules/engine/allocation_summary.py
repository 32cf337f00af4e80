"""What the grants that were chosen for their value are worth together, and how near that is to the best."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal

from pydantic import BaseModel, ConfigDict

from segrules.allocation.problem import Allocated
from segrules.meaning.treatments import from_units
from segrules.program.program import Program
from segrules.program.treatments import WORTH_PLACES

_SAME = Decimal("1e-7")
"""Which part of the bound counts as nothing, as the search for more ends there."""


class AllocationSummary(BaseModel):
    """How good a choice of grants is: their total value, and the bound that no set of grants exceeds."""

    model_config = ConfigDict(frozen=True)

    value: Decimal
    """The total value of the grants."""
    bound: Decimal
    """What no set of grants exceeds."""
    gap: Decimal
    """How far the one may be below the other, as a share of the bound to six places, rounded up.

    0 says that no set of grants has a higher total, to one part in ten million.
    """
    unit: str | None
    """What the value counts; null if that is not known."""


def allocation_summary(program: Program, as_of: date, allocated: Allocated | None) -> AllocationSummary | None:
    """Return how good a choice is, None where nothing is chosen for its value."""
    units = [one.worth.unit for one in program.treatments if one.worth and one.in_force(as_of)]
    if not units:
        return None
    value, bound = (allocated.worth, allocated.bound) if allocated else (0, 0)
    gap = Decimal(bound - value) / bound if bound else Decimal(0)
    return AllocationSummary(
        value=from_units(value, WORTH_PLACES),
        bound=from_units(bound, WORTH_PLACES),
        gap=gap.quantize(Decimal("1e-6"), ROUND_CEILING) if gap > _SAME else Decimal(0),
        unit=units[0],
    )
