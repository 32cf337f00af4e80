"""What `segrules check` found, in the format that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from segrules import __version__
from segrules.cli.options import Format, Messages
from segrules.cli.reporting import rendered
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.render import github, junit, sarif
from segrules.document.edits import with_written_fixes


def formatted(
    found: Sequence[Diagnostic], by_file: Mapping[str, Sequence[Diagnostic]], output_format: Format, *, colour: bool
) -> str:
    """Return what was found, each once, or file by file where the format tells how each file fared."""
    match output_format:
        case Format.SARIF:
            return sarif.render(with_written_fixes(found), version=__version__)
        case Format.GITHUB:
            return github.render(found)
        case Format.JUNIT:
            return junit.render(by_file)
        case _:
            return rendered(found, Messages(output_format.value), colour=colour, fixes=True)
