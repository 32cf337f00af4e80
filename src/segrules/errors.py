"""What segrules raises.

    SegrulesError
    ├── RulesetInvalid     the rule files are wrong; `diagnostics` say how
    ├── DataInvalid        the data breaks its declaration; `diagnostics` say how
    ├── InputInvalid       a call is wrong: a table that is not declared, a parameter that is unknown
    └── NotSupported       the ruleset is fine, but this cannot be done with it here

What is wrong in a ruleset or in data is collected as diagnostics; these exceptions carry them out of a call.
"""

from __future__ import annotations

from collections.abc import Sequence

from segrules.diagnostics.diagnostic import Diagnostic


class SegrulesError(Exception):
    """Anything that segrules raises on purpose."""


class _WithDiagnostics(SegrulesError):
    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Take what is wrong, in the order in which it is to be shown."""
        self.diagnostics = tuple(diagnostics)
        super().__init__(self._text())

    def _text(self) -> str:
        return "\n".join(_line(diagnostic) for diagnostic in self.diagnostics)


class RulesetInvalid(_WithDiagnostics):
    """The rule files cannot be used; `diagnostics` hold every reason with its place."""


class DataInvalid(_WithDiagnostics):
    """The data breaks its declaration; `diagnostics` hold one entry per broken constraint."""


class InputInvalid(_WithDiagnostics):
    """What the caller passed cannot be used: an unknown table or parameter, a file that is not there."""


class NotSupported(SegrulesError):
    """The ruleset is right, but what was asked cannot be done with it here; the message says why."""


def _line(diagnostic: Diagnostic) -> str:
    where = f"{diagnostic.label.span}: " if diagnostic.label else ""
    way_out = f" ({diagnostic.help})" if diagnostic.help else ""
    return f"{where}{diagnostic.code.number} {diagnostic.message}{way_out}"
