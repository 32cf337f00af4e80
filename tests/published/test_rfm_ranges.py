"""What is wrong with the popular RFM grid, counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import segrules

FOLDER = Path(__file__).parents[2] / "rulesets" / "published" / "rfm_ranges"
AS_OF = date(2026, 6, 30)
GRID = {
    "champion": (4, 5, 4, 5),
    "loyal": (2, 5, 3, 5),
    "potential": (3, 5, 1, 3),
    "new": (4, 5, 0, 1),
    "promising": (3, 4, 0, 1),
    "attention": (2, 3, 2, 3),
    "about_to_sleep": (2, 3, 0, 2),
    "at_risk": (0, 2, 2, 5),
    "cant_lose": (0, 1, 4, 5),
    "hibernating": (1, 2, 1, 2),
    "lost": (0, 2, 0, 2),
}
"""As the source prints it: segment, then from and to of `r` and of `fm`."""
UNVERIFIED = ("promising", "about_to_sleep", "cant_lose")


def cells(lowest: int) -> list[dict[str, object]]:
    scores = range(lowest, 6)
    return [{"customer_id": f"{r} {fm}", "r": r, "fm": fm} for r in scores for fm in scores]


def matches(folder: Path, lowest: int, leave_out: tuple[str, ...] = ()) -> list[list[str]]:
    """The segments that each pair of scores is in."""
    text = (FOLDER / "ruleset.yaml").read_text("utf-8").replace("hit_policy: first", "hit_policy: collect")
    lines = text.replace("min: 1", f"min: {lowest}").splitlines()
    kept = [line for line in lines if not any(f"segment: {name}," in line for name in leave_out)]
    (folder / "ruleset.yaml").write_text("\n".join(kept), "utf-8")
    result = segrules.load(folder).evaluate({"customers": cells(lowest)}, as_of=AS_OF)
    return result.wide["segment"].to_list()


def test_every_pair_of_scores_is_in_the_published_segments(tmp_path: Path) -> None:
    assert matches(tmp_path, 0) == [
        [name for name, (low, high, fm_low, fm_high) in GRID.items() if low <= r <= high and fm_low <= fm <= fm_high]
        for r in range(6)
        for fm in range(6)
    ]


def counts(found: list[list[str]]) -> list[int]:
    return [len(segments) for segments in found]


def test_most_scores_are_in_several_segments(tmp_path: Path) -> None:
    from_one = counts(matches(tmp_path, 1))
    assert (len(from_one), sum(count > 1 for count in from_one), from_one.count(0)) == (25, 20, 0)
    verified = counts(matches(tmp_path, 1, UNVERIFIED))
    assert sum(count > 1 for count in verified) == 17


def test_on_scores_from_nought_the_verified_rows_have_a_gap_too(tmp_path: Path) -> None:
    from_nought = counts(matches(tmp_path, 0, UNVERIFIED))
    assert (len(from_nought), sum(count > 1 for count in from_nought), from_nought.count(0)) == (36, 18, 1)


def test_four_segments_can_never_come_out() -> None:
    result = segrules.load(FOLDER).evaluate({"customers": cells(1)}, as_of=AS_OF)
    sizes = result.summary.segmentations["segment"].segments
    assert {name for name, size in sizes.items() if not size} == {"new", "promising", "cant_lose", "lost"}


def test_check_counts_the_same_and_names_the_segments() -> None:
    told = [one for one in segrules.load(FOLDER).diagnostics if one.code.number.startswith("SR62")]
    overlap, *shadowed = [(one.code.slug, one.message, one.label.text) for one in told if one.label]
    assert overlap == (
        "overlapping-ranges",
        "20 of 25 combinations of `r` and `fm` match more than one rule of `segment`, and only their order decides",
        "a row of `customers` with `r` 3 and `fm` 3 matches `loyal` and `potential`",
    )
    assert [(slug, message) for slug, message, _ in shadowed] == [
        ("shadowed-rule", "`new` can never win: `potential`, above it, takes all its rows"),
        ("shadowed-rule", "`promising` can never win: `potential`, above it, takes all its rows"),
        ("shadowed-rule", "`cant_lose` can never win: `at_risk`, above it, takes all its rows"),
        ("repeated-rule", "`lost` asks for the same rows as `hibernating`, which comes first: it can never win"),
    ]
