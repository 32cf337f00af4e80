"""United's ladder is monotone: nobody loses a status by flying more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import segrules

UNITED = segrules.load(Path(__file__).parents[2] / "rulesets" / "published" / "united")
LADDER = list(UNITED.program.segmentation("status").segments)

YEARS = st.integers(0, 100), st.integers(0, 40_000), st.integers(0, 10)
MORE = st.integers(0, 30), st.integers(0, 10_000), st.integers(0, 5)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.tuples(*YEARS), st.tuples(*MORE)), min_size=1, max_size=80), st.sampled_from([2023, 2025]))
def test_another_flight_or_point_never_lowers_the_status(
    members: list[tuple[tuple[int, int, int], tuple[int, int, int]]], year: int
) -> None:
    rows = []
    for number, (flown, more) in enumerate(members):
        for name, values in (("less", flown), ("more", tuple(map(sum, zip(flown, more, strict=True))))):
            pqf, pqp, flights = values
            rows.append({"member_id": f"{number} {name}", "pqf": pqf, "pqp": pqp, "united_flights": flights})
    status = UNITED.evaluate({"members": rows}, as_of=date(year, 12, 31)).wide["status"].to_list()
    ranks = [LADDER.index(one) for one in status]
    assert all(less <= more for less, more in zip(ranks[::2], ranks[1::2], strict=True))


def test_the_thresholds_go_up_with_the_status() -> None:
    values = {one.name: one.value for one in UNITED.bound(None, date(2025, 12, 31)).parameters}
    for of in ("flights", "points", "points_alone"):
        ladder = [values[f"{tier}_{of}"] for tier in ("silver", "gold", "platinum", "k1")]
        assert ladder == sorted(ladder)  # type: ignore[type-var]
