"""What is said about expectations of what can never come out: one small function each."""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.listing import listed
from segrules.diagnostics.source import Span
from segrules.document.written import Text, Word
from segrules.engine.faults import Fault
from segrules.language.types import Type
from segrules.program.program import Column, Program, Segmentation, Table
from segrules.testing.wording import FAULTS, KINDS, near_word, right, wrong

_OF_SEGMENTATIONS = frozenset({"certainty", "possible", "rule", "conflict", "reasons"})


def unknown_expectation(name: Word, program: Program, names: Sequence[str]) -> Diagnostic:
    """Return what is said about an expectation of something that the ruleset does not say."""
    message = f"the ruleset says no `{name.value}` of a row of `{program.entity}`"
    first = next((one.name for one in program.segmentations), None)
    if name.value in _OF_SEGMENTATIONS and first is not None:
        way_out = f"name the segmentation below it: `{name.value}: {{{first}: …}}`"
        message = f"`{name.value}` is asked of one segmentation, and none is named"
        return Diagnostic(catalogue.UNKNOWN_EXPECTATION, message, Label(name.span, "of which?"), help=way_out)
    return near_word(catalogue.UNKNOWN_EXPECTATION, message, name.span, "unknown", name.value, names)


def not_a_segmentation(name: Word, key: str, segmentations: Sequence[str]) -> Diagnostic:
    """Return what is said about `certainty` and the like of what is no segmentation."""
    message = f"`{key}` is asked of segmentations, and `{name.value}` is none"
    return near_word(catalogue.UNKNOWN_EXPECTATION, message, name.span, "no segmentation", name.value, segmentations)


def not_a_treatment(name: Word, treatments: Sequence[str]) -> Diagnostic:
    """Return what is said about an expected treatment that does not exist."""
    message = f"the ruleset has no treatment `{name.value}`"
    return near_word(catalogue.UNKNOWN_EXPECTATION, message, name.span, "unknown", name.value, treatments)


def not_an_attribute(name: Word, treatment: str, attributes: Sequence[str]) -> Diagnostic:
    """Return what is said about an expected attribute that the treatment does not have."""
    message = f"the treatment `{treatment}` has no attribute `{name.value}`"
    return near_word(catalogue.UNKNOWN_EXPECTATION, message, name.span, "unknown", name.value, attributes)


def unreadable_number(key: str, treatment: str, declared: Type, written: Text, fault: Fault) -> Diagnostic:
    """Return what is said about an expected amount, or rank, that cannot come out."""
    return Diagnostic(
        FAULTS[fault],
        f"the {key} of `{treatment}` can never be `{written.value}`",
        Label(written.span, wrong(declared, fault)),
        help=right(declared, written, fault),
    )


def unknown_segment(written: Text, segmentation: Segmentation) -> Diagnostic:
    """Return what is said about an expected segment that does not exist."""
    message = f"`{written.value}` is no segment of `{segmentation.name}`"
    names = [*segmentation.segments, "none"]
    found = near_word(catalogue.UNKNOWN_VALUE, message, written.span, "unknown", written.value, names)
    return _with_declaration(found, segmentation)


def unknown_rule(written: Text, segmentation: Segmentation) -> Diagnostic:
    """Return what is said about an expected rule that does not exist."""
    message = f"`{written.value}` is no rule of `{segmentation.name}`"
    names = [*(rule.id for rule in segmentation.rules), "none"]
    found = near_word(catalogue.UNKNOWN_VALUE, message, written.span, "unknown", written.value, names)
    return _with_declaration(found, segmentation)


def _with_declaration(found: Diagnostic, segmentation: Segmentation) -> Diagnostic:
    label = Label(segmentation.span, "declared here")
    return Diagnostic(found.code, found.message, found.label, (label,), help=found.help, fix=found.fix)


def one_segment(name: Word, span: Span) -> Diagnostic:
    """Return what is said about a list of segments where there can be one."""
    return Diagnostic(
        catalogue.MISPLACED_ROW,
        f"`{name.value}` gives one segment, not a list",
        Label(span, "a list"),
        help=f"write `{name.value}: gold`, or `{name.value}: none` for no segment",
    )


def unreadable_expectation(name: Word, declared: Type, written: Text | tuple[Text, ...], fault: Fault) -> Diagnostic:
    """Return what is said about an expected value that cannot come out."""
    span = written.span if isinstance(written, Text) else name.span
    shown = f"`{written.value}`" if isinstance(written, Text) else "this list"
    return Diagnostic(
        FAULTS[fault],
        f"`{name.value}` can never be {shown}",
        Label(span, wrong(declared, fault)),
        help=right(declared, written, fault),
    )


def key_parts(key: Word, table: Table) -> Diagnostic:
    """Return what is said about an expected key with too many or too few parts."""
    example = ", ".join(f"<{name}>" for name in table.key)
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"the key of `{table.name}` is {listed(table.key)}",
        Label(key.span, "not so many parts"),
        help=f"write `{example}`, with a comma between the parts",
    )


def unreadable_key(key: Word, column: Column) -> Diagnostic:
    """Return what is said about an expected key that its column cannot hold."""
    return Diagnostic(
        catalogue.UNKNOWN_ROW,
        f"`{key.value}` is no key",
        Label(key.span, f"`{column.name}` is of type {column.type}"),
        (Label(column.span, "declared here"),),
        help=f"write {KINDS[column.type.kind]}",
    )


def unknown_row(key: Word, table: Table, keys: Sequence[str]) -> Diagnostic:
    """Return what is said about an expectation of a row that is not there."""
    message = f"no row of `{table.name}` has the key `{key.value}`"
    if not keys:
        way_out = f"give a row of `{table.name}`" + (", or look at its `where`" if table.where is not None else "")
        return Diagnostic(catalogue.UNKNOWN_ROW, message, Label(key.span, "not given"), help=way_out)
    return near_word(catalogue.UNKNOWN_ROW, message, key.span, "not given", key.value, keys)
