"""Where an expression stands: what it may read, and where its characters are in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from segrules.checker.world import World
from segrules.diagnostics.diagnostic import Diagnostic
from segrules.diagnostics.source import Passage, Span
from segrules.language import syntax, types
from segrules.program.nodes import Constant, Expression, Step


class Reads(Enum):
    """What an expression may read."""

    EVERYTHING = "everything"
    STORED = "the table's own columns and parameters"
    PARAMETERS = "parameters"


@dataclass(frozen=True, slots=True)
class Below:
    """The rows that the aggregate around an expression works on, and the names that call them: `orders.lines`."""

    function: str
    names: tuple[str, ...]
    down: tuple[Step, ...]

    @property
    def table(self) -> str:
        """The table of these rows."""
        return self.down[-1].table

    @property
    def written(self) -> str:
        """How these rows are called."""
        return ".".join(self.names)


@dataclass(frozen=True, slots=True)
class Place:
    """An expression's surroundings; `below` is set inside an aggregate.

    `aliases` are short names for columns of the entity, which come before all others.
    """

    world: World
    table: str
    passage: Passage
    reads: Reads = Reads.EVERYTHING
    below: Below | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)

    def span(self, node: syntax.Node) -> Span:
        """Return where a node stands in the file."""
        return self.passage.span(node.start, node.end)

    def text(self, node: syntax.Node) -> str:
        """Return a node as it was written."""
        return self.passage.text[node.start : node.end]

    def report(self, diagnostic: Diagnostic) -> None:
        """Take down one thing that is wrong."""
        self.world.report(diagnostic)

    def inside(self, below: Below) -> Place:
        """Return the surroundings inside an aggregate."""
        return replace(self, below=below)


Check = Callable[[Place, syntax.Expression], Expression]


def unknown(span: Span) -> Constant:
    """Return what stands for an expression whose mistake was already reported."""
    return Constant(None, types.UNKNOWN, span)
