"""Numbers, days, stretches of time and texts as people write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from segrules.language import literals, messages, spelling_messages
from segrules.language.formatting import literal
from segrules.language.spot import Change, Spot
from segrules.language.tokens import scan
from segrules.language.words import UNITS, mistyped

_CURRENCIES = frozenset("AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD INR JPY MXN NOK NZD PLN SEK SGD TRY USD ZAR".split())
_MANY = {"k": 3, "thousand": 3, "m": 6, "mio": 6, "million": 6, "bn": 9, "billion": 9}
_UNIT_WORDS = frozenset({*UNITS, *(f"{unit}s" for unit in UNITS)})
_OTHER_UNITS = frozenset("second seconds sec minute minutes min hour hours hrs decade decades fortnight".split())

_POINT_FIRST = re.compile(r"\.[0-9]+")
_POINT_LAST = re.compile(r"[0-9][0-9_]*\.")
_POINTS_AS_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_WITH_COMMAS = re.compile(r"[1-9][0-9]{0,2}(?=(?:,[0-9]{3})*,0[0-9]{2})(?:,[0-9]{3})+(?![\w.])")
_STRAY_UNDERSCORES = re.compile(r"[1-9][0-9_]*")
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][0-9]{1,2}")
_WITH_WORD = re.compile(r"(?P<number>[0-9][0-9_]*(?:\.[0-9]+)?)(?P<word>[^\W\d_]+)")
_DAY_AND_TIME = re.compile(r"([0-9./-]+)(?:[Tt]| *)(.*)")
_LEADING_ZERO = re.compile(r"0[0-9_]+(?:\.[0-9]+)?")


def curly_text(spot: Spot) -> Change:
    """Change a text in the quotes of a word processor."""
    right = literal(spot.token.text[1:-1])
    return Change(spelling_messages.curly_quotes(spot.span(), right), 1, spot.read_as(right))


def open_text(spot: Spot) -> Change:
    """Change a text that goes on to the end of its line."""
    start, end = spot.token.start, spot.token.end
    quote, body = spot.token.text[0], spot.token.text[1:]
    cut = not spot.next().text and _comment_follows(spot)
    opener = spot.passage.span(start, start + 1)
    said = spelling_messages.unclosed_text(spot.passage.span(start, end), quote, opener, cut)
    return Change(said, 1, spot.read_as(literal(body)), certain=False)


def _comment_follows(spot: Spot) -> bool:
    """Return whether the file goes on with ` #` where the expression ends: a comment to YAML."""
    end = spot.passage.whole.end
    line = spot.passage.source.text[end:].partition("\n")[0]
    return line[:1].isspace() and line.lstrip().startswith("#")


def odd_number(spot: Spot) -> Change:
    """Change a number that is written in another way: `.5`, `1.000.000`, `12months`, `100k`."""
    text = spot.token.text
    if text[0] == "." and spot.previous.kind == "NAME" and spot.previous.end == spot.token.start:
        return Change(spelling_messages.not_a_number(spot.span(), text, _way_out(text)), 1, (), certain=False)
    if parts := _WITH_WORD.fullmatch(text):
        change = _number_with_word(spot, parts["number"], parts["word"], 1)
        if change is not None:
            return change
    right = _right_number(text)
    if right is not None:
        return spot.change(spelling_messages.number_spelling, right)
    return Change(
        spelling_messages.not_a_number(spot.span(), text, _way_out(text)), 1, spot.read_as("0"), certain=False
    )


def _right_number(text: str) -> str | None:
    if _POINT_FIRST.fullmatch(text):
        return f"0{text}"
    if _POINT_LAST.fullmatch(text):
        return text[:-1]
    if _POINTS_AS_COMMAS.fullmatch(text):
        return text.replace(".", "_")
    if _STRAY_UNDERSCORES.fullmatch(text) or _SCIENTIFIC.fullmatch(text):
        return _grouped(Decimal(text.replace("_", "")))
    return None


def _grouped(number: Decimal) -> str:
    return f"{number:,f}".replace(",", "_")


def _way_out(text: str) -> str:
    if _LEADING_ZERO.fullmatch(text):
        return f"write it without the zeros in front, or `'{text}'` in quotes if it is a text"
    if ".." in text:
        return "write a range as `between 1 and 5`"
    return "a number has digits, `_` between them and one point; a name does not begin with a digit"


def number(spot: Spot) -> Change | None:
    """Change a number that a word or a sign follows: `12 Months`, `100 USD`, `30 percent`, `1.5 years`, `100 €`."""
    following = spot.next()
    commas = _WITH_COMMAS.match(spot.passage.text, spot.token.start)
    if commas and commas[0].startswith(f"{spot.token.text},"):
        return _number_with_commas(spot, commas[0])
    if following.kind == "CURRENCY":
        said = spelling_messages.currency(spot.passage.span(following.start, following.end), following.text)
        return Change(said, 2, [spot.token])
    if following.kind != "NAME":
        return None
    return _number_with_word(spot, spot.token.text, following.text, 2)


def _number_with_commas(spot: Spot, written: str) -> Change:
    """Return the change of `1,000`; one comma can also be that of a decimal, or stand between two numbers."""
    groups = written.count(",")
    right = written.replace(",", "_")
    said = spelling_messages.number_spelling(spot.span(2 * groups + 1), written, right)
    return Change(said, 2 * groups + 1, spot.read_as(right, 2 * groups + 1), certain=groups > 1)


def _number_with_word(spot: Spot, written: str, word: str, count: int) -> Change | None:
    """Return the change of a number and a word, which are one token or two."""
    low = word.lower()
    last = spot.next(count - 1)
    place = spot.passage.span(last.end - len(word), last.end)
    if word in _CURRENCIES:
        return Change(spelling_messages.currency(place, word), count, spot.read_as(written, count))
    if low in ("percent", "pct"):
        return spot.change(spelling_messages.number_spelling, f"{written}%", count)
    if low in _MANY:
        right = _grouped(Decimal(written.replace("_", "") + f"e{_MANY[low]}"))
        return spot.change(spelling_messages.number_spelling, right, count, certain=False)
    if low in _UNIT_WORDS and "." in written:
        return Change(
            spelling_messages.whole_units(spot.span(count)), count, spot.read_as("1 month", count), certain=False
        )
    if low in _UNIT_WORDS:
        return spot.change(spelling_messages.duration_spelling, f"{written} {low}", count)
    near = mistyped(word, _UNIT_WORDS)
    if near is None and low not in _OTHER_UNITS:
        return None
    said = spelling_messages.unknown_unit(place, word, near if low not in _OTHER_UNITS else None)
    return Change(said, count, spot.read_as("1 month", count), certain=False)


def odd_currency(spot: Spot) -> Change | None:
    """Change `$100`."""
    if spot.next().kind not in ("NUMBER", "ODD_NUMBER"):
        return None
    return Change(spelling_messages.currency(spot.span(), spot.token.text), 1, ())


def odd_date(spot: Spot) -> Change:
    """Change a day that is not written year first with two digits each, or whose time is not local."""
    text = spot.token.text
    day, time = _DAY_AND_TIME.fullmatch(text).groups()  # type: ignore[union-attr]
    right, certain = _right_day(day)
    if right is None and day[4:5] in ("-", "/"):
        said = spelling_messages.impossible_value(spot.span(), f"there is no day `{day}`", literals.A_DAY)
        return Change(said, 1, spot.read_as("2026-01-31"), certain=False)
    if right is None:
        return Change(spelling_messages.no_such_day(spot.span(), text), 1, spot.read_as("2026-01-31"), certain=False)
    if not time:
        return spot.change(spelling_messages.date_spelling, right, certain=certain)
    timed = f"{right}T{time}"
    if scan(timed)[0].kind == "DATETIME":
        return spot.change(spelling_messages.date_spelling, timed, certain=certain)
    return Change(spelling_messages.datetime_spelling(spot.span(), text), 1, spot.read_as(right), certain=False)


def _right_day(written: str) -> tuple[str | None, bool]:
    """Return a day year first, if it is one, and whether it can be no other day."""
    first, second, third = map(int, re.split("[./-]", written))
    if first > 31:
        return _iso(first, second, third), True
    if "." in written or first > 12:
        return _iso(third, second, first), False
    return (_iso(third, first, second), False) if second > 12 else (None, False)


def _iso(year: int, month: int, day: int) -> str | None:
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        literals.read_date(text)
    except literals.Unreadable:
        return None
    return text


def impossible_literal(spot: Spot) -> Change | None:
    """Change a literal that stands for nothing: `2026-02-30`."""
    try:
        literals.read(spot.token.kind, spot.token.text)
    except literals.Unreadable as problem:
        said = spelling_messages.impossible_value(spot.span(), *problem.args)
        return Change(said, 1, spot.read_as(_STAND_INS[spot.token.kind]), certain=False)
    return None


_STAND_INS = {
    "NUMBER": "0",
    "PERCENT": "0%",
    "DATE": "2026-01-31",
    "DATETIME": "2026-01-31T00:00",
    "DURATION": "1 month",
}


def odd_character(spot: Spot) -> Change | None:
    """Change a `;` at the end, an invisible character, and the square brackets of a list."""
    text = spot.token.text
    if text == "[" and spot.previous.kind == "IN":
        return _square_list(spot)
    if text == ";" and not spot.next().text:
        return Change(spelling_messages.needless(spot.span(), text), 1, ())
    if unicodedata.category(text[0]) in ("Cf", "Cc"):
        name = unicodedata.name(text[0], f"U+{ord(text[0]):04X}").lower()
        return Change(spelling_messages.invisible_character(spot.span(), name), 1, ())
    return None


def _square_list(spot: Spot) -> Change | None:
    closing = next((step for step, token in enumerate(spot.rest) if token.text == "]"), None)
    if closing is None:
        return None
    first, last = spot.token, spot.next(closing)
    brackets = (spot.passage.span(first.start, first.end), spot.passage.span(last.start, last.end))
    inner = [spot.next(step) for step in range(1, closing)]
    round_ones = (first._replace(type="LEFT", kind="LEFT"), last._replace(type="RIGHT", kind="RIGHT"))
    said = messages.square_list(spot.span(closing + 1), brackets)
    return Change(said, closing + 1, [round_ones[0], *inner, round_ones[1]])
