"""What is said where something else came out than a test expects."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.explain.outline import Item
from segrules.explain.scorecard_lines import scorecard_item
from segrules.explain.sentence import sentence
from segrules.explain.text import item_lines
from segrules.explain.trace import RuleTrace, SegmentationTrace, Trace
from segrules.explain.trace_outline import metric_item, rule_item
from segrules.language.formatting import literal
from segrules.language.values import Value
from segrules.program.program import CONFLICT, NO_SEGMENT, Program
from segrules.testing.compare import Actual
from segrules.testing.expected import OF_TREATMENTS, Expected, What
from segrules.testing.treatments import treatment_failure

_CODES = {What.SEGMENT: catalogue.UNEXPECTED_SEGMENT, What.SEGMENTS: catalogue.UNEXPECTED_SEGMENT}

_ASKED = {
    What.CERTAINTY: "the certainty of",
    What.RULE: "the rule of",
    What.POSSIBLE: "what is possible of",
    What.CONFLICT: "the conflict of",
    What.REASON: "the reason of",
    What.STATUS: "the status of",
    What.AMOUNT: "the amount of",
    What.RANK: "the rank of",
    What.WHY: "the reason of",
    What.ATTRIBUTE: "the attribute",
}

_BARE = {NO_SEGMENT: "no segment", CONFLICT: "a conflict"}


def failure(
    program: Program, test: str, key: str, expected: Expected, actual: Value, found: Actual
) -> Diagnostic:  # fmt: skip
    """Return what is said about an expectation that is not met: both answers, and why the actual one came out."""
    if expected.what in OF_TREATMENTS:
        message = _message(test, f"{_ASKED[expected.what]} `{expected.name}`", key, expected, actual)
        return treatment_failure(program, message, f"is {shown(actual)}", expected, found.treatments())
    trace = found.trace()
    if expected.what is What.VALUE:
        return _value_failure(program, test, key, expected, actual, trace)
    told = next(one for one in trace.segmentations if one.segmentation == expected.name)
    code = _CODES.get(expected.what, catalogue.UNEXPECTED_EXPLANATION)
    subject = " ".join(filter(None, [_ASKED.get(expected.what), f"`{expected.name}`"]))
    rules = _telling_rules(expected, told)
    return Diagnostic(
        code,
        _message(test, subject, key, expected, actual),
        Label(expected.span, f"is {shown(actual)}"),
        tuple(Label(rule.span, f"`{rule.rule}` {rule.outcome}") for rule in rules) or (_whole(told),),
        (sentence(trace), *(_note(rule_item(rule, told, trace.names)) for rule in rules)),
    )


def shown(value: Value) -> str:
    """Return an answer or a value as a message shows it."""
    match value:
        case None:
            return "missing"
        case str():
            return _BARE.get(value, f"`{value}`")
        case ():
            return "none"
        case tuple():
            return ", ".join(shown(one) for one in value)
        case bool():
            return f"`{literal(value)}`"
        case int() | float() | Decimal():
            return f"`{_parted(literal(value))}`"
    return f"`{literal(value)}`"


def _parted(digits: str) -> str:
    """Return a number as the language writes it, with its thousands parted."""
    whole, point, places = digits.partition(".")
    return f"{int(whole):_}{point}{places}" if int(whole) else digits


def _message(test: str, subject: str, key: str, expected: Expected, actual: Value) -> str:
    return f"{test}: {subject} of `{key}` is {shown(actual)}, not {shown(expected.value)}"


def _value_failure(
    program: Program, test: str, key: str, expected: Expected, actual: Value, trace: Trace
) -> Diagnostic:
    definition = program.definition(program.entity, expected.name)
    told = [metric_item(metric, trace.names) for metric in trace.metrics if metric.metric == expected.name]
    told += [scorecard_item(card, trace.names) for card in trace.scorecards if card.scorecard == expected.name]
    return Diagnostic(
        catalogue.UNEXPECTED_VALUE,
        _message(test, f"`{expected.name}`", key, expected, actual),
        Label(expected.span, f"is {shown(actual)}"),
        (Label(definition.span, "worked out here"),) if definition else (),
        (sentence(trace), *map(_note, told)),
    )


def _note(item: Item) -> str:
    """Return a rule, a metric or a scorecard with what stands under it."""
    return "\n".join(item_lines(replace(item, brief=None), str))


def _telling_rules(expected: Expected, told: SegmentationTrace) -> list[RuleTrace]:
    """Return the rules that decided, and those that were to decide and did not."""
    wanted = expected.value if isinstance(expected.value, tuple) else (expected.value,)
    decided = set(told.rules) | set(told.conflict)
    if expected.what in (What.CERTAINTY, What.POSSIBLE):
        decided |= {rule.rule for rule in told.tried if rule.outcome == "unknown"}
    others = [rule for rule in told.tried if rule.rule not in decided and {rule.segment, rule.rule} & set(wanted)]
    return [*(rule for rule in told.tried if rule.rule in decided), *others]


def _whole(told: SegmentationTrace) -> Label:
    return Label(told.span, "no rule matched" if not told.rules else "declared here")
