"""What is wrong with the popular RFM grid, counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import segrules

FOLDER = Path(__file__).parents[2] / "rulesets" / "published" / "rfm_ranges"
AS_OF = date(2026, 6, 30)
UNVERIFIED = ("promising", "about_to_sleep", "cant_lose")


def cells(lowest: int) -> list[dict[str, object]]:
    scores = range(lowest, 6)
    return [{"customer_id": f"{r} {fm}", "r": r, "fm": fm} for r in scores for fm in scores]


def matches(folder: Path, lowest: int, leave_out: tuple[str, ...] = ()) -> list[int]:
    """How many segments each pair of scores is in."""
    lines = (
        (FOLDER / "ruleset.yaml").read_text("utf-8").replace("hit_policy: first", "hit_policy: collect").splitlines()
    )
    kept = [line for line in lines if not any(f"segment: {name}," in line for name in leave_out)]
    (folder / "ruleset.yaml").write_text("\n".join(kept), "utf-8")
    result = segrules.load(folder).evaluate({"customers": cells(lowest)}, as_of=AS_OF)
    return [len(segments) for segments in result.wide["segment"].to_list()]


def test_most_scores_are_in_several_segments(tmp_path: Path) -> None:
    from_one = matches(tmp_path, 1)
    assert (len(from_one), sum(count > 1 for count in from_one), from_one.count(0)) == (25, 20, 0)
    verified = matches(tmp_path, 1, UNVERIFIED)
    assert sum(count > 1 for count in verified) == 17


def test_on_scores_from_nought_the_verified_rows_have_a_gap_too(tmp_path: Path) -> None:
    from_nought = matches(tmp_path, 0, UNVERIFIED)
    assert (len(from_nought), sum(count > 1 for count in from_nought), from_nought.count(0)) == (36, 18, 1)


def test_four_segments_can_never_come_out() -> None:
    result = segrules.load(FOLDER).evaluate({"customers": cells(1)}, as_of=AS_OF)
    sizes = result.summary.segmentations["segment"].segments
    assert {name for name, size in sizes.items() if not size} == {"new", "promising", "cant_lose", "lost"}
