"""The program of a test: the ruleset's own, or with the test's values for its parameters."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from segrules.checker.parameters import constant
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.document.suite import CaseText
from segrules.document.written import ConstantText
from segrules.engine.ruleset import Ruleset
from segrules.errors import InputInvalid
from segrules.language.types import Kind, Type
from segrules.language.values import Value
from segrules.program.program import Program
from segrules.testing import mistakes


@dataclass(slots=True)
class Programs:
    """The programs that the tests of one ruleset need; each is made once for a day and a set of values."""

    ruleset: Ruleset
    _bound: dict[tuple[tuple[tuple[str, Value], ...], date], Program] = field(init=False, default_factory=dict)

    def program(self, case: CaseText, as_of: date) -> tuple[Program, list[Diagnostic]]:
        """Return the program of a test, and what is wrong with its values for parameters."""
        given = case.parameters
        types = {one.name: one.type for one in self.ruleset.program.parameters}
        unknown = [one.name for one in given if one.name.value not in types]
        if unknown:
            return self.ruleset.program, [mistakes.unknown_parameter(name, list(types)) for name in unknown]
        values = tuple((one.name.value, _value(one.value, types[one.name.value])) for one in given)
        if (values, as_of) not in self._bound:
            try:
                self._bound[values, as_of] = self.ruleset.bound(dict(values), as_of)
            except InputInvalid as invalid:
                return self.ruleset.program, _placed(invalid, case)
        return self._bound[values, as_of], []


def _value(written: ConstantText | tuple[ConstantText, ...], wanted: Type) -> Value:
    if isinstance(written, tuple):
        return tuple(_value(one, wanted.item or wanted) for one in written)
    return written.value if wanted.kind is Kind.STRING else constant(written)


def _placed(invalid: InputInvalid, case: CaseText) -> list[Diagnostic]:
    """Return what is wrong with the values, pointing at the test where it was at the ruleset."""
    names = {one.name.value: one.name.span for one in case.parameters}
    found: list[Diagnostic] = []
    for one in invalid.diagnostics:
        declared = (one.label,) if one.label else ()
        given = next((span for name, span in names.items() if f"`{name}`" in one.message), None)
        here = Label(given, "given here") if given else Label(case.test.span, "in this test")
        found.append(replace(one, label=here, related=(*declared, *one.related)))
    return found
