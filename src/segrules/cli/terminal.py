"""The two streams: data goes to standard output, talk to standard error; colour and movement only on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

_PLAIN_WIDTH = 100


def say(text: str) -> None:
    """Write a line of talk, behind the data that came before it where both go to one place."""
    if sys.stdout is not None:
        sys.stdout.flush()
    _write(sys.stderr, _encoded(text + "\n", sys.stderr))


def put(text: str) -> None:
    """Write text that is data."""
    _write(sys.stdout, _encoded(text, sys.stdout))


def put_bytes(content: bytes) -> None:
    """Write a file, or a part of one, that is data."""
    _write(sys.stdout, content)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a person sees what is written to a stream."""
    return stream is not None and stream.isatty()


def has_colour(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal on which colours are wanted."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def console(stream: TextIO) -> Console:
    """Return what draws tables on a stream: as wide as the terminal, and with nothing read as markup."""
    from rich.console import Console

    return Console(
        file=stream,
        width=None if is_terminal(stream) else _PLAIN_WIDTH,
        color_system="standard" if has_colour(stream) else None,
        markup=False,
        emoji=False,
        highlight=False,
    )


@contextmanager
def busy(text: str) -> Iterator[None]:
    """Show that something is going on, on a terminal."""
    if is_terminal(sys.stderr) and has_colour(sys.stderr):
        with console(sys.stderr).status(text):
            yield
    else:
        yield


def _encoded(text: str, stream: TextIO | None) -> bytes:
    return text.encode((stream and stream.encoding) or "utf-8", errors="backslashreplace")


def _write(stream: TextIO | None, content: bytes) -> None:
    """Write all of it: with `PYTHONUNBUFFERED` Python itself would stop where a pipe is full."""
    if stream is None:
        raise OSError("the stream to write to is closed")
    stream.flush()
    rest = memoryview(content)
    while rest:
        rest = rest[stream.buffer.write(rest) :]
