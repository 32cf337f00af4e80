"""Money and places shared out down a ranking, against what can be said of them without going down it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

import polars as pl
from hypothesis import example, given
from hypothesis import strategies as st

from segrules.backends.polars.arithmetic import WIDE
from segrules.backends.polars.sharing import CLAIMED, MONEY, PLACE, shared_out
from segrules.meaning.sharing import Claim, Pots, Share, Sizes, share_out

POTS = st.sampled_from(["a", "b", "c"])
SIZES = st.one_of(st.integers(0, 40), st.dictionaries(POTS, st.integers(0, 20)))
COUNTS = st.one_of(st.integers(0, 6), st.dictionaries(POTS, st.integers(0, 3)))
LINES = st.lists(st.builds(Claim, st.integers(0, 12), POTS, POTS), max_size=12)
SHARED = st.builds(Pots, st.none() | SIZES, st.none() | COUNTS, partial=st.booleans(), step=st.sampled_from([1, 5]))


def one_pot(line: list[Claim]) -> list[Claim]:
    return [replace(claim, money="a", place="a") for claim in line]


@given(SHARED, LINES)
def test_no_pot_gives_more_than_it_holds(pots: Pots, line: list[Claim]) -> None:
    money: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for claim, share in zip(line, share_out(pots, line), strict=True):
        if share.given is not None:
            money[claim.money] += share.given
            places[claim.place] += 1
    assert all(spent <= _size(pots.money, pot, spent) for pot, spent in money.items())
    assert all(taken <= _size(pots.places, pot, taken) for pot, taken in places.items())


@given(SHARED, LINES)
def test_one_pot_goes_to_the_longest_beginning_of_the_line_that_fits(pots: Pots, line: list[Claim]) -> None:
    whole = replace(pots, partial=False)
    line = one_pot(line)
    asked = list(accumulate(claim.asked for claim in line))
    fits = [
        all(
            total <= _size(pots.money, "a", total) and number <= _size(pots.places, "a", number)
            for number, total in enumerate(asked[:place], start=1)
        )
        for place in range(1, len(line) + 1)
    ]
    assert [share.given is not None for share in share_out(whole, line)] == fits


@given(SHARED, LINES)
def test_a_part_is_given_to_the_first_that_does_not_fit_and_to_no_other(pots: Pots, line: list[Claim]) -> None:
    line = one_pot(line)
    given_whole = [share.given for share in share_out(replace(pots, partial=False), line)]
    given_parts = [share.given for share in share_out(replace(pots, partial=True), line)]
    differ = [place for place, pair in enumerate(zip(given_whole, given_parts, strict=True)) if pair[0] != pair[1]]
    assert differ in ([], [given_whole.index(None)] if None in given_whole else [])
    assert all(given_parts[place] < line[place].asked for place in differ)  # type: ignore[operator]
    assert all(given_parts[place] % pots.step == 0 for place in differ)  # type: ignore[operator]


@given(SHARED, LINES, st.integers(1, 10), st.sampled_from([("a", "a"), ("a", "place"), ("money", "money")]))
def test_more_money_takes_nothing_from_those_who_share_it_wherever_they_share_places(
    pots: Pots, line: list[Claim], more: int, parts: tuple[str, str]
) -> None:
    before = share_out(pots, claims := parted(line, parts))
    assert_nobody_gets_less(before, share_out(replace(pots, money=_more(pots.money, more)), claims))


@given(SHARED, LINES, st.integers(1, 3), st.sampled_from([("a", "a"), ("money", "a"), ("money", "money")]))
def test_more_places_take_nothing_from_those_who_share_them_wherever_they_share_money(
    pots: Pots, line: list[Claim], more: int, parts: tuple[str, str]
) -> None:
    before = share_out(pots, claims := parted(line, parts))
    assert_nobody_gets_less(before, share_out(replace(pots, places=_more(pots.places, more)), claims))


def parted(line: list[Claim], parts: tuple[str, str]) -> list[Claim]:
    """The line with pots of money and places that are those named, or one for all."""
    pots = [[getattr(claim, part) if hasattr(claim, part) else part for part in parts] for claim in line]
    return [replace(claim, money=money, place=place) for claim, (money, place) in zip(line, pots, strict=True)]


def assert_nobody_gets_less(before: list[Share], after: list[Share]) -> None:
    pairs = [(was.given, now.given) for was, now in zip(before, after, strict=True) if was.given is not None]
    assert all(now is not None and was <= now for was, now in pairs)


@given(SHARED, LINES)
def test_what_would_have_been_enough_is(pots: Pots, line: list[Claim]) -> None:
    for place, share in enumerate(share_out(pots, line)):
        assert (share.given != line[place].asked) <= (share.enough_money is not None or share.enough_places is not None)
        enough = replace(
            pots,
            money=_raised(pots.money, line[place].money, share.enough_money),
            places=_raised(pots.places, line[place].place, share.enough_places),
        )
        assert share_out(enough, line)[place].given == line[place].asked


@given(SHARED, LINES, st.sampled_from([("", ""), ("money", ""), ("", "place"), ("money", "place"), ("money", "money")]))
@example(Pots({"a": 5, "b": 10**20}), [Claim(5, "a"), Claim(7, "b")], ("money", ""))  # the second beyond 64 bits
def test_polars_shares_out_alike(pots: Pots, line: list[Claim], parts: tuple[str, str]) -> None:
    """Rows are parted by either pot, by both, by one for both, or not at all."""
    named = [[getattr(claim, part) if part else "a" for part in parts] for claim in line]
    claims = [Claim(claim.asked, money, place) for claim, (money, place) in zip(line, named, strict=True)]
    columns = {MONEY: [one.money if parts[0] else None for one in claims]}
    columns[PLACE] = [one.place if parts[1] else None for one in claims]
    if not parts[0] and isinstance(pots.money, Mapping):
        pots = replace(pots, money=3)
    if not parts[1] and isinstance(pots.places, Mapping):
        pots = replace(pots, places=3)
    schema = {MONEY: pl.String, PLACE: pl.String}
    frame = pl.DataFrame(columns, schema=schema).with_columns(
        pl.Series(CLAIMED, [one.asked for one in claims], dtype=WIDE)
    )
    found = [Share(rank, given, *enough) for given, rank, _, *enough in shared_out(frame, pots).iter_rows()]
    assert found == share_out(pots, claims)


def _size(sizes: Sizes, pot: str, unlimited: int) -> int:
    return unlimited if sizes is None else sizes.get(pot, 0) if isinstance(sizes, Mapping) else sizes


def _raised(sizes: Sizes, pot: str, enough: int | None) -> Sizes:
    if enough is None:
        return sizes
    return {**sizes, pot: enough} if isinstance(sizes, Mapping) else enough


def _more(sizes: Sizes, more: int) -> Sizes:
    """Return larger sizes, of all pots or of the one called `a`."""
    if sizes is None:
        return None
    return {**sizes, "a": sizes.get("a", 0) + more} if isinstance(sizes, Mapping) else sizes + more
