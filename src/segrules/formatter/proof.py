"""The proof that a layout changed nothing: what a file says, whatever its blanks, line ends and quotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from segrules.checker.check import check
from segrules.diagnostics.source import Passage, Source
from segrules.document.document import read_text
from segrules.document.written import Formula, Sentence, TableBlock, Text
from segrules.document.yaml_pieces import (
    BLOCKS,
    AliasPiece,
    MappingPiece,
    Piece,
    Pieces,
    ScalarPiece,
    SequencePiece,
    leaves,
)
from segrules.formatter.roles import Role
from segrules.formatter.scalars import expression_of, has_telling_quotes
from segrules.formatter.tables import TableLine, read_table
from segrules.language.layout import comments, spelling
from segrules.language.syntax import Hole
from segrules.language.template import parse_template
from segrules.program.fingerprint import ruleset_hash

Said = tuple[object, ...]
"""What a file or a part of it says; two that are equal say the same."""


def said_by(pieces: Pieces, roles: Mapping[int, Role]) -> Said:
    """Return all keys and values of a file in their order, expressions by their tokens, and each comment's place."""
    return _said(pieces, pieces.root, roles), tuple(_placed_comments(pieces))


def hash_of(text: str, name: str) -> str | None:
    """Return the hash of a ruleset, whose imports are found from its file's name; None if there is an error in it."""
    document, _ = read_text(text, name)
    program = check(document.ruleset)[0] if document else None
    return ruleset_hash(program) if program else None


def _said(pieces: Pieces, piece: Piece, roles: Mapping[int, Role]) -> Said:
    match piece:
        case AliasPiece(name=name):
            return "alias", name
        case SequencePiece(items=items):
            return "list", piece.anchor, *(_said(pieces, item, roles) for item in items)
        case MappingPiece(entries=entries):
            members = ((_said(pieces, key, {}), _said(pieces, value, roles)) for key, value in entries)
            return "mapping", piece.anchor, *members
        case ScalarPiece():
            return "scalar", piece.anchor, *_said_by_scalar(pieces.text, piece, roles.get(piece.start))


def _said_by_scalar(text: str, piece: ScalarPiece, role: Role | None) -> Said:
    if role is Formula:
        expression = expression_of(text, piece)
        return "expression", spelling(expression), comments(expression)
    if role is TableBlock and piece.style in BLOCKS and (lines := read_table(expression_of(text, piece))):
        return "table", *((line.cells, line.comment) for line in lines if not line.ruler and line != TableLine())
    if role is Sentence:
        return "sentence", *_said_by_sentence(piece.value)
    return "text", piece.value, role is Text and has_telling_quotes(piece)


def _said_by_sentence(value: str) -> Iterator[object]:
    template, _ = parse_template(Passage(value, Source("", value), lambda: range(len(value) + 1)))
    for part in template or (value,):
        if isinstance(part, Hole):
            inner = value[part.start + 1 : part.end - 1]
            yield spelling(inner.rpartition(":")[0] if part.format else inner), part.format
        else:
            yield part


def _placed_comments(pieces: Pieces) -> Iterator[tuple[int, str]]:
    """Yield every comment with the number of keys and values before it."""
    starts = [leaf.start for leaf in leaves(pieces.root)]
    before = 0
    for comment in pieces.comments:
        while before < len(starts) and starts[before] < comment.start:
            before += 1
        yield before, comment.text
