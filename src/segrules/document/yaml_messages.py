"""Why YAML cannot read a text, found from what stands there: the YAML parser's own words do not help its author."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.document import yaml_indentation, yaml_keys
from segrules.document.draft import PLACEHOLDER, Draft, Finding, Replacement
from segrules.document.yaml_lines import Line, closing_quote, line_at, lines_after, lines_before
from segrules.document.yaml_values import problem_with_value, text_after_multiline_quote, unclosed_quote

_ESCAPE = re.compile(r"\\[^\r\n]")
_ESCAPED = frozenset('0abtnvfre "/\\N_LPxuU\t\r\n')


@dataclass(frozen=True, slots=True)
class Trouble:
    """Where the YAML parser gave up, in offsets of the draft.

    `context` is where what it was reading began, `is_token` whether that was a single value or sign. `scalar` is
    the last scalar that was read, `flow_start` the outermost bracket that is open, if any.
    """

    draft: Draft
    problem: int
    context: int
    is_token: bool
    words: str
    scalar: tuple[int, int] | None
    flow_start: int | None

    @property
    def place(self) -> int:
        """Where to look for the cause first."""
        return self.context if self.is_token else self.problem


def explain(trouble: Trouble) -> Finding:
    """Return what is wrong at a place where the YAML parser gave up."""
    draft = trouble.draft
    return (
        yaml_indentation.tab_indentation(draft, trouble.problem)
        or _in_quotes(trouble)
        or _swallowed_by_quotes(trouble)
        or _directive_or_document(trouble)
        or yaml_keys.sign_before_key(draft, line_at(draft.text, trouble.place).key_start)
        or problem_with_value(draft, trouble.place, trouble.flow_start)
        or _line_above_without_key(trouble)
        or _problem_with_line(trouble)
        or _sign_before_key_above(trouble)
        or _unreadable(trouble)
    )


def _in_quotes(trouble: Trouble) -> Finding | None:
    text = trouble.draft.text
    if not trouble.is_token or text[trouble.context : trouble.context + 1] not in ('"', "'"):
        return None
    escape = _ESCAPE.search(text, max(trouble.problem - 2, trouble.context), trouble.problem + 2)
    if text[trouble.context] == '"' and escape:
        return _unknown_escape(trouble.draft, trouble.context, escape.start())
    return unclosed_quote(trouble.draft, trouble.context, trouble.flow_start)


def _unknown_escape(draft: Draft, quote: int, backslash: int) -> Finding:
    escape = draft.text[backslash : backslash + 2]
    closing = closing_quote(draft.text, quote)
    end = line_at(draft.text, backslash).end if closing is None else closing + 1
    inside = draft.text[quote + 1 : end - 1]
    advice = r"write `\\` for a backslash"
    if "'" not in inside and closing is not None:
        advice += f", or use single quotes: `'{inside}'`"
    diagnostic = Diagnostic(
        catalogue.UNKNOWN_ESCAPE,
        f"`{escape}` means nothing in double quotes" if escape[1:] not in "xuU" else f"`{escape}` is no character here",
        Label(draft.span(backslash, backslash + 2), "a backslash begins a special character"),
        help=advice,
        fix=_doubled(draft, quote, end) if escape[1:] not in "xuU" else None,
    )
    return Finding(diagnostic, (Replacement(quote, end, PLACEHOLDER),))


def _doubled(draft: Draft, start: int, end: int) -> Fix:
    """Return the fix that doubles every backslash of a text with nothing behind it that it could mean."""
    odd = [found for found in _ESCAPE.finditer(draft.text, start, end) if found[0][1] not in _ESCAPED]
    edits = tuple(Edit(draft.span(one.start(), one.start() + 1), r"\\", verbatim=True) for one in odd)
    return Fix(r"write `\\`", edits, Applicability.SAFE)


def _swallowed_by_quotes(trouble: Trouble) -> Finding | None:
    """Look for a quote that was closed some lines below: by the next one, with keys between, or amid a value."""
    if trouble.scalar is None:
        return None
    text = trouble.draft.text
    start, end = trouble.scalar
    if (
        text[start : start + 1] not in ('"', "'")
        or not start < end <= trouble.problem
        or text[end : trouble.problem].strip(" \t")
    ):
        return None
    first = line_at(text, start)
    inside = takewhile(lambda line: line.start < end, lines_after(first))
    if any(_is_no_continuation(line, first) for line in inside if not line.is_blank):
        return unclosed_quote(trouble.draft, start, trouble.flow_start)
    is_multiline = line_at(text, end).start != first.start
    return (
        text_after_multiline_quote(trouble.draft, start, end) if is_multiline and trouble.flow_start is None else None
    )


def _is_no_continuation(line: Line, first: Line) -> bool:
    return line.key is not None or bool(line.dashes) or line.indent <= first.indent


def _directive_or_document(trouble: Trouble) -> Finding | None:
    draft = trouble.draft
    line = line_at(draft.text, trouble.place)
    if draft.text.startswith("%", line.start):
        label = Label(draft.span(line.start, line.end), "to YAML, this is a directive")
        message = "a line cannot begin with `%` in YAML"
        diagnostic = Diagnostic(catalogue.FORBIDDEN_FIRST_CHARACTER, message, label, help="put the value in quotes")
        return Finding(diagnostic, (Replacement(line.start, line.end, ""),), loses_text=True)
    above = _line_above(line)
    if above and above.content == "..." and above.indent == 0:
        end = Replacement(line.start, len(draft.text), "")
        return Finding(second_document(draft, above.start, above.end), (end,))
    return None


def second_document(draft: Draft, start: int, end: int) -> Diagnostic:
    """Return what to say about the `---` or `...` behind which a second document stands."""
    mark = draft.text[start:end]
    label = Label(draft.span(start, end), "the first document ends here")
    advice = f"take `{mark}` out, or put what is below it in a file of its own"
    return Diagnostic(catalogue.SECOND_DOCUMENT, "the file holds more than one YAML document", label, help=advice)


def _line_above_without_key(trouble: Trouble) -> Finding | None:
    """Look for a line without `key: ` that YAML read together with the key on the line below it."""
    text = trouble.draft.text
    line = line_at(text, trouble.problem)
    if trouble.scalar is None or line.key is None or trouble.problem >= line.value_start:
        return None
    start = trouble.scalar[0]
    first = line_at(text, start)
    if first.start == line.start or first.key is not None or first.key_start != start:
        return None
    return (
        yaml_keys.dash_without_blank(trouble.draft, line.content_start)
        or yaml_indentation.item_in_item(trouble.draft, start, line.after)
        or yaml_keys.key_without_blank(trouble.draft, first)
        or yaml_keys.key_without_colon(trouble.draft, first)
    )


def _sign_before_key_above(trouble: Trouble) -> Finding | None:
    above = _line_above(line_at(trouble.draft.text, trouble.place))
    return yaml_keys.sign_before_key(trouble.draft, above.key_start) if above else None


def _line_above(line: Line) -> Line | None:
    return next((above for above in lines_before(line) if not above.is_blank), None)


def _problem_with_line(trouble: Trouble) -> Finding | None:
    draft = trouble.draft
    line = line_at(draft.text, trouble.place)
    if trouble.scalar and draft.text.startswith(("|", ">"), trouble.scalar[0]):
        below = yaml_indentation.below_text_block(draft, line, trouble.scalar[0])
        if below:
            return below
    if line.key is None and (not line.dashes or trouble.place >= line.key_start):
        return (
            yaml_indentation.stray_bracket(draft, line)
            or yaml_keys.dash_without_blank(draft, line.key_start)
            or yaml_keys.key_without_blank(draft, line)
            or yaml_keys.key_without_colon(draft, line)
        )
    return yaml_keys.dash_without_blank(draft, line.content_start) or yaml_indentation.wrong_place(draft, line)


def _unreadable(trouble: Trouble) -> Finding:
    draft = trouble.draft
    line = line_at(draft.text, trouble.place)
    if line.is_blank:
        line = _line_above(line) or line
    start = line.value_start if line.value and trouble.place >= line.value_start else line.content_start
    diagnostic = Diagnostic(
        catalogue.UNREADABLE_YAML,
        "YAML cannot read this line",
        Label(draft.span(start, max(line.end, start)), "the reader stopped here"),
        notes=(f"the YAML reader says: {trouble.words}",),
        help="look for a quote, bracket, colon or indentation that is not meant, here and on the line above",
    )
    if line.value and line.key is not None:
        return Finding(diagnostic, (Replacement(start, line.end, PLACEHOLDER),))
    return Finding(diagnostic, (Replacement(line.content_start, line.end, ""),), loses_text=True)
