"""The JSON Schema of a trace, made from the declarations in `trace_format` and `why_not_form`."""

from __future__ import annotations

import ast
import inspect
import json
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

from segrules.explain import trace_format, why_not_form
from segrules.explain.why_not_form import AskedForm

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Any: {},
}


def trace_schema() -> Schema:
    """Return the JSON Schema of a trace."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "segrules trace",
        **_object(AskedForm),
        "definitions": {one.__name__: _object(one) for one in sorted(_below(AskedForm), key=lambda one: one.__name__)},
    }


def write_trace_schema(folder: Path) -> Path:
    """Write the schema into a folder, and return the file."""
    path = folder / "trace.schema.json"
    path.write_text(json.dumps(trace_schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _below(form: Any) -> list[Any]:
    """Return the forms that stand in a form, at any depth."""
    found: dict[Any, None] = {}
    pending = [form]
    while pending:
        for hint in get_type_hints(pending.pop()).values():
            for one in _forms(hint):
                if one not in found:
                    found[one] = None
                    pending.append(one)
    return list(found)


def _forms(hint: Any) -> Iterator[Any]:
    if is_typeddict(hint):
        yield hint
    for inner in get_args(hint):
        yield from _forms(inner)


def _object(form: Any) -> Schema:
    texts = _descriptions()
    return {
        "description": inspect.getdoc(form),
        "type": "object",
        "properties": {
            name: {"description": texts[form.__name__, name], **_beside(_value(hint))}
            for name, hint in get_type_hints(form).items()
        },
        "required": [
            name
            for name, hint in get_type_hints(form, include_extras=True).items()
            if get_origin(hint) is not NotRequired
        ],
        "additionalProperties": False,
    }


def _beside(schema: Schema) -> Schema:
    """Return a schema that can stand beside a description, which would not count beside `$ref`."""
    return {"allOf": [schema]} if "$ref" in schema else schema


def _value(hint: Any) -> Schema:
    origin, inner = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        return {"$ref": f"#/definitions/{hint.__name__}"}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_value(one) for one in inner]}
    if origin is list:
        return {"type": "array", "items": _value(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(inner[1])}
    return dict(_PLAIN[hint])


@cache
def _descriptions() -> dict[tuple[str, str], str]:
    """Return the text below each field of the declarations, by form and field; a form has those of its base too."""
    found: dict[tuple[str, str], str] = {}
    for declared in (
        one for module in (trace_format, why_not_form) for one in ast.parse(inspect.getsource(module)).body
    ):
        if isinstance(declared, ast.ClassDef):
            bases = {base.id for base in declared.bases if isinstance(base, ast.Name)}
            found |= {(declared.name, name): text for (form, name), text in found.items() if form in bases}
            found |= {(declared.name, name): text for name, text in _texts(declared)}
    return found


def _texts(declared: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statements in zip(declared.body, declared.body[1:], strict=False):
        match statements:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, text
