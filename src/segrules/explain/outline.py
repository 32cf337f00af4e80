"""An outline: what a trace tells as lines under lines, of which some matter and the others can be folded away.

Text and HTML are two renderings of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from segrules.diagnostics.source import Span


@dataclass(frozen=True, slots=True)
class Item:
    """A line with what stands under it.

    Folded, `brief` takes the place of the line and of all under it, if there is one; otherwise those of `items` that
    do not matter are left out, and `rest` says in one line what they were. `outcome` is that of a rule.
    """

    text: str
    span: Span | None = None
    items: tuple[Item, ...] = ()
    brief: str | None = None
    matters: bool = True
    rest: str = ""
    outcome: str = ""

    @property
    def shown(self) -> tuple[Item, ...]:
        """What stands under the line when it is folded; rules that failed come last."""
        if self.brief is not None:
            return ()
        return tuple(sorted((item for item in self.items if item.matters), key=lambda item: item.outcome == "failed"))

    @property
    def folded(self) -> tuple[Item, ...]:
        """What is left out then."""
        return self.items if self.brief is not None else tuple(item for item in self.items if not item.matters)


@dataclass(frozen=True, slots=True)
class Outline:
    """The answer in one sentence, and what decided it, part by part; `folder` is where the ruleset stands.

    `note` stands at the end, if there is one.
    """

    sentence: str
    parts: tuple[Item, ...]
    folder: str
    note: str = ""

    def place(self, span: Span) -> str:
        """Return where something stands, as seen from the folder of the ruleset."""
        return str(span).removeprefix(self.folder)
