"""The JSON Schema of what goes out as JSON, made from the declarations (typed dicts) that its makers follow.

The text below each field of a declaration is its description.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    Any: {},
}


def schema_of(form: Any, title: str) -> Schema:
    """Return the JSON Schema of a declaration, or of a list of them."""
    below = sorted(_below(form), key=lambda one: one.__name__)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        **(_object(form) if is_typeddict(form) else _value(form)),
        "definitions": {one.__name__: _object(one) for one in below},
    }


def write_schema(folder: Path, name: str, schema: Schema) -> Path:
    """Write a schema into a folder, which is made if need be, and return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.schema.json"
    path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def _below(form: Any) -> list[Any]:
    """Return the declarations that stand in one, at any depth."""
    found: dict[Any, None] = {} if is_typeddict(form) else dict.fromkeys(_forms(form))
    pending = [form] if is_typeddict(form) else list(found)
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
    texts = texts_of(form)
    return {
        "description": inspect.getdoc(form),
        "type": "object",
        "properties": {
            name: {"description": texts[name], **beside(_value(hint))} for name, hint in get_type_hints(form).items()
        },
        "required": [
            name
            for name, hint in get_type_hints(form, include_extras=True).items()
            if get_origin(hint) is not NotRequired
        ],
        "additionalProperties": False,
    }


def beside(schema: Schema) -> Schema:
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
def texts_of(form: Any) -> dict[str, str]:
    """Return the text below each field of a class, and of the typed dicts that it extends."""
    [declared] = ast.parse(inspect.getsource(form)).body
    assert isinstance(declared, ast.ClassDef)
    known = vars(sys.modules[form.__module__])
    found: dict[str, str] = {}
    for base in declared.bases:
        if isinstance(base, ast.Name) and is_typeddict(known[base.id]):
            found |= texts_of(known[base.id])
    return found | dict(_texts(declared))


def _texts(declared: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statements in zip(declared.body, declared.body[1:], strict=False):
        match statements:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, text
