"""Lines that stand too far left or right, or are indented with something other than blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.document.draft import Draft, Finding, Replacement
from segrules.document.yaml_lines import Line, line_at, lines_after, lines_before

_TABS = re.compile(r"(?<![^\r\n])[ ]*\t[ \t]*")
_LONGEST_SHOWN = 40


def tab_indentation(draft: Draft, offset: int) -> Finding | None:
    """Return what to say if the line around an offset is indented with a tab; all such lines are mended at once."""
    line = line_at(draft.text, offset)
    if not _TABS.match(draft.text, line.start):
        return None
    tab = draft.text.index("\t", line.start)
    mended = [Replacement(tabs.start(), tabs.end(), tabs[0].replace("\t", "  ")) for tabs in _TABS.finditer(draft.text)]
    message = "the line is indented with a tab"
    advice = "indent with blanks; an editor can turn all tabs into blanks"
    others = len(mended) - 1
    notes = (f"so {'is 1 other line' if others == 1 else f'are {others} other lines'}",) if others else ()
    label = Label(draft.span(tab, tab + 1), "a tab")
    return Finding(Diagnostic(catalogue.TAB_INDENTATION, message, label, notes=notes, help=advice), tuple(mended))


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
    """A column, from 0, in which a line near by has a key or a dash."""

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
    if child := _column_of_next_key(line, columns[0]):
        return _wrong_indentation(draft, line, child)
    below = next((after for after in lines_after(line) if not after.is_blank), line)
    if not line.value and below.indent > line.indent:
        columns = [column for column in columns if column.number < below.indent] or columns
    distances = sorted(columns, key=lambda column: (abs(column.number - line.indent), -column.number))
    nearest = next((column for column in distances if column.is_dash == is_dash), None)
    return _wrong_indentation(draft, line, nearest) if nearest else _list_among_keys(draft, line, distances[0])


def item_in_item(draft: Draft, start: int, end: int) -> Finding | None:
    """Return what to say if a plain list item goes on with a line that begins like a list item: `a - b` for two."""
    first = line_at(draft.text, start)
    if not first.dashes or start != first.key_start:
        return None
    inside = takewhile(lambda line: line.start < end, lines_after(first))
    item = next((line for line in inside if line.dashes), None)
    return _wrong_indentation(draft, item, _Column(first.dashes[-1], True, first)) if item else None


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


def _column_of_next_key(line: Line, innermost: _Column) -> _Column | None:
    """Return the column of the key below a line, if both seem to belong to the key above, which has no value."""
    above = next((before for before in lines_before(line) if not before.is_blank), None)
    below = next((after for after in lines_after(line) if not after.is_blank), None)
    if below is None or above is not innermost.line or above.value or line.dashes or below.dashes:
        return None
    is_child = above.key_column < below.indent != line.indent and below.key is not None
    return _Column(below.indent, False, below) if is_child else None


def _wrong_indentation(draft: Draft, line: Line, model: _Column) -> Finding:
    shown = draft.span(model.line.start + model.number, model.line.end).text
    shown = f"{model.line.key}:" if model.line.key and not model.is_dash else shown[:_LONGEST_SHOWN]
    diagnostic = Diagnostic(
        catalogue.WRONG_INDENTATION,
        f"the line is {_indented(line.indent)}, in line with no {'list item' if model.is_dash else 'key'} around it",
        _rest_of(draft, line, line.indent, "this"),
        related=(_rest_of(draft, model.line, model.number, _indented(model.number)),),
        help=f"indent it by {model.number} like `{shown}`" if model.number else f"do not indent it, like `{shown}`",
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
        _rest_of(draft, line, line.indent, "this"),
        related=(_rest_of(draft, body, body.indent, _indented(body.indent)),),
        help=f"indent it by {body.indent}",
        fix=_indentation_fix(draft, line, body.indent),
    )
    return Finding(diagnostic, _moved(line, body.indent - line.indent))


def _list_among_keys(draft: Draft, line: Line, column: _Column) -> Finding:
    message, advice = "a key stands where list items stand", "indent it to belong to the item above"
    if line.dashes:
        message, advice = "a list item stands where keys stand", "give the list a key of its own, or take `- ` out"
    diagnostic = Diagnostic(
        catalogue.LIST_AMONG_KEYS,
        message,
        _rest_of(draft, line, line.indent, "this"),
        related=(_rest_of(draft, column.line, column.number, "beside this"),),
        help=advice,
    )
    lines = [line, *(below for below in _lines_inside(line) if not below.is_blank)]
    return Finding(diagnostic, tuple(Replacement(part.content_start, part.end, "") for part in lines), loses_text=True)


def _lines_inside(line: Line) -> Iterator[Line]:
    """Yield the lines below that are indented like a line or further."""
    for below in lines_after(line):
        if not below.is_blank and below.indent < line.indent:
            return
        yield below


def _indented(number: int) -> str:
    return {0: "not indented", 1: "indented by 1 blank"}.get(number, f"indented by {number} blanks")


def _rest_of(draft: Draft, line: Line, column: int, text: str) -> Label:
    start = line.start + column
    return Label(draft.span(start, max(line.end, start)), text)


def _indentation_fix(draft: Draft, line: Line, column: int) -> Fix:
    edit = Edit(draft.span(line.start, line.content_start), " " * column, verbatim=True)
    return Fix(f"indent it by {column}", (edit,), Applicability.UNSAFE)


def _moved(line: Line, by: int) -> tuple[Replacement, ...]:
    """Move a line, and those below that are in line with it or with its key; what is further in may stay."""
    columns = {line.indent, line.key_column}
    moved = [line]
    for below in _lines_inside(line):
        if below.indent == line.indent + by:
            break
        if not below.is_blank and below.indent in columns:
            moved.append(below)
    return tuple(Replacement(part.start, part.start + max(-by, 0), " " * by) for part in moved)
