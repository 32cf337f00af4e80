"""What a schema says of the keys of a record: the text below each field, and the examples in it.

A text is one paragraph. Examples may follow below an empty line, in YAML, each beginning with the key:

    channel: Text | None = None
    '''By which way it reaches people.

    channel: email
    channel: phone
    '''
"""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import dataclass

import yaml

from segrules.document.shapes import Key, keys_of
from segrules.document.written import Record
from segrules.forms import Schema


@dataclass(frozen=True, slots=True)
class KeyText:
    """What is said of a key: in a sentence or two, and by examples as they are written in a file."""

    description: str
    examples: tuple[str, ...] = ()

    def said(self) -> Schema:
        """Return the keywords of a schema that say it: to a program, to a person, and as values to choose from.

        An editor shows the values itself; an example that is none of them stands in the text for people.
        """
        values = {example: _value(example) for example in self.examples}
        offered = [value for value in values.values() if value is not None]
        shown = [f"```yaml\n{example}\n```" for example, value in values.items() if value is None]
        in_markdown = "\n\n".join([self.description, *shown])
        return {
            "description": self.description,
            **({"markdownDescription": in_markdown} if shown or "`" in self.description else {}),
            **({"examples": offered} if offered else {}),
        }


def texts_of(record: type[Record]) -> dict[str, KeyText]:
    """Return what is said of each key of a record that its own class declares."""
    [declared] = ast.parse(inspect.getsource(record)).body
    assert isinstance(declared, ast.ClassDef)
    keys = {key.field: key for key in keys_of(record)}
    found = {}
    for statements in zip(declared.body, declared.body[1:], strict=False):
        match statements:
            case ast.AnnAssign(target=ast.Name(id=field)), ast.Expr(value=ast.Constant(value=str(text))):
                if field in keys:
                    found[keys[field].name] = _text(inspect.cleandoc(text), keys[field])
    return found


def _text(text: str, key: Key) -> KeyText:
    description, _, examples = text.partition("\n\n")
    each = re.split(rf"\n(?={key.name}:)", examples.strip()) if examples else []
    return KeyText(" ".join(description.split()), tuple(each))


def _value(example: str) -> str | int | None:
    """Return the value that an example gives its key if it is a text of one line or a number, as an editor reads it."""
    [value] = yaml.load(example, yaml.BaseLoader).values()
    if not isinstance(value, str) or "\n" in value or value in ("true", "false"):
        return None
    return int(value) if value.isdecimal() else value
