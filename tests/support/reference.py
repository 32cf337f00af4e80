"""What the reference says of a function, taken from its declaration, the checker and both backends."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from segrules.backends.polars import aggregates as polars_aggregates
from segrules.backends.polars import functions as polars_functions
from segrules.backends.polars import surveying
from segrules.backends.scalar.interpreter import Interpreter
from segrules.language.functions import AggregateFunction, Function, aggregates, functions
from segrules.language.statistics import Amount, StatisticFunction, is_place, statistics
from segrules.language.types import Kind
from segrules.meaning import aggregates as meaning_aggregates
from segrules.meaning import functions as meaning_functions
from segrules.meaning import statistics as meaning_statistics
from segrules.meaning.tables import Record, Tables
from segrules.program.program import Program
from tests.support.rulesets import with_diagnostics

AS_OF = date(2026, 6, 30)
COLUMNS = {
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal(2)",
    Kind.NUMBER: "number",
    Kind.STRING: "string",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.LIST: "list of string",
}
"""A column of each kind; it is called like the kind with a `c_` before it, its optional twin with an `o_`."""


_BY_PLAN = {"zscore": "(x - mean(x over …)) / stdev(x over …), as the plan has it"}
_PASSED_OVER = dict.fromkeys(("any", "all"), "a condition that is missing is unknown")


@dataclass(frozen=True)
class Facts:
    """How a function may be called and what each call gives, when it is missing, and its line in each backend."""

    doc: str
    calls: Sequence[tuple[str, str]]
    missing: str
    scalar: str
    polars: str

    def text(self) -> str:
        width = max(len(call) for call, _ in self.calls)
        calls = [f"{call:{width}}  gives {result}" for call, result in self.calls]
        lines = [f"missing  {self.missing}", f"scalar   {self.scalar}", f"polars   {self.polars}"]
        return "\n".join([self.doc, "", *calls, "", *lines]) + "\n"


def of_function(name: str) -> Facts:
    """What is so of a function of one row."""
    function = functions()[name]
    found = [(arguments, _program(_call(function, arguments, "c"))) for arguments in _arguments(function)]
    calls = [(_shown(function, arguments), _type(program)) for arguments, program in found if program]
    return Facts(
        function.doc,
        calls,
        _when_missing(function),
        _line(meaning_functions.__file__, ("_FUNCTIONS",), name),
        _line(polars_functions.__file__, ("_FUNCTIONS",), name),
    )


def of_aggregate(name: str) -> Facts:
    """What is so of an aggregate of the rows below."""
    function = aggregates()[name]
    kinds = [kind for kind in COLUMNS if kind in function.accepts]
    found = [(str(COLUMNS[kind]), _program(_aggregate(function, f"rows.c_{kind}"))) for kind in kinds]
    calls = [(_aggregate(function, kind), _type(program)) for kind, program in found if program]
    if function.value_optional:
        program = _program(f"{name}(rows)")
        assert program is not None
        calls.insert(0, (f"{name}(table)", _type(program)))
    return Facts(
        function.doc,
        calls,
        f"of no rows it is {function.no_rows}; {_PASSED_OVER.get(name, 'missing values are passed over')}",
        _line(meaning_aggregates.__file__, ("AGGREGATES",), name),
        _line(polars_aggregates.__file__, ("BUILDERS",), name),
    )


def of_statistic(name: str) -> Facts:
    """What is so of a statistic across the rows of the entity."""
    function = statistics()[name]
    kinds = [kind for kind in COLUMNS if kind in function.accepts]
    found = [(str(COLUMNS[kind]), _program(_statistic(function, f"c_{kind}"))) for kind in kinds]
    calls = [(_statistic(function, kind), _type(program)) for kind, program in found if program]
    if Kind.STRING in function.accepts:
        calls.append((_statistic(function, "ordered string"), calls[0][1]))
    lacking = "its value or its group" if is_place(name) else "its group"
    out = ", or that `where` leaves out" if is_place(name) else "; missing values are passed over"
    return Facts(
        function.doc,
        calls,
        f"of a row that lacks {lacking}{out}",
        _line(meaning_statistics.__file__, ("PLACES", "_OF_GROUP", "_OF_VALUES"), name),
        _BY_PLAN.get(name) or _line(surveying.__file__, ("_PLACES", "_OF_VALUES"), name),
    )


def _statistic(function: StatisticFunction, value: str) -> str:
    arguments = {None: value, Amount.TILES: f"4, {value}", Amount.SHARE: f"{value}, 80%"}[function.amount]
    return f"{function.name}({arguments} over all)"


def _aggregate(function: AggregateFunction, value: str) -> str:
    by = " by rows.c_date" if function.by and value.startswith("rows.") else " by date" if function.by else ""
    return f"{function.name}({value}{by})"


def _arguments(function: Function) -> Iterator[tuple[str, ...]]:
    """The kinds that the arguments can have: all of one kind where they are brought to one type."""
    choices = [[kind for kind in COLUMNS if kind in parameter.accepts] for parameter in function.parameters]
    required = [choice for choice, parameter in zip(choices, function.parameters, strict=True) if not parameter.places]
    if function.unify:
        yield from ((kind,) * len(required) for kind in choices[0])
        return
    yield from product(*required)
    if len(required) < len(choices):
        yield from ((*kinds, "1") for kinds in product(*required))


def _call(function: Function, arguments: Sequence[str], prefix: str) -> str:
    named = [one if one.isdigit() else f"{prefix}_{one}" for one in arguments]
    return f"{function.name}({', '.join(named)})"


def _shown(function: Function, arguments: Sequence[str]) -> str:
    kinds = [one if one.isdigit() else COLUMNS[Kind(one)] for one in arguments]
    return f"{function.name}({', '.join([*kinds, '…'] if function.rest else kinds)})"


def _program(*expressions: str) -> Program | None:
    columns = "".join(
        f"      c_{kind}: {written}\n      o_{kind}: {{type: {written}, optional: true}}\n"
        for kind, written in COLUMNS.items()
    )
    tables = (
        f"  t:\n    key: c_string\n    columns:\n{columns}  rows:\n    belongs_to: {{up: {{table: t, by: c_string}}}}\n"
    )
    metrics = "".join(f"  m{number}: {expression}\n" for number, expression in enumerate(expressions))
    text = f"segrules: 1\nruleset: r\nentity: t\ntables:\n{tables}    columns:\n{columns}metrics:\n{metrics}"
    return with_diagnostics(text)[0]


def _type(program: Program) -> str:
    found = program.metrics[0].type
    return f"{found}, or missing" if found.nullable else str(found)


def _when_missing(function: Function) -> str:
    """Which arguments make the function missing by themselves, tried on a row that has all others."""
    whole = next(one for one in _arguments(function) if _program(_call(function, one, "c")))
    variants = []
    for place in range(len(whole)):
        named = [f"{'o' if at == place else 'c'}_{kind}" for at, kind in enumerate(whole)]
        variants.append(f"{function.name}({', '.join(named)})")
    program = _program(*variants)
    assert program is not None
    known = Interpreter(program, AS_OF, Tables(program, {"t": [_ROW], "rows": []}))
    names = [parameter.name for parameter in function.parameters]
    alone = [name for at, name in enumerate(names[: len(whole)]) if known.value("t", 0, f"m{at}") is None]
    return f"if {' or '.join(alone)} is" if alone else "if every argument is"


_ROW: Record = {
    "c_integer": 4,
    "c_decimal": None,
    "c_number": 2.5,
    "c_string": "a",
    "c_boolean": True,
    "c_date": AS_OF,
    "c_datetime": None,
    "c_list": ("a",),
    **{f"o_{kind}": None for kind in COLUMNS},
}


def _line(file: str, tables: Sequence[str], name: str) -> str:
    """The line of a backend's tables that carries a function out."""
    text = Path(file).read_text("utf-8")
    for node in ast.parse(text).body:
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) in tables and isinstance(node.value, ast.Dict):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == name:
                    return " ".join(ast.unparse(value).split())
    raise AssertionError(f"{Path(file).name} has no line for {name}")
