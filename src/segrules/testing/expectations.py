"""What a test expects of a row, checked against the program: names that exist, values that can come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Span
from segrules.document.suite import ExpectationText, Several
from segrules.document.written import Choice, Entry, Text, Word, Written
from segrules.engine.faults import Unreadable
from segrules.engine.spelling import Spelling
from segrules.language.types import Type
from segrules.language.values import Value
from segrules.program.program import CONFLICT, NO_SEGMENT, HitPolicy, Program, Segmentation
from segrules.testing import expectation_mistakes as mistakes
from segrules.testing.expected import Expected, What
from segrules.testing.treatments import read_treatments
from segrules.testing.values import MISSING, NONE, is_bare, read_value

T = TypeVar("T")

_CAN_CONFLICT = frozenset({HitPolicy.UNIQUE, HitPolicy.ANY})


@dataclass(slots=True)
class ExpectationReader:
    """Reads the expectations of one file."""

    program: Program
    mistakes: list[Diagnostic] = field(default_factory=list)

    def read(self, written: ExpectationText) -> tuple[Expected, ...]:
        """Return what is expected of a row; mistakes are collected."""
        found = [one for entry in written.values for one in self._value(entry)]
        found += self._each(written.certainty, What.CERTAINTY, lambda _, word: word.value)
        found += self._each(written.rule, What.RULE, self._rules)
        found += self._each(written.possible, What.POSSIBLE, self._answers)
        found += self._each(written.conflict, What.CONFLICT, self._rules)
        found += self._each(written.reasons, What.REASON, lambda _, text: " ".join(text.value.split()))
        found += read_treatments(self.program, written.treatments, self.mistakes)
        return tuple(found)

    def _each(
        self, entries: Sequence[Entry[T]], what: What, value: Callable[[Segmentation, T], Value]
    ) -> Iterator[Expected]:
        names = [one.name for one in self.program.segmentations]
        for entry in entries:
            if entry.name.value in names:
                segmentation = self.program.segmentation(entry.name.value)
                yield Expected(what, segmentation.name, value(segmentation, entry.value), _span(entry))
            else:
                self.mistakes.append(mistakes.not_a_segmentation(entry.name, what.value, names))

    def _value(self, entry: Entry[Several]) -> Iterator[Expected]:
        """Yield the expectation of a segmentation or a value by its name."""
        name, written = entry.name, entry.value
        types = value_types(self.program)
        segmentations = [one.name for one in self.program.segmentations]
        if name.value in segmentations:
            yield from self._segment(name, written, self.program.segmentation(name.value))
        elif name.value in types:
            yield from self._typed(name, written, types[name.value])
        else:
            self.mistakes.append(mistakes.unknown_expectation(name, self.program, [*segmentations, *types]))

    def _segment(self, name: Word, written: Several, segmentation: Segmentation) -> Iterator[Expected]:
        span = written.span if isinstance(written, Text) else name.span
        if segmentation.hit_policy is HitPolicy.COLLECT:
            yield Expected(What.SEGMENTS, name.value, self._answers(segmentation, written), span)
        elif isinstance(written, Text):
            answer = self._answer(segmentation, written)
            if answer is not None:
                yield Expected(What.SEGMENT, name.value, answer, span)
        else:
            self.mistakes.append(mistakes.one_segment(name, span))

    def _typed(self, name: Word, written: Several, declared: Type) -> Iterator[Expected]:
        span = written.span if isinstance(written, Text) else name.span
        nothing = isinstance(written, Text) and is_bare(written, NONE)
        try:
            value = None if nothing else read_value(written, declared, Spelling(timezone=self.program.timezone))
        except Unreadable as unreadable:
            self.mistakes.append(mistakes.unreadable_expectation(name, declared, written, unreadable.fault))
        else:
            yield Expected(What.VALUE, name.value, value, span)

    def _answers(self, segmentation: Segmentation, written: Several) -> tuple[str, ...]:
        """Return the answers in a list; no segment by itself is no answer under `collect`."""
        several = (written,) if isinstance(written, Text) else written
        answers = [self._answer(segmentation, one) for one in several]
        collects = segmentation.hit_policy is HitPolicy.COLLECT
        return tuple(one for one in answers if one is not None and not (collects and one == NO_SEGMENT))

    def _answer(self, segmentation: Segmentation, written: Text) -> str | None:
        if written.value in segmentation.segments:
            return written.value
        if is_bare(written, NONE, MISSING) or written.value == NO_SEGMENT:
            return NO_SEGMENT
        if segmentation.hit_policy in _CAN_CONFLICT and (is_bare(written, "conflict") or written.value == CONFLICT):
            return CONFLICT
        self.mistakes.append(mistakes.unknown_segment(written, segmentation))
        return None

    def _rules(self, segmentation: Segmentation, written: Several) -> tuple[str, ...]:
        several = (written,) if isinstance(written, Text) else written
        known = {rule.id for rule in segmentation.rules}
        for one in several:
            if one.value not in known and not is_bare(one, NONE):
                self.mistakes.append(mistakes.unknown_rule(one, segmentation))
        return tuple(one.value for one in several if one.value in known)


def _span(entry: Entry[T]) -> Span:
    """Return where an expected value stands; a list is pointed at by its name."""
    return entry.value.span if isinstance(entry.value, Written | Choice) else entry.name.span


def value_types(program: Program) -> dict[str, Type]:
    """Return the types of what a result says of a row beside its segments, by name."""
    definitions = {name: program.definition(program.entity, name) for name in program.results}
    return {name: one.type for name, one in definitions.items() if one and not isinstance(one, Segmentation)}
