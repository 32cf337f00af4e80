"""Pages of `tests/spec`: headings, and under each the fenced blocks that a test reads or holds against what happens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADING = re.compile(r"(#+) (?P<title>.+)")


@dataclass(frozen=True)
class Fence:
    """A block between three backticks; `info` is what stands behind the first ones, `line` their line, from 0."""

    info: str
    text: str
    line: int

    @property
    def is_empty(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Section:
    """What stands under a heading, up to the next one of any level."""

    title: str
    fences: tuple[Fence, ...]

    def all(self, kind: str) -> dict[str, Fence]:
        """The fences `kind=NAME` or `kind NAME`, by name."""
        found = {}
        for fence in self.fences:
            if fence.info.startswith(kind) and fence.info[len(kind) : len(kind) + 1] in ("=", " "):
                found[fence.info[len(kind) + 1 :].strip()] = fence
        return found

    def one(self, info: str) -> Fence | None:
        """The fence with exactly this info; a second one is a mistake of the page."""
        found = [fence for fence in self.fences if fence.info == info]
        assert len(found) <= 1, f"two fences `{info}` under `{self.title}`"
        return found[0] if found else None


@dataclass(frozen=True)
class Page:
    """A page and its sections."""

    path: Path
    sections: tuple[Section, ...]

    def section(self, title: str) -> Section:
        [found] = [section for section in self.sections if section.title == title]
        return found


def read_page(path: Path) -> Page:
    sections: list[Section] = [Section("", ())]
    for part in _parts(path.read_text("utf-8").split("\n")):
        if isinstance(part, str):
            sections.append(Section(part, ()))
        else:
            sections[-1] = Section(sections[-1].title, (*sections[-1].fences, part))
    titles = [section.title for section in sections]
    assert len(titles) == len(set(titles)), f"{path.name} has a heading twice"
    return Page(path, tuple(sections))


def fill(path: Path, title: str, info: str, text: str) -> None:
    """Put a text into a fence of a page."""
    fence = read_page(path).section(title).one(info)
    assert fence is not None
    lines = path.read_text("utf-8").split("\n")
    behind = fence.line + 1 + (len(fence.text.split("\n")) - 1)
    lines[fence.line + 1 : behind] = text.rstrip("\n").split("\n")
    path.write_text("\n".join(lines), "utf-8")


def _parts(lines: list[str]) -> Iterator[str | Fence]:
    """Headings and fences, in order; the text of a fence ends with a line end unless it is empty."""
    opened: int | None = None
    for number, line in enumerate(lines):
        if opened is not None:
            if line.rstrip() == "```":
                inside = lines[opened + 1 : number]
                yield Fence(lines[opened][3:].strip(), "".join(f"{one}\n" for one in inside), opened)
                opened = None
        elif line.startswith("```"):
            opened = number
        elif heading := HEADING.fullmatch(line):
            yield heading["title"]
    assert opened is None, f"the fence of line {(opened or 0) + 1} is not closed"
