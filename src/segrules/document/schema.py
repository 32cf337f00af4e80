"""The JSON Schema for editors, generated from the same declarations that the reader follows.

It is in draft-07 style. Where a value may have several forms, one schema lists them under `type`, beside keywords that
speak of one form each; there is no `anyOf`, so that editors and validators name the very thing that is wrong. Keys
that this version does not carry out are left out. A YAML reader that resolves scalars sees numbers, true and false
where rulesets have text, and so they are allowed there.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from segrules.document.project_text import ProjectText
from segrules.document.ruleset import ImportText, RulesetText
from segrules.document.schema_texts import KeyText, texts_of
from segrules.document.shapes import Key, ScalarKind, Shape, key_of, keys_of, others_of
from segrules.document.snippets import snippets_of
from segrules.document.suite import SuiteText
from segrules.document.table_text import ComputedText
from segrules.document.written import (
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
from segrules.forms import Schema, write_schema

_NAME: Schema = {
    "pattern": r"^[^\s\d!-/:-@\[-^`{-~][^\s!-/:-@\[-^`{-~]*$",
    "patternErrorMessage": "A name is letters, digits and underscores, and does not begin with a digit.",
}
"""Spelt so that it holds for the letters of every language."""

_DAY: Schema = {"pattern": r"^\d{4}-\d{2}-\d{2}$", "patternErrorMessage": "A date is written 2026-01-31."}

_TYPE: Schema = {
    "pattern": r"^\s*(list\s+of\s+)?(boolean|integer|number|string|date|datetime|decimal\s*\(\s*\d{1,3}\s*\))\s*$",
    "patternErrorMessage": "A type is boolean, integer, number, decimal(2), string, date, datetime, or list of these.",
}

_ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}

_EVERY_FORM = ["object", "array", "string", "number", "boolean", "null"]
"""No restriction; but by a `type` that fits, `jsonschema.best_match` puts an unknown key before a missing one."""

_SCALARS: dict[ScalarKind, Schema] = {
    Text: _ANY_TEXT,
    Sentence: _ANY_TEXT,
    Formula: _ANY_TEXT,
    ConstantText: _ANY_TEXT,
    TableBlock: {"type": ["string"]},
    Word: {"type": ["string"], **_NAME},
    TypeName: {
        "type": ["string"],
        **_TYPE,
        "examples": ["boolean", "integer", "number", "decimal(2)", "string", "date", "datetime", "list of string"],
    },
    Day: {"type": ["string"], **_DAY},
    Flag: {"type": ["boolean"]},
}


def ruleset_schema() -> Schema:
    """Return the JSON Schema of a ruleset file."""
    return _schema(RulesetText, "segrules ruleset")


def import_schema() -> Schema:
    """Return the JSON Schema of a file that rulesets import."""
    return _schema(ImportText, "segrules import")


def suite_schema() -> Schema:
    """Return the JSON Schema of a file of tests."""
    return _schema(SuiteText, "segrules tests")


def project_schema() -> Schema:
    """Return the JSON Schema of a project file, which may say nothing at all."""
    schema = _schema(ProjectText, "segrules project file")
    del schema["minProperties"]
    return schema


def _schema(record: type[Record], title: str) -> Schema:
    definitions: dict[str, Shape] = {}
    _collect(record, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **_value(Shape(record=record)),
        "definitions": {name: _definition(shape) for name, shape in sorted(definitions.items())},
    }


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write every schema into a folder, which is made if need be, and return the files."""
    schemas = {
        "ruleset": ruleset_schema(), "import": import_schema(), "tests": suite_schema(), "project": project_schema(),
    }  # fmt: skip
    return tuple(write_schema(folder, name, schema) for name, schema in schemas.items())


def _collect(record: type[Record], definitions: dict[str, Shape]) -> None:
    """Find the records below one, each with all that may stand in its place."""
    for key in keys_of(record):
        for shape in (key.shape, key.shape.items, key.shape.entries):
            if shape is None or shape.record is None:
                continue
            known = definitions.setdefault(_name(shape.record), shape)
            assert known == shape, f"{_name(shape.record)} stands beside different forms"
            if known is shape:
                _collect(shape.record, definitions)


def _definition(shape: Shape) -> Schema:
    """Return the schema of a record with all that may stand in its place.

    An editor shows its description before that of the key that it stands under. Beside an expression or the like,
    where a record is only the long form, the key says more; so there it has none.
    """
    schema = _value(shape)
    if shape.scalar in (Formula, TableBlock, Flag) and shape.record is not ComputedText:
        del schema["description"]
    return schema


def _name(record: type[Record]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", record.__name__.removesuffix("Text")).lower()


# Values


def _value(shape: Shape) -> Schema:
    """Return the schema of every form that a value may have."""
    forms: list[Schema] = []
    if shape.scalar:
        forms.append(_choice(shape) if shape.words else _SCALARS[shape.scalar])
    if shape.items:
        at_least_one = {} if shape.may_be_empty else {"minItems": 1}
        forms.append({"type": ["array"], "items": _item(shape.items), **at_least_one})
    if shape.dated:
        forms.append(_dated(shape.dated, shape.record))
    elif shape.record:
        forms.append(_object(shape.record))
    if shape.entries:
        forms.append(_entries(shape.entries, any_name=shape.any_name, may_be_empty=shape.may_be_empty))
    types = [name for form in forms for name in form["type"]]
    merged = {keyword: value for form in forms for keyword, value in form.items()}
    return {**merged, "type": types if len(types) > 1 else types[0]}


def _referred(shape: Shape) -> Schema:
    return {"$ref": f"#/definitions/{_name(shape.record)}"} if shape.record else _value(shape)


def _choice(shape: Shape) -> Schema:
    """Return the schema of a choice; a word in digits is a number too."""
    meanings = dict(zip(shape.words, shape.meanings, strict=True))
    numbers = {int(word): meaning for word, meaning in meanings.items() if word.isdigit()}
    return {
        "type": ["string", "integer"] if numbers else ["string"],
        "enum": [*numbers, *meanings],
        "enumDescriptions": [*numbers.values(), *meanings.values()],
    }


def _item(shape: Shape) -> Schema:
    """Return the schema of a list's items; among texts `null` is one too, such as a spelling of missing."""
    schema = _referred(shape)
    return {**schema, "type": [*schema["type"], "null"]} if shape.scalar in (Text, ConstantText) else schema


def _entries(inner: Shape, *, any_name: bool, may_be_empty: bool) -> Schema:
    names = {} if any_name else {"propertyNames": _NAME}
    at_least_one = {} if may_be_empty else {"minProperties": 1}
    return {"type": ["object"], **names, "additionalProperties": _referred(inner), **at_least_one}


def _dated(inner: Shape, record: type[Record] | None) -> Schema:
    """Return the schema of values by day, in the place of which a record may stand too."""
    by_day: Schema = {"additionalProperties": _value(inner), "minProperties": 1}
    if record is None:
        return {"type": ["object"], "propertyNames": _DAY, **by_day}
    described = _object(record)
    has_days = {"propertyNames": _DAY}
    return {
        "description": described["description"], "type": ["object"], "if": has_days, "then": by_day, "else": described,
    }  # fmt: skip


# Records


def _object(record: type[Record]) -> Schema:
    keys = keys_of(record)
    others = others_of(record)
    required = [key.name for key in keys if key.required]
    together = [*_one_of_keys(record), *_only_with(record)]
    texts = texts_of(record)
    return {
        "description": (inspect.getdoc(record) or "").partition("\n")[0],
        **({"defaultSnippets": snippets} if (snippets := snippets_of(record)) else {}),
        "type": ["object"],
        "properties": {key.name: _property(key, texts[key.name]) for key in keys},
        "additionalProperties": _any_of_these_forms(others.shape.entries) if others else False,
        **({"required": required} if required else {"minProperties": 1}),
        **({"dependencies": {key: [other] for key, other in record.calls_for.items()}} if record.calls_for else {}),
        **({"allOf": together} if together else {}),
    }


def _any_of_these_forms(shape: Shape | None) -> Schema:
    """Return what stands under keys that the schema does not know, such as columns: the forms alone."""
    assert shape is not None
    forms = [("array", shape.items), ("object", shape.record)]
    return {"type": [*_ANY_TEXT["type"], *(name for name, form in forms if form)]}


def _property(key: Key, text: KeyText) -> Schema:
    """Return the schema of a key's value; an editor shows what stands beside `$ref`, a validator does not need it."""
    said = text.said()
    if key.shape.record and key.shape.scalar:  # beside `$ref` an editor would write the long form only
        return {**said, "type": _value(key.shape)["type"], "allOf": [_referred(key.shape)]}
    return {**said, **_referred(key.shape), **said}


def _one_of_keys(record: type[Record]) -> list[Schema]:
    """Return conditions that one of some keys is there and no other; a chain, so that a failure names a key."""
    names = [key.name for key in keys_of(record) if key.name in record.exactly_one]
    if not names:
        return []
    chain: Schema = {"type": _EVERY_FORM, "required": names[:1]}
    for name in names[1:]:
        others = {other: False for other in names if other != name}
        chain = {"if": {"required": [name]}, "then": {"properties": others}, "else": chain}
    return [chain]


def _only_with(record: type[Record]) -> list[Schema]:
    found: list[Schema] = []
    for name, (other, word) in record.only_with.items():
        key = key_of(record, other)
        words = [one for one in key.shape.words if one != word] if key else []
        found += [
            {"if": _says(other, [word]), "then": {"required": [name]}},
            {"if": _says(other, words), "then": {"properties": {name: False}}},
        ]
    return found


def _says(key: str, words: list[str]) -> Schema:
    return {"required": [key], "properties": {key: {"enum": words}}}
