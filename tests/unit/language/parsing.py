"""Expressions for tests: parsed, written with every bracket, and mistakes with their place marked."""

from __future__ import annotations

from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Source, passage_of
from segrules.language import syntax
from segrules.language.parser import parse_expression
from segrules.language.printer import print_expression


def passage(text: str) -> Passage:
    return passage_of(Source("expression", text))


def parsed(text: str) -> syntax.Expression:
    """The tree of a text in which nothing is wrong."""
    tree, diagnostics = parse_expression(passage(text))
    assert diagnostics == ()
    assert tree is not None
    return tree


def mistakes(text: str) -> tuple[Diagnostic, ...]:
    return parse_expression(passage(text))[1]


def slugs(text: str) -> list[str]:
    return [diagnostic.code.slug for diagnostic in mistakes(text)]


def marked(text: str, diagnostic: Diagnostic) -> str:
    """The text with its underlined place in «…»."""
    assert diagnostic.label is not None
    span = diagnostic.label.span
    return f"{text[: span.start]}«{text[span.start : span.end]}»{text[span.end :]}"


def mended(text: str, diagnostic: Diagnostic) -> str:
    """The text after the fix of a diagnostic."""
    assert diagnostic.fix is not None
    for edit in sorted(diagnostic.fix.edits, key=lambda edit: -edit.span.start):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def bracketed(tree: syntax.Expression) -> str:
    """An expression with brackets around everything that is made of parts."""
    match tree:
        case syntax.Unary(operator, operand):
            return f"({operator.text} {bracketed(operand)})"
        case syntax.Binary(operator, left, right):
            return f"({bracketed(left)} {operator.text} {bracketed(right)})"
        case syntax.Comparison(operators, operands):
            links = zip(operators, operands[1:], strict=True)
            return f"({bracketed(operands[0])}{''.join(f' {sign.text} {bracketed(one)}' for sign, one in links)})"
        case syntax.Membership(item, options, negated):
            return f"({bracketed(item)} {'not ' * negated}in {bracketed(options)})"
        case syntax.Listing(items):
            return f"[{', '.join(map(bracketed, items))}]"
        case syntax.Between(value, low, high, negated):
            return f"({bracketed(value)} {'not ' * negated}between {bracketed(low)} and {bracketed(high)})"
        case syntax.Presence(value, missing):
            return f"({bracketed(value)} is {'missing' if missing else 'present'})"
        case syntax.Match(operator, left, right, negated):
            return f"({bracketed(left)} {'not ' * negated}{operator.text} {bracketed(right)})"
        case syntax.Window(value, direction, duration, negated):
            return f"({bracketed(value)} {'not ' * negated}in {direction} {bracketed(duration)})"
        case syntax.Conditional(condition, then, otherwise):
            return f"(if {bracketed(condition)} then {bracketed(then)} else {bracketed(otherwise)})"
        case syntax.Call():
            return _call(tree)
        case _:
            return print_expression(tree)


def _call(tree: syntax.Call) -> str:
    parts = [", ".join(map(bracketed, tree.arguments))]
    parts += ["descending"] if tree.descending else []
    if tree.over is not None:
        parts.append(f"over {', '.join(map(bracketed, tree.over)) or 'all'}")
    parts += [f"by {bracketed(tree.by)}"] if tree.by else []
    parts += [f"where {bracketed(tree.where)}"] if tree.where else []
    return f"{tree.function.text}({' '.join(parts)})"
