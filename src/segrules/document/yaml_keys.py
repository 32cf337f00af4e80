"""Keys that YAML does not see: a colon or a blank is missing, or something stands before the key."""

from __future__ import annotations

import re
from itertools import takewhile

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.document.draft import PLACEHOLDER, Draft, Finding, Replacement
from segrules.document.yaml_lines import Line, line_at, lines_after, lines_before

_KEY_WITHOUT_BLANK = re.compile(r"(?P<key>[^\W\d][\w.-]*):(?=[^ \t\r\n])(?!//)")
_DASH_WITHOUT_BLANK = re.compile(r"-(?=[^\W\d]|[\"'{\[])")
_KEY_WITHOUT_COLON = re.compile(
    r"(?P<key>[^\W\d][\w.-]*)(?P<sign>[ \t]*(?:=>|->|=|\uff1a)[ \t]*|[ \t]+(?=[\w\"'])|(?=[\r\n]|\Z))"
)
_MOST_WORDS = 8
_SIGN_BEFORE_KEY = re.compile(
    r"(?P<sign>[^\w\s\"'#\[{-]+)(?P<blanks>[ \t]*)(?=-[ \t]|(?P<key>[^\W\d][\w.-]*)[ \t]*:(?:\s|\Z))"
)
_DIGITS_BEFORE_COMMA = re.compile(r"(?<![\w.])(?P<digits>\d{1,3}(?:,\d{3})*),\Z")
_THREE_DIGITS = re.compile(r"\d{3}(?:,\d{3})*(?![\w.,]*\w)")
_ODD_BLANK = re.compile(r"[^\S \t\r\n]+")
_ODD_INDENTATION = re.compile(r"(?<![^\r\n])[ \t]*[^\S \t\r\n][^\S\r\n]*")


def misread_key(draft: Draft, start: int, end: int) -> Finding | None:
    """Return what to say about a plain key that begins with another sign, or with a blank that is none to YAML."""
    sign = _SIGN_BEFORE_KEY.match(draft.text, start)
    if sign and sign["blanks"]:
        return sign_before_key(draft, start)
    return dash_without_blank(draft, start) or _odd_blank_at_ends(draft, start, end)


def dash_without_blank(draft: Draft, offset: int) -> Finding | None:
    """Return what to say about a dash that should begin a list item and stands directly before its text."""
    if not _DASH_WITHOUT_BLANK.match(draft.text, offset):
        return None
    return _blank_missing(draft, offset + 1, "-", f"- {draft.text[offset + 1 : line_at(draft.text, offset).end]}")


def key_without_blank(draft: Draft, line: Line) -> Finding | None:
    """Return what to say about a line that, behind its dashes, begins with a key without a blank behind the colon."""
    key = _KEY_WITHOUT_BLANK.match(draft.text, line.key_start, line.end)
    if key is None:
        return None
    if odd := _ODD_BLANK.match(draft.text, key.end()):
        return _odd_blank(draft, odd.start(), (Replacement(odd.start(), odd.end(), " "),))
    return _blank_missing(draft, key.end(), key[0], f"{key[0]} {draft.text[key.end() : line.end]}")


def keys_without_blank(draft: Draft, start: int, end: int) -> Finding | None:
    """Return what to say if a plain value is in truth one or more keys without a blank behind their colons.

    A value that stands in a list, or behind its key, on one line may well be meant: `- 10:30`, `at: a:b`.
    """
    first = line_at(draft.text, start)
    lines = [first, *takewhile(lambda line: line.start < end, lines_after(first))]
    if start != first.key_start or first.key is not None or (first.dashes and len(lines) == 1):
        return None
    if not all(_KEY_WITHOUT_BLANK.match(draft.text, line.key_start) for line in lines if not line.is_blank):
        return None
    return key_without_blank(draft, first)


def _blank_missing(draft: Draft, offset: int, before: str, meant: str) -> Finding:
    diagnostic = Diagnostic(
        catalogue.BLANK_MISSING,
        f"a blank is missing after `{before}`",
        Label(draft.span(offset - 1, offset + 1), "no blank here"),
        help=f"write `{meant}`",
        fix=Fix("put a blank there", (Edit(draft.span(offset, offset), " ", verbatim=True),), Applicability.SAFE),
    )
    return Finding(diagnostic, (Replacement(offset, offset, " "),))


def _odd_blank_at_ends(draft: Draft, start: int, end: int) -> Finding | None:
    found = _ODD_BLANK.finditer(draft.text, start, end)
    odd = [match for match in found if match.start() == start or match.end() == end]
    if not odd:
        return None
    is_indentation = odd[0].start() == start and (start == 0 or draft.text[start - 1] in "\r\n")
    mended = [*_ODD_INDENTATION.finditer(draft.text), *odd[1:]] if is_indentation else odd
    blanks = (Replacement(match.start(), match.end(), " " * len(match[0])) for match in mended)
    return _odd_blank(draft, odd[0].start(), tuple(blanks))


def _odd_blank(draft: Draft, offset: int, mended: tuple[Replacement, ...]) -> Finding:
    message = "this looks like a blank, but YAML takes it for a letter"
    label = Label(draft.span(offset, offset + 1), f"the character U+{ord(draft.text[offset]):04X}")
    advice = "delete it and type an ordinary blank; such characters come from web pages and word processors"
    edits = tuple(Edit(draft.span(one.start, one.end), one.text, verbatim=True) for one in mended)
    fix = Fix("put an ordinary blank there", edits, Applicability.SAFE)
    return Finding(Diagnostic(catalogue.ODD_BLANK, message, label, help=advice, fix=fix), mended)


def key_without_colon(draft: Draft, line: Line) -> Finding | None:
    """Return what to say about a line where a key should be, and that has no colon."""
    if line.is_blank:
        return None
    key = _KEY_WITHOUT_COLON.match(draft.text, line.key_start, line.end)
    if key is None or len(line.content.split()) > _MOST_WORDS or _goes_on(line):
        return _line_of_text(draft, line)
    edit = Edit(draft.span(key.start("sign"), key.end("sign")), ": ", verbatim=True)
    diagnostic = Diagnostic(
        catalogue.COLON_MISSING,
        "the line has no key: a colon is missing",
        Label(draft.span(line.key_start, line.end), "no `key: value`"),
        help=f"write `{key['key']}: {draft.text[key.end() : line.end] or '…'}`, "
        "or indent the line further if it goes on with the value above",
        fix=Fix("put a colon there", (edit,), Applicability.UNSAFE),
    )
    value = Replacement(key.end(), line.end, PLACEHOLDER)
    return Finding(diagnostic, (Replacement(*key.span("sign"), ": "), value))


def _goes_on(line: Line) -> bool:
    """Return whether a line seems to go on with a comment or a text above it."""
    above = next(lines_before(line), None)
    if above is None:
        return False
    is_comment = above.text.startswith("#", above.value_start)
    return is_comment or (not above.is_blank and above.key is None and not above.dashes)


def _line_of_text(draft: Draft, line: Line) -> Finding:
    diagnostic = Diagnostic(
        catalogue.COLON_MISSING,
        "the line has no key",
        Label(draft.span(line.key_start, line.end), "no `key: value`"),
        help="indent the line further if it goes on with the value above, or begin it with `#` if it is a comment",
    )
    return Finding(diagnostic, (Replacement(line.key_start, line.end, ""),))


def colon_missing_in_braces(draft: Draft, start: int, end: int) -> Diagnostic:
    """Return what to say about an item in `{ }` without a value."""
    text = draft.text[start:end]
    if key := _KEY_WITHOUT_BLANK.match(text):
        return _blank_missing(draft, start + key.end(), key[0], f"{key[0]} {text[key.end() :]}").diagnostic
    if (before := _DIGITS_BEFORE_COMMA.search(draft.text, max(start - 40, 0), start)) and (
        digits := _THREE_DIGITS.match(draft.text, start)
    ):
        return _parted_digits(draft, before.start("digits"), digits.end())
    message = f"`{text}` stands in `{{ }}` without a colon"
    label = Label(draft.span(start, end), "no `key: value`")
    advice = f"write `{text}: …`, or put the whole value in quotes if no mapping is meant"
    return Diagnostic(catalogue.COLON_MISSING, message, label, help=advice)


def _parted_digits(draft: Draft, start: int, end: int) -> Diagnostic:
    """Return what to say about `200,000` in `{ }`: the value ends at the comma."""
    written = draft.text[start:end]
    number = written.replace(",", "_")
    return Diagnostic(
        catalogue.COLON_MISSING,
        f"`{written}` is cut in two: inside `{{ }}` a comma ends the value",
        Label(draft.span(start, end), "one number?"),
        help=f"write `{number}`",
        fix=Fix(f"write `{number}`", (Edit(draft.span(start, end), number, verbatim=True),), Applicability.UNSAFE),
    )


def sign_before_key(draft: Draft, offset: int) -> Finding | None:
    """Return what to say about a sign, such as a bracket, that stands where a line's or item's key should begin."""
    found = _SIGN_BEFORE_KEY.match(draft.text, offset)
    if found is None:
        return None
    sign = found["sign"]
    what = f"the key `{found['key']}`" if found["key"] else "a list item"
    edit = Edit(draft.span(offset, found.end("sign")), "", verbatim=True)
    diagnostic = Diagnostic(
        catalogue.FORBIDDEN_FIRST_CHARACTER,
        f"`{sign}` stands before {what}",
        Label(draft.span(offset, found.end("sign")), "not part of a key"),
        help=f"take `{sign}` out, or put the key in quotes",
        fix=Fix(f"take `{sign}` out", (edit,), Applicability.UNSAFE),
    )
    return Finding(diagnostic, (Replacement(offset, found.end(), " " * _blanks_instead(draft, found)),))


def _blanks_instead(draft: Draft, found: re.Match[str]) -> int:
    """Return how many blanks to put in place of a sign and those behind it, so that the key is in line with others."""
    line = line_at(draft.text, found.start())
    near = (next(lines_before(line), None), next(lines_after(line), None))
    columns = {other.key_column - found.start() + line.start for other in near if other and not other.is_blank}
    typed_in, typed_over = len(found["blanks"]), len(found[0])
    return next((blanks for blanks in (typed_in, typed_over, 0) if blanks in columns), typed_in)
