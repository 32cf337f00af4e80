"""Files of rulesets laid out as badly as can be: every blank, line end, quote and bracket that YAML leaves open."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from segrules.diagnostics.source import Source
from segrules.document.written import Formula, TableBlock
from segrules.document.yaml_pieces import (
    AliasPiece,
    MappingPiece,
    Piece,
    Pieces,
    ScalarPiece,
    SequencePiece,
    leaves,
    read_pieces,
)
from segrules.formatter.roles import Role, read
from segrules.language.tokens import scan

_BARE = re.compile(r"[\w][\w ./%<>=()'+*-]*[\w)']|\w")


def disordered(text: str, random: Random) -> str:
    """The same ruleset, import or tests, with its comments replaced by numbered ones in any place."""
    reading, _ = read(Source("ruleset.yaml", text))
    assert reading is not None
    pieces = read_pieces(text)
    mess = _Mess(pieces, reading.roles(pieces), random).whole()
    if random.random() < 0.1:
        mess = mess.replace("\n", "\r\n")
    return "\ufeff" + mess if random.random() < 0.1 else mess


@dataclass
class _Mess:
    pieces: Pieces
    roles: Mapping[int, Role]
    random: Random
    comments: int = 0
    rate: float = field(init=False)

    def __post_init__(self) -> None:
        self.rate = self.random.choice([0.0, 0.02, 0.2])

    def whole(self) -> str:
        first = "---\n" if self.random.random() < 0.1 else ""
        return first + "\n".join(self.block(self.pieces.root, self.random.choice([0, 0, 2]))) + self.some("\n", 3)

    def block(self, piece: Piece, column: int) -> Iterator[str]:
        """The lines of a collection whose members begin in a column."""
        margin = " " * column
        if isinstance(piece, MappingPiece):
            for key, value in piece.entries:
                yield from self.between(column)
                assert isinstance(key, ScalarPiece)
                colon = self.random.choice([":", ":", " :"])
                yield from self.value(margin + self.quoted(key, in_flow=False) + colon, value, column)
        elif isinstance(piece, SequencePiece):
            for item in piece.items:
                yield from self.between(column)
                yield from self.value(margin + "-", item, column, is_item=True)

    def value(self, begun: str, piece: Piece, column: int, *, is_item: bool = False) -> Iterator[str]:
        inner = column + self.random.choice([2, 2, 3, 4] if is_item else [1, 2, 2, 3, 4])
        if isinstance(piece, ScalarPiece) and not piece.value and not piece.style:
            yield begun
        elif self.goes_in_brackets(piece):
            beside = f"{begun} " if self.random.random() < 0.8 else f"{begun}{self.comment()}\n{' ' * inner}"
            yield beside + self.flow(piece, inner) + self.behind_brackets(piece)
        elif isinstance(piece, ScalarPiece):
            yield from self.scalar(begun, piece, inner)
        elif is_item and self.random.random() < 0.7:
            first, *others = self.block(piece, inner)
            if first.strip() and not first.lstrip().startswith("#"):
                yield begun + first[len(begun) :]
            else:
                yield from (begun, first)
            yield from others
        else:
            flush = isinstance(piece, SequencePiece) and not is_item and self.random.random() < 0.5
            yield begun + self.comment()
            yield from self.block(piece, column if flush else inner)

    def goes_in_brackets(self, piece: Piece) -> bool:
        if isinstance(piece, (ScalarPiece, AliasPiece)):
            return isinstance(piece, AliasPiece)
        if piece.flow or not piece_has_members(piece):
            return True
        few = sum(1 for _ in leaves(piece)) < 9
        return few and self.random.random() < 0.2

    def scalar(self, begun: str, piece: ScalarPiece, inner: int) -> Iterator[str]:
        role = self.roles.get(piece.start)
        in_block = piece.style in ("|", ">") or (role is Formula and self.random.random() < 0.3)
        if not in_block:
            beside = " " if self.random.random() < 0.9 else f"{self.comment()}\n{' ' * inner}"
            yield begun + beside + self.quoted(piece, in_flow=False) + self.comment()
            return
        if role is Formula:
            lines = self.expression(piece.value, self.random.random() < 0.8).strip().split("\n")
            head = self.random.choice(["|", "|-", ">", "|"])
        elif role is TableBlock:
            lines, head = self.table(piece.value), "|"
        else:
            yield begun + " " + piece.style + ("" if piece.value.endswith("\n") else "-") + self.comment()
            yield from (" " * inner + line if line else "" for line in piece.value.rstrip("\n").split("\n"))
            return
        yield f"{begun} {head}{'' if head == '>' else self.comment()}"  # behind `>` it goes where the expression ends
        yield from (" " * inner + line.strip() if line.strip() else "" for line in lines)

    def flow(self, piece: Piece, column: int) -> str:
        if isinstance(piece, AliasPiece):
            return f"*{piece.name}"
        if isinstance(piece, ScalarPiece):
            return self.quoted(piece, in_flow=True)
        if isinstance(piece, SequencePiece):
            members = [self.flow(item, column + 1) for item in piece.items]
            return self.brackets("[]", members, column)
        entries = [(self.flow(key, column), self.flow(value, column + 1)) for key, value in piece.entries]
        return self.brackets("{}", [f"{key}: {value}" if value else key for key, value in entries], column)

    def brackets(self, ends: str, members: list[str], column: int) -> str:
        parts = [self.gap(column), *(f"{member}{self.some(' ', 1)},{self.gap(column)}" for member in members)]
        inside = "".join(parts)
        if members and self.random.random() < 0.8:
            inside = inside[: inside.rindex(",")] + inside[inside.rindex(",") + 1 :]
        return ends[0] + inside + ends[1]

    def gap(self, column: int) -> str:
        if self.random.random() < 0.9:
            return self.some(" ", 2)

        return f"{self.comment()}\n{' ' * (column + self.random.randint(0, 4))}"

    def quoted(self, piece: ScalarPiece, *, in_flow: bool) -> str:
        value = piece.value
        if self.roles.get(piece.start) is Formula:
            value = self.expression(value, lines=False)
        plain = not piece.style and value == piece.value and not in_flow
        if (plain or _BARE.fullmatch(value)) and self.random.random() < 0.6 and value:
            return value
        if value.isprintable() and self.random.random() < 0.5:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=self.random.random() < 0.2)

    def expression(self, value: str, lines: bool) -> str:
        text = ""
        for token in scan(value):
            belongs = text.endswith("every") or token.kind == "LEFT"  # nothing but blanks may stand before these
            text += self.blank(lines and not belongs) + self.spelled(token.text, token.kind)
        return text.strip()

    def spelled(self, text: str, kind: str) -> str:
        if kind == "EQUAL":
            return self.random.choice(["=", "=", "=="])
        if kind == "TEXT" and not {"'", '"'} & set(text[1:-1]):
            quote = self.random.choice("'\"")
            return f"{quote}{text[1:-1]}{quote}"
        return text

    def blank(self, lines: bool) -> str:
        if lines and self.random.random() < 0.15:
            return f"{self.comment()}\n" + (self.own() if self.random.random() < self.rate else "")
        return self.random.choice([" ", " ", "  "])

    def table(self, value: str) -> list[str]:
        lines = [line for line in value.split("\n") if line.strip()]
        found: list[str] = []
        for at, line in enumerate(lines):
            found += self.between(0)
            cells = re.sub(r" +\| +", lambda _: self.some(" ", 3) + "| ", line)
            found.append(cells)
            if at == 0 and self.random.random() < 0.2:
                found.append("|".join("---" for _ in line.split("|")))
        return found

    def between(self, column: int) -> Iterator[str]:
        """Empty lines and comments."""
        if self.random.random() < 0.2:
            yield self.some(" ", 2)
        while self.random.random() < self.rate:
            yield " " * self.random.choice([0, column, column, column + 2, max(column - 2, 0)]) + self.own().rstrip()
            if self.random.random() < 0.3:
                yield ""

    def own(self) -> str:
        self.comments += 1
        return f"# c{self.comments}\n"

    def comment(self) -> str:
        if self.random.random() >= self.rate:
            return ""
        return "  " + self.own().rstrip() + self.some(" ", 1)

    def behind_brackets(self, piece: Piece) -> str:
        """A comment, which need not stand apart from brackets."""
        comment = self.comment()
        return comment.lstrip() if not isinstance(piece, AliasPiece) and self.random.random() < 0.3 else comment

    def some(self, text: str, most: int) -> str:
        return text * self.random.randint(0, most)


def piece_has_members(piece: Piece) -> bool:
    return next(leaves(piece), None) is not None
