"""The only door to HiGHS, a solver of linear and integer programs; it runs on one thread, in the same way each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from segrules.allocation.model import Model, Sum
from segrules.errors import NotSupported

if TYPE_CHECKING:
    import highspy

NEAR_ENOUGH = 1e-7
"""How far below the best a choice may be, as a part of it, for the search to end."""

_WHOLE_ENOUGH = 1e-9
"""How far from 0 or 1 a part may be and be whole: of a large amount, so small a part is money that is not there."""

_MOST_BRANCHES = 500
"""How many branches are looked at before the search is given up: a limit that is the same on every machine."""

_NEEDED = (
    "`allocation: optimise` needs a solver, which is not installed: "
    "install it with `pip install 'segrules[optimise]'`, or take `allocation: greedy`"
)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best choice if candidates could be granted in parts, which is no less than the best of whole ones.

    `parts` are from 0 to 1, by column. `costs` say what would be lost at least by moving a column, and `bond_costs` by
    loosening a bond; None where that follows from moving others.
    """

    parts: Sequence[float]
    bound: float
    costs: Sequence[float | None]
    bond_costs: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Whole:
    """A choice, by column 0 or 1 but for rounding, and what no choice gains more than."""

    parts: Sequence[float]
    bound: float


def require_solver() -> None:
    """Raise `NotSupported` where there is no solver."""
    try:
        import highspy  # noqa: F401
    except ImportError:
        raise NotSupported(_NEEDED) from None


def solve_relaxed(model: Model) -> Relaxed:
    """Return the best choice of parts; nobody is chosen if the solver does not find it."""
    import highspy

    solver = _solver(presolve="off", solver="ipm", run_crossover="on")
    solver.passModel(_program(model))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return Relaxed([0.0] * len(model.gains), model.most, [None] * len(model.gains), [None] * len(model.bonds))
    solution, basis = solver.getSolution(), solver.getBasis()
    pots = len(model.pots)
    return Relaxed(
        solution.col_value,
        solver.getInfo().objective_function_value,
        _costs(basis.col_status, solution.col_dual),
        _costs(basis.row_status[pots:], solution.row_dual[pots:]),
    )


def solve_whole(model: Model) -> Whole:
    """Return a choice of whole candidates that is the best, or near it; of nobody if the solver finds none.

    There is no presolve: of large amounts that differ by a unit it makes bounds that are too low.
    """
    import highspy

    limits = {"mip_rel_gap": NEAR_ENOUGH, "mip_max_nodes": _MOST_BRANCHES}
    solver = _solver(presolve="off", mip_feasibility_tolerance=_WHOLE_ENOUGH, **limits)
    program = _program(model)
    program.integrality_ = [highspy.HighsVarType.kInteger] * len(model.gains)
    solver.passModel(program)
    solver.run()
    solution, bound = solver.getSolution(), solver.getInfo().mip_dual_bound
    parts = solution.col_value if solution.value_valid else [0.0] * len(model.gains)
    return Whole(parts, bound if isfinite(bound) else model.most)


def _costs(statuses: Sequence[Any], duals: Sequence[float]) -> list[float | None]:
    import highspy

    basic = highspy.HighsBasisStatus.kBasic
    return [None if status == basic else abs(dual) for status, dual in zip(statuses, duals, strict=True)]


def _solver(**options: Any) -> highspy.Highs:
    """Return a solver that says nothing, not even its name."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 - the first that it does, and speaks of
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    solver = Silent()  # type: ignore[no-untyped-call]
    for name, value in {"threads": 1, "random_seed": 0, **options}.items():
        solver.setOptionValue(name, value)
    return solver


def _program(model: Model) -> highspy.HighsLp:
    import highspy

    program = highspy.HighsLp()
    sums: list[Sum] = [*model.pots, *model.bonds]
    program.num_col_, program.num_row_ = len(model.gains), len(sums)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = list(model.gains)
    program.col_lower_, program.col_upper_ = [0.0] * len(model.gains), [1.0] * len(model.gains)
    program.row_lower_ = [-highspy.kHighsInf] * len(sums)
    program.row_upper_ = [one.most for one in sums]
    starts = [0]
    for one in sums:
        starts.append(starts[-1] + len(one.columns))
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_ = starts
    matrix.index_ = [column for one in sums for column in one.columns]
    matrix.value_ = [factor for one in sums for factor in one.factors]
    return program
