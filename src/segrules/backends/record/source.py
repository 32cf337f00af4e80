"""Source that is written line by line, and the values that stand behind its names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Module:
    """A generated module: the text of its functions, and its namespace of names that were made up here."""

    def __init__(self) -> None:
        self.namespace: dict[str, Any] = {}
        self._functions: list[str] = []
        self._names: dict[str, int] = {}
        self._bound: dict[int, str] = {}

    @property
    def text(self) -> str:
        """The source so far."""
        return "\n\n".join(self._functions)

    def fresh(self, letter: str) -> str:
        """Return a name that no other has: a letter and a number."""
        number = self._names[letter] = self._names.get(letter, 0) + 1
        return f"{letter}{number}"

    def bind(self, value: object) -> str:
        """Return the name behind which a value stands; the same object stands behind one."""
        if id(value) not in self._bound:
            name = self._bound[id(value)] = self.fresh("k")
            self.namespace[name] = value
        return self._bound[id(value)]

    def add(self, lines: Lines) -> None:
        """Add the text of a function."""
        self._functions.append("\n".join(lines.all))

    def compiled(self) -> dict[str, Any]:
        """Return the namespace with the functions in it."""
        exec(compile(self.text, "<compiled by segrules>", "exec"), self.namespace)
        return self.namespace


class Lines:
    """Lines of a function, each at its depth; some can be put before a loop that is being written."""

    def __init__(self) -> None:
        self._blocks: list[list[str]] = [[]]
        self._depths: list[int] = [0]

    @property
    def all(self) -> list[str]:
        """The lines of the function, which is whole."""
        [lines] = self._blocks
        return lines

    def add(self, text: str) -> None:
        """Add a line where the writing is."""
        self._blocks[-1].append("    " * self._depths[-1] + text)

    @contextmanager
    def indented(self, head: str) -> Iterator[None]:
        """Add a line that ends in a colon, with the lines that are added meanwhile below it."""
        self.add(head)
        self._depths[-1] += 1
        yield
        self._depths[-1] -= 1

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Keep the lines that are added meanwhile apart until the end; others can still be put `before` them."""
        self._blocks.append([])
        self._depths.append(self._depths[-1])
        yield
        self._depths.pop()
        kept_apart = self._blocks.pop()
        self._blocks[-1] += kept_apart

    @contextmanager
    def before(self) -> Iterator[None]:
        """Put the lines that are added meanwhile before those that are kept apart."""
        block, depth = self._blocks.pop(), self._depths.pop()
        yield
        self._blocks.append(block)
        self._depths.append(depth)
