"""Comments and empty lines between the values of a file, taken in their order while it is written again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from segrules.diagnostics.source import Source
from segrules.document.ignore_comments import has_ignores
from segrules.document.yaml_pieces import Comment, Pieces


class Comments:
    """The comments of a file; those before `taken` were written."""

    def __init__(self, pieces: Pieces) -> None:
        self._text = pieces.text
        self._comments: Sequence[Comment] = pieces.comments
        self.taken = 0

    def before(self, offset: int) -> list[Comment]:
        """Take the comments that stand before an offset."""
        first = self.taken
        while self.taken < len(self._comments) and self._comments[self.taken].start < offset:
            self.taken += 1
        return list(self._comments[first : self.taken])

    def between(self, start: int, end: int) -> list[Comment]:
        """Return the comments between two offsets, taken or not."""
        first = bisect_left(self._comments, start, key=lambda comment: comment.start)
        last = bisect_left(self._comments, end, key=lambda comment: comment.start)
        return list(self._comments[first:last])

    def any_before(self, offset: int) -> bool:
        """Return whether a comment stands before an offset and was not taken."""
        return self.taken < len(self._comments) and self._comments[self.taken].start < offset

    def any_behind(self, offset: int) -> bool:
        """Return whether a comment stands behind an offset on its line."""
        end = self._text.find("\n", offset)
        return bool(self.between(offset, end if end >= 0 else len(self._text)))

    def ignore_on_line(self, offset: int) -> bool:
        """Return whether a comment asks for something to be ignored on the line of an offset: behind it or above."""
        start, end = self._line_start(offset), self._text.find("\n", offset)
        while start and self._text[(above := self._line_start(start - 1)) : start].lstrip().startswith("#"):
            start = above
        found = self.between(start, end if end >= 0 else len(self._text))
        return any(has_ignores(Source("", comment.text)) for comment in found)

    def column(self, offset: int) -> int:
        """Return the column in which an offset stands, from 0."""
        return offset - self._line_start(offset)

    def empty_line_above(self, offset: int) -> bool:
        """Return whether an offset is the first of its line with something in it, and the line above is empty."""
        start = self._line_start(offset)
        above = self._line_start(max(start - 1, 0))
        is_first = not self._text[start:offset].strip()
        return is_first and start > 0 and not self._text[above : start - 1].strip()

    def line_ends_between(self, start: int, end: int) -> bool:
        """Return whether the line ends between two offsets."""
        return "\n" in self._text[start:end]

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1
