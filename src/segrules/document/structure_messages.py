"""Every message about a ruleset's structure: one small function each, so that all wording stands in one place."""

from __future__ import annotations

import re
from collections.abc import Sequence as SequenceOf

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Applicability, Diagnostic, Edit, Fix, Label
from segrules.diagnostics.listing import listed
from segrules.diagnostics.source import Span
from segrules.document.condition_text import AtLeastText, ConditionText
from segrules.document.nodes import Mapping, Node, Scalar, Sequence
from segrules.document.project_text import ProjectText
from segrules.document.quoting import quoted
from segrules.document.ruleset import ImportText, ParameterText, RulesetText
from segrules.document.scorecard_text import TermBandsText, TermText
from segrules.document.segmentation_text import BandsText, RuleText, SegmentationText, TableFileText
from segrules.document.shapes import ScalarKind, Shape, keys_of
from segrules.document.structure_place import Place, noun_below
from segrules.document.suite import CaseText, SuiteText
from segrules.document.table_text import ColumnText, ComputedText, RelationText, TableText
from segrules.document.treatment_text import AmountText, BudgetText, GroupText, LimitText, TreatmentText
from segrules.document.written import (
    Choice,
    ConstantText,
    Day,
    Flag,
    Formula,
    Record,
    Sentence,
    TableBlock,
    Text,
    TypeName,
    Word,
)

EXAMPLES: dict[tuple[type[Record], str], str] = {
    (ImportText, "segrules"): "segrules: 1",
    (RulesetText, "segrules"): "segrules: 1",
    (RulesetText, "ruleset"): "ruleset: customer_value",
    (RulesetText, "entity"): "entity: customers",
    (ColumnText, "type"): "type: string",
    (RelationText, "table"): "table: customers",
    (RelationText, "by"): "by: customer_id",
    (ComputedText, "value"): "value: sum(orders.amount)",
    (ParameterText, "value"): "value: 250_000",
    (AtLeastText, "count"): "count: 2",
    (AtLeastText, "of"): "of: [csat >= 4, orders > 10]",
    (RuleText, "segment"): "segment: gold",
    (RuleText, "when"): "when: revenue >= 10_000",
    (BandsText, "of"): "of: employees",
    (TableFileText, "file"): "file: tables/rfm.csv",
    (TermText, "points"): "points: 30",
    (TermText, "target"): "target: 20",
    (TermBandsText, "of"): "of: certifications",
    (TermBandsText, "points"): "points: {5: 10, 20: 40}",
    (SegmentationText, "hit_policy"): "hit_policy: first",
    (SegmentationText, "priority"): "priority: [gold, silver]",
    (TreatmentText, "treatment"): "treatment: mdf_fund",
    (TreatmentText, "kind"): "kind: marketing_support",
    (TreatmentText, "when"): "when: revenue >= 10_000",
    (AmountText, "value"): "value: 2% * revenue",
    (BudgetText, "total"): "total: 500_000",
    (LimitText, "count"): "count: 20",
    (GroupText, "stacking"): "stacking: best",
    (GroupText, "cap"): "cap: 10_000",
    (SuiteText, "tests"): "tests: [{test: …, given: …, expect: …}]",
    (CaseText, "test"): "test: a large partner is platinum",
    (CaseText, "given"): "given: {partners: [{partner_id: P1, employees: 900}]}",
    (CaseText, "expect"): "expect: {P1: {tier: platinum}}",
}
"""For each key that can be missing, a line that has it."""

_WHY_NEEDED = {
    "ruleset": "a file of what rulesets share has none; it is checked with the rulesets that import it",
    "hit_policy": "it says what several rules that match mean: `first`, `unique`, `any`, `priority` or `collect`",
    "priority": "it names all segments, the one that wins first",
    "kind": "it says what sort of thing a row gets, for reports and checks",
    "stacking": "it says how treatments of the group combine: `all`, `first`, `best` or `capped_sum`",
    "cap": "it is the most that one row gets from the group",
}

_SCALARS: dict[ScalarKind, str] = {
    Text: "a text",
    Word: "a name",
    Formula: "an expression",
    TableBlock: "a block of cells between bars",
    Sentence: "a text",
    TypeName: "a type",
    Day: "a date",
    ConstantText: "a value",
    Flag: "`true` or `false`",
    Choice: "a word",
}

_KEYS = "keys with values"
_NUMBER = re.compile(r"-?[\d_.]+%?")
_PLAIN = re.compile(r"\w[\w./% -]{0,60}")


BEGINNING_OF_IMPORT = "begin with `segrules: 1`, and write `tables:`, `parameters:` or `metrics:` below it"
BEGINNING_OF_TESTS = "begin with `as_of: 2026-06-30` and `tests:`, and write the tests below it"


def _replacement(span: Span, text: str, applicability: Applicability = Applicability.UNSAFE) -> Fix:
    return Fix(f"write `{text}`", (Edit(span, text),), applicability)


# Keys


def unknown_key(key: Scalar, place: Place, record: type[Record], meant: str | None) -> Diagnostic:
    """`titel:`; `meant` is the key that was probably wanted."""
    message, label = f"unknown key `{key.value}` in {place}", Label(key.span, "unknown")
    if meant:
        way_out = f"did you mean `{meant}`?"
        return Diagnostic(catalogue.UNKNOWN_KEY, message, label, help=way_out, fix=_replacement(key.span, meant))
    names = [known.name for known in keys_of(record)]
    way_out = f"the keys that can stand here are {listed(names)}"
    return Diagnostic(catalogue.UNKNOWN_KEY, message, label, help=way_out)


def condition_as_key(key: Scalar, place: Place, value: str) -> Diagnostic:
    """`when: {region: EMEA}`."""
    written = value if _NUMBER.fullmatch(value) else f"'{value}'"
    return Diagnostic(
        catalogue.UNKNOWN_KEY,
        f"unknown key `{key.value}` in {place}",
        Label(key.span, "unknown"),
        help=f"write a condition as an expression, such as `{key.value} = {written}`",
    )


def required_column(key: Scalar, place: Place) -> Diagnostic:
    """Every column is required without `required: true`."""
    return Diagnostic(
        catalogue.UNKNOWN_KEY,
        f"unknown key `{key.value}` in {place}",
        Label(key.span, "unknown"),
        notes=("every column is required unless it says `optional: true`",),
        help=f"leave `{key.value}` out, or write `optional: true`",
    )


def belongs_higher(key: Scalar, place: Place, beside: str, levels: int) -> Diagnostic:
    """`default:` in a rule."""
    level = "one level up" if levels == 1 else f"{levels} levels up"
    return _misplaced(key, place, f"put it {level}, beside `{beside}`")


def belongs_lower(key: Scalar, place: Place, below: str) -> Diagnostic:
    """`when:` in a segmentation."""
    noun = noun_below(below)
    return _misplaced(key, place, f"put it into a {noun}, below `{below}`" if noun else f"put it below `{below}`")


def belongs_elsewhere(key: Scalar, place: Place, owner: str) -> Diagnostic:
    """`file:` in a rule."""
    return _misplaced(key, place, f"it is a key of {owner}")


def _misplaced(key: Scalar, place: Place, way_out: str) -> Diagnostic:
    message = f"`{key.value}` does not belong in {place}"
    return Diagnostic(catalogue.MISPLACED_KEY, message, Label(key.span, "not here"), help=way_out)


def missing_key(place: Place, record: type[Record], key: str) -> Diagnostic:
    """`when:` is nowhere in a rule."""
    return Diagnostic(
        catalogue.MISSING_KEY,
        f"{place} has no `{key}`",
        Label(place.span, f"needs `{key}`"),
        notes=(_WHY_NEEDED[key],) if key in _WHY_NEEDED else (),
        help=f"add it, such as `{EXAMPLES[record, key]}`",
    )


def missing_one_of(place: Place, keys: SequenceOf[str]) -> Diagnostic:
    """`all`, `any`, `none` and `at_least` are all not there."""
    return Diagnostic(
        catalogue.MISSING_KEY,
        f"{place} has none of {listed(keys)}",
        Label(place.span, f"needs {listed(keys, 'or')}"),
        help="add one of them",
    )


def conflicting_keys(place: Place, record: type[Record], first: Scalar, second: Scalar) -> Diagnostic:
    """`rules` and `bands` in one segmentation."""
    way_out = "keep one of them"
    if record is ConditionText:
        way_out = "put one into the other, as in `all: [..., {any: [...]}]`, or keep one of them"
    return Diagnostic(
        catalogue.CONFLICTING_KEYS,
        f"`{first.value}` and `{second.value}` cannot both stand in {place}",
        Label(second.span, f"`{first.value}` is there already"),
        (Label(first.span, "here"),),
        help=way_out,
    )


def key_without_use(key: Scalar, other: str, word: str) -> Diagnostic:
    """`priority` under another hit policy."""
    return Diagnostic(
        catalogue.KEY_WITHOUT_USE,
        f"`{key.value}` means nothing without `{other}: {word}`",
        Label(key.span, "not used"),
        help=f"write `{other}: {word}`, or leave `{key.value}` out",
    )


# Shapes


def empty_value(place: Place) -> Diagnostic:
    """`title:` and nothing behind it."""
    message = f"{place} is empty" if place.is_item else f"{place} has nothing behind it"
    subject = "it" if place.is_item else f"`{place.name or place.key}`"
    way_out = f"write what belongs there, or leave {subject} out"
    if not (place.is_item or place.name) and place.required:
        way_out = "write what belongs there"
    return Diagnostic(catalogue.EMPTY_VALUE, message, Label(place.span, "empty"), help=way_out)


def empty_collection(place: Place, node: Node) -> Diagnostic:
    """`all: []`."""
    what = "list" if isinstance(node, Sequence) else "mapping"
    way_out = "write at least one entry" + ("" if place.required else f", or leave `{place.name or place.key}` out")
    return Diagnostic(catalogue.EMPTY_VALUE, f"{place} is an empty {what}", Label(node.span, "empty"), help=way_out)


def wrong_shape(place: Place, node: Node, shape: Shape) -> Diagnostic:
    """One value where a list is needed, and the like."""
    given = {Scalar: "a single value", Sequence: "a list"}.get(type(node), _KEYS)
    message = f"{place} takes {_wanted(shape)}, not {given}"
    return Diagnostic(catalogue.WRONG_SHAPE, message, Label(node.span, given), help=_reshaped(place, node, shape))


def listed_value(place: Place, node: Scalar, texts: SequenceOf[str]) -> Diagnostic:
    """`values: NA, EMEA`."""
    text = f"[{', '.join(text if _PLAIN.fullmatch(text) else quoted(text) for text in texts)}]"
    message = f"{place} takes a list, not a single value"
    fix = Fix(f"write `{text}`", (Edit(node.span, text, verbatim=True),))
    return Diagnostic(catalogue.WRONG_SHAPE, message, Label(node.span, "a single value"), help=fix.title, fix=fix)


def _wanted(shape: Shape) -> str:
    forms = []
    if shape.scalar:
        forms.append(_SCALARS[shape.scalar])
    if shape.items:
        forms.append("a list")
    if shape.record or shape.entries:
        forms.append(_KEYS)
    return " or ".join(forms)


def _reshaped(place: Place, node: Node, shape: Shape) -> str | None:
    if place.inside and place.inside[0][0] is ProjectText:
        return _in_toml(place)
    match node:
        case Scalar():
            return _from_scalar(place, node, shape)
        case Sequence():
            return _from_list(place, shape)
        case Mapping():
            return _from_mapping(place, node, shape)
    return None


def _in_toml(place: Place) -> str:
    if place.name:
        return f'write a word in quotes, such as `{place.name} = "off"`'
    return f'write `[{place.key}]` on a line of its own, and below it lines such as `unguarded-optional = "off"`'


def _from_scalar(place: Place, node: Scalar, shape: Shape) -> str:
    if shape.items:
        noun = noun_below(place.key) or "item"
        return f"begin each {noun} with `- ` on a line of its own"
    if shape.record is RulesetText:
        return "begin with `segrules: 1`, and write `ruleset: …` and `entity: …` below it"
    if shape.record is ImportText:
        return BEGINNING_OF_IMPORT
    if shape.record is SuiteText:
        return BEGINNING_OF_TESTS
    if shape.record in (TableText, SegmentationText):
        names = ("key", "columns") if shape.record is TableText else ("hit_policy", "rules")
        return f"write its keys below it, such as {listed(names)}"
    if shape.record:
        return f"write keys and values, such as `{_as_record(node.value, shape.record)}`"
    return "write a name, a colon and a value on each line below it"


def _as_record(text: str, record: type[Record]) -> str:
    """Return a record in one line with the text under its first key, and the other keys it must have."""
    keys = keys_of(record)
    needed = [key.name for key in keys if key.required] or [keys[0].name]
    needed += [name for name in record.exactly_one[:1] if name not in needed]
    first = f"{needed[0]}: {text if _PLAIN.fullmatch(text) else '…'}"
    return "{" + ", ".join([first, *(f"{name}: …" for name in needed[1:])]) + "}"


def _from_list(place: Place, shape: Shape) -> str:
    if shape.record is ConditionText:
        return "write `all:` above the list if everything in it must hold, or `any:` if one is enough"
    if shape.entries:
        return "write each name as a key, without `- ` before it"
    if shape.record and not shape.scalar:
        return "write its keys without `- ` before them"
    if place.key == "segment":
        return "give each segment a rule of its own"
    return f"write {_wanted(shape)}"


def _from_mapping(place: Place, node: Mapping, shape: Shape) -> str:
    if shape.items and shape.items.record and not shape.items.scalar:
        example = _as_record(node.entries[0].key.value, shape.items.record)
        return f"begin each {noun_below(place.key)} with `- `, such as `- {example}`"
    return f"write {_wanted(shape)}"


# Values


def not_a_flag(place: Place, node: Scalar, meant: str | None) -> Diagnostic:
    """`ordered: yes`."""
    return Diagnostic(
        catalogue.NOT_TRUE_OR_FALSE,
        f"{place} takes `true` or `false`, not `{node.value}`",
        Label(node.span, "neither `true` nor `false`"),
        help=f"write `{meant}`" if meant else "write `true` or `false`",
        fix=_replacement(node.span, meant, Applicability.SAFE) if meant else None,
    )


def unknown_choice(place: Place, node: Scalar, words: SequenceOf[str], meant: str | None) -> Diagnostic:
    """`hit_policy: frist`."""
    way_out = f"did you mean `{meant}`?" if meant else f"write {listed(words, 'or')}"
    return Diagnostic(
        catalogue.UNKNOWN_CHOICE,
        f"{place} cannot be `{node.value}`",
        Label(node.span, "unknown"),
        help=way_out,
        fix=_replacement(node.span, meant) if meant else None,
    )


def unknown_version(node: Scalar, words: SequenceOf[str]) -> Diagnostic:
    """`segrules: 2`."""
    return Diagnostic(
        catalogue.UNKNOWN_CHOICE,
        f"this version of segrules does not know version `{node.value}` of the language",
        Label(node.span, "unknown"),
        notes=("the number is the version of the language, and not one of your ruleset",),
        help=f"write `segrules: {words[-1]}`",
    )


def not_a_name(place: Place, node: Scalar, meant: str | None) -> Diagnostic:
    """`partner-id`; the text of a name that the author chose is in `node` too."""
    odd = _odd_character(node.value)
    local = f"{'a blank' if odd.isspace() else f'`{odd}`'} cannot stand in a name"
    if node.value[0].isdigit():
        local = "begins with a digit"
    return Diagnostic(
        catalogue.NOT_A_NAME,
        f"`{node.value}` cannot be a name",
        Label(node.span, local),
        notes=("a name has letters, digits and underscores, and does not begin with a digit",),
        help=_renamed(place, node.value, meant),
        fix=_replacement(node.span, meant) if meant else None,
    )


def empty_name(place: Place, node: Scalar) -> Diagnostic:
    """`"": string`."""
    message = f"a name below `{place.key}` is empty"
    return Diagnostic(catalogue.NOT_A_NAME, message, Label(node.span, "empty"), help="give it a name")


def _renamed(place: Place, text: str, meant: str | None) -> str:
    if meant is None:
        return "give it another name"
    if place.key == "columns":
        return f"call it `{meant}`, with `header: {text}` if the file spells it so"
    return f"call it `{meant}`"


def _odd_character(text: str) -> str:
    return next((character for character in text if not f"_{character}".isidentifier()), text[0])


def not_a_day(place: Place, node: Scalar, meant: str | None) -> Diagnostic:
    """`until: 31.12.2026`."""
    return Diagnostic(
        catalogue.NOT_A_DAY,
        f"`{node.value}` is not a date",
        Label(node.span, f"{place} takes a date"),
        help=f"write `{meant}`" if meant else "write year, month and day, such as `2026-01-31`",
        fix=_replacement(node.span, meant) if meant else None,
    )
