"""What was typed after `--table`, `--param` and `--as-of`, as the engine takes it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from datetime import date

import typer

from segrules.diagnostics.source import Source, passage_of
from segrules.language.constants import read_constant
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.program.program import Program

STANDARD_INPUT = "-"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(text: str) -> date:
    """Return the day that `--as-of` names."""
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise typer.BadParameter(f"`{text}` is not a day: {error}", param_hint="--as-of") from None
    raise typer.BadParameter(f"`{text}` is not a day; write it as 2026-06-30", param_hint="--as-of")


def tables(given: Sequence[str]) -> dict[str, object]:
    """Return what each `--table NAME=FILE` stands for: a path, or the bytes of standard input."""
    paths = _pairs(given, "--table", "NAME=FILE")
    if sum(path == STANDARD_INPUT for path in paths.values()) > 1:
        raise typer.BadParameter("standard input can be only one table", param_hint="--table")
    return {name: _standard_input() if path == STANDARD_INPUT else path for name, path in paths.items()}


def parameters(given: Sequence[str], program: Program) -> dict[str, Value]:
    """Return the value of each `--param NAME=VALUE`, read as the parameter's kind asks."""
    types = {parameter.name: parameter.type for parameter in program.parameters}
    values = _pairs(given, "--param", "NAME=VALUE")
    return {name: _value(text, types.get(name)) for name, text in values.items()}


def _pairs(given: Sequence[str], option: str, form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign or not name or not value.strip():
            raise typer.BadParameter(f"`{text}` should be {form}", param_hint=option)
        if name in found:
            raise typer.BadParameter(f"`{name}` is given twice", param_hint=option)
        found[name] = value
    return found


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise typer.BadParameter("nothing is piped into standard input", param_hint="--table")
    return sys.stdin.buffer.read()


def _value(text: str, wanted: Type | None) -> Value:
    if wanted is not None and wanted.kind is Kind.LIST:
        members = text.strip().removeprefix("[").removesuffix("]").split(",")
        return tuple(_value(member.strip(), wanted.item) for member in members if member.strip())
    if wanted is not None and wanted.kind is Kind.STRING:
        return text
    found = read_constant(passage_of(Source("--param", text)))
    return text if found is None else found[0]
