"""Lines that YAML cannot put in their place: indentation, missing colons and blanks, stray list items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.document.draft import PLACEHOLDER, Draft, Finding, Replacement
from segrules.document.yaml_lines import Line, line_at, lines_after, lines_before

_KEY_WITHOUT_BLANK = re.compile(r"(?P<key>[^\W\d][\w.-]*):(?=[^ \t\r\n])(?!//)")
_FIRST_WORD = re.compile(r"[^\W\d][\w.-]*")
_OTHER_SIGN = re.compile(r"[ \t]*(?:=>|->|=|\uff1a)?[ \t]*")
_TABS = re.compile(r"(?<![^\r\n])[ ]*\t[ \t]*")
_ODD_BLANK = re.compile(r"[^\S \t\r\n]+")
_ODD_INDENTATION = re.compile(r"(?<![^\r\n])[ \t]*[^\S \t\r\n]\s*?(?=\S)")


def tab_indentation(draft: Draft, offset: int) -> Finding | None:
    """Return what to say if the line around an offset is indented with a tab; all such lines are mended at once."""
    line = line_at(draft.text, offset)
    if not _TABS.match(draft.text, line.start):
        return None
    tab = draft.text.index("\t", line.start)
    mended = [Replacement(tabs.start(), tabs.end(), tabs[0].replace("\t", "  ")) for tabs in _TABS.finditer(draft.text)]
    message = "the line is indented with a tab"
    advice = "indent with blanks; an editor can turn all tabs into blanks"
    notes = (f"so are {len(mended) - 1} other lines",) if len(mended) > 1 else ()
    label = Label(draft.span(tab, tab + 1), "a tab")
    return Finding(Diagnostic(catalogue.TAB_INDENTATION, message, label, notes=notes, help=advice), tuple(mended))


def misread_key(draft: Draft, start: int, end: int) -> Finding | None:
    """Return what to say about a plain key that begins with a dash, or with a blank that is none to YAML."""
    if draft.text[start] == "-":
        return _blank_missing_after_dash(draft, start)
    return _odd_blank_at_ends(draft, start, end)


def _odd_blank_at_ends(draft: Draft, start: int, end: int) -> Finding | None:
    odd = [
        match for match in _ODD_BLANK.finditer(draft.text, start, end) if match.start() == start or match.end() == end
    ]
    if not odd:
        return None
    mended = {Replacement(match.start(), match.end(), " " * len(match[0])) for match in odd}
    if odd[0].start() == start:
        indentations = _ODD_INDENTATION.finditer(draft.text)
        mended |= {Replacement(match.start(), match.end(), " " * len(match[0])) for match in indentations}
    return _odd_blank(draft, odd[0].start(), tuple(mended))


def _odd_blank(draft: Draft, offset: int, mended: tuple[Replacement, ...]) -> Finding:
    code_point = f"U+{ord(draft.text[offset]):04X}"
    message = "this looks like a blank, but YAML takes it for a letter"
    label = Label(draft.span(offset, offset + 1), f"the character {code_point}")
    advice = "delete it and type an ordinary blank; such characters come from web pages and word processors"
    return Finding(Diagnostic(catalogue.ODD_BLANK, message, label, help=advice), mended)


def blank_missing(draft: Draft, line: Line) -> Finding | None:
    """Return what to say if a line, behind its dashes, begins with a key without a blank behind the colon."""
    key = _KEY_WITHOUT_BLANK.match(draft.text, line.key_start, line.end)
    if key is None:
        return None
    if odd := _ODD_BLANK.match(draft.text, key.end()):
        return _odd_blank(draft, odd.start(), (Replacement(odd.start(), odd.end(), " "),))
    rest = draft.text[key.end() : line.end]
    return _blank_missing(draft, key.end(), f"{key['key']}:", f"{key['key']}: {rest}")


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
    return blank_missing(draft, first)


def _blank_missing_after_dash(draft: Draft, offset: int) -> Finding:
    line = line_at(draft.text, offset)
    return _blank_missing(draft, offset + 1, "-", f"- {draft.text[offset + 1 : line.end]}")


def _blank_missing(draft: Draft, offset: int, before: str, meant: str) -> Finding:
    place = draft.span(offset, offset)
    diagnostic = Diagnostic(
        catalogue.BLANK_MISSING,
        f"a blank is missing after `{before}`",
        Label(draft.span(offset - 1, offset + 1), "no blank here"),
        help=f"write `{meant}`",
        fix=Fix("put a blank there", (Edit(place, " "),), Applicability.SAFE),
    )
    return Finding(diagnostic, (Replacement(offset, offset, " "),))


def colon_missing(draft: Draft, line: Line) -> Finding | None:
    """Return what to say about a line that begins with a word, where a key and a colon should be."""
    word = _FIRST_WORD.match(draft.text, line.key_start, line.end)
    sign = _OTHER_SIGN.match(draft.text, word.end(), line.end) if word else None
    if word is None or sign is None:
        return None
    edit = Edit(draft.span(sign.start(), sign.end()), ": ")
    diagnostic = Diagnostic(
        catalogue.COLON_MISSING,
        "the line has no key: a colon is missing",
        Label(draft.span(line.key_start, line.end), "no `key: value`"),
        help=f"write `{word[0]}: {draft.text[sign.end() : line.end] or '…'}`, "
        "or indent the line further if it goes on with the value above",
        fix=Fix("put a colon there", (edit,), Applicability.UNSAFE),
    )
    value = Replacement(sign.end(), line.end, PLACEHOLDER)
    return Finding(diagnostic, (Replacement(sign.start(), sign.end(), ": "), value))


def colon_missing_in_braces(draft: Draft, start: int, end: int) -> Diagnostic:
    """Return what to say about an item in `{ }` without a value."""
    text = draft.text[start:end]
    if key := _KEY_WITHOUT_BLANK.match(text):
        return _blank_missing(draft, start + key.end(), key[0], f"{key[0]} {text[key.end() :]}").diagnostic
    message = f"`{text}` stands in `{{ }}` without a colon"
    label = Label(draft.span(start, end), "no `key: value`")
    advice = f"write `{text}: …`, or put the whole value in quotes if no mapping is meant"
    return Diagnostic(catalogue.COLON_MISSING, message, label, help=advice)


def stray_bracket(draft: Draft, line: Line) -> Finding | None:
    """Return what to say about a line that begins with a closing bracket."""
    start = line.content_start
    bracket = draft.text[start : start + 1]
    if bracket not in ("]", "}"):
        return None
    label = Label(draft.span(start, start + 1), "nothing is open here")
    message = f"`{bracket}` closes no bracket"
    diagnostic = Diagnostic(catalogue.UNBALANCED_BRACKET, message, label, help=f"take the `{bracket}` out")
    return Finding(diagnostic, (Replacement(start, start + 1, ""),))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, from 0, in which a line above has a key or a dash."""

    number: int
    is_dash: bool
    line: Line


def wrong_place(draft: Draft, line: Line) -> Finding | None:
    """Return what to say about a key or list item that is in line with none above it, or with the wrong sort."""
    is_dash = bool(line.dashes)
    columns = list(_columns_above(line))
    if not columns:
        return None
    here = next((column for column in columns if column.number == line.indent), None)
    if here:
        return None if here.is_dash == is_dash else _list_among_keys(draft, line, here)
    candidates = [column for column in columns if column.is_dash == is_dash] or columns
    nearest = min(candidates, key=lambda column: (abs(column.number - line.indent), -column.number))
    return _wrong_indentation(draft, line, nearest)


def _columns_above(line: Line) -> Iterator[_Column]:
    """Yield the columns of the keys and dashes that are open above a line, the innermost first."""
    limit: float = float("inf")
    for above in lines_before(line):
        found = [_Column(number, True, above) for number in above.dashes]
        if above.key is not None:
            found.append(_Column(above.key_column, False, above))
        for column in reversed(found):
            if column.number < limit:
                limit = column.number
                yield column
        if limit == 0:
            return


def _wrong_indentation(draft: Draft, line: Line, model: _Column) -> Finding:
    above = draft.span(model.line.start + model.number, model.line.end).text
    sort = "list item" if model.is_dash else "key"
    diagnostic = Diagnostic(
        catalogue.WRONG_INDENTATION,
        f"the line is {_indented(line.indent)}, in line with no {sort} above it",
        _start_of(draft, line, line.indent, "this"),
        related=(_start_of(draft, model.line, model.number, _indented(model.number)),),
        help=f"indent it by {model.number} like `{above}`" if model.number else f"do not indent it, like `{above}`",
        fix=_indentation_fix(draft, line, model.number),
    )
    return Finding(diagnostic, _moved(line, model.number - line.indent))


def below_text_block(draft: Draft, line: Line, block_start: int) -> Finding | None:
    """Return what to say about a line that is indented less than the text block above, but further than its key."""
    header = line_at(draft.text, block_start)
    body = next((below for below in lines_after(header) if not below.is_blank), None)
    if body is None or not header.key_column < line.indent < body.indent:
        return None
    diagnostic = Diagnostic(
        catalogue.WRONG_INDENTATION,
        f"the line is {_indented(line.indent)}, less than the text block above it",
        _start_of(draft, line, line.indent, "this"),
        related=(_start_of(draft, body, body.indent, _indented(body.indent)),),
        help=f"indent it by {body.indent}",
        fix=_indentation_fix(draft, line, body.indent),
    )
    return Finding(diagnostic, _moved(line, body.indent - line.indent))


def _list_among_keys(draft: Draft, line: Line, column: _Column) -> Finding:
    message, advice = "a key stands in line with list items", "indent it to belong to the item above"
    if line.dashes:
        message, advice = "a list item stands in line with keys", "give the list a key of its own, or take `- ` out"
    diagnostic = Diagnostic(
        catalogue.LIST_AMONG_KEYS,
        message,
        _start_of(draft, line, line.indent, "this"),
        related=(_start_of(draft, column.line, column.number, "in line with this"),),
        help=advice,
    )
    taken_out = tuple(Replacement(part.content_start, part.end, "") for part in _with_lines_below(line))
    return Finding(diagnostic, taken_out, loses_text=True)


def _indented(number: int) -> str:
    return {0: "not indented", 1: "indented by 1 blank"}.get(number, f"indented by {number} blanks")


def _start_of(draft: Draft, line: Line, column: int, text: str) -> Label:
    start = line.start + column
    return Label(draft.span(start, max(line.end, start)), text)


def _indentation_fix(draft: Draft, line: Line, column: int) -> Fix:
    edit = Edit(draft.span(line.start, line.content_start), " " * column)
    return Fix(f"indent it by {column}", (edit,), Applicability.UNSAFE)


def _moved(line: Line, by: int) -> tuple[Replacement, ...]:
    lines = _with_lines_below(line)
    return tuple(Replacement(part.start, part.start + max(-by, 0), " " * by) for part in lines)


def _with_lines_below(line: Line) -> list[Line]:
    """Return a line and all that is indented like it, or further, directly below."""
    below = takewhile(lambda part: part.is_blank or part.indent >= line.indent, lines_after(line))
    return [line, *(part for part in below if not part.is_blank)]
