"""Files to text: whatever a path leads to, the answer is a source or a diagnostic."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from segrules.diagnostics import catalogue
from segrules.diagnostics.diagnostic import Diagnostic, Label
from segrules.diagnostics.source import Source
from segrules.diagnostics.spelling import nearest

LARGEST = 5_000_000
"""The size, in bytes, up to which a file is read."""

Reader = Callable[[str | os.PathLike[str]], tuple[Source | None, tuple[Diagnostic, ...]]]
"""What gives the text of a file, or says why it cannot be read: `read_source`, or what knows of changes to files."""

_OTHER_UNICODE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_OTHER_FILES = {
    b"PK\x03\x04": "an Excel file or another ZIP archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF file",
    b"\x1f\x8b": "a gzip archive",
    b"\x89PNG": "a picture",
}
_NOT_THERE = (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)


class _Refused(Exception):
    """A file cannot be used, and the diagnostic says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def read_source(path: str | os.PathLike[str]) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read a file as UTF-8 text; in diagnostics it has the name that was given."""
    name = os.fspath(path)
    try:
        content = _content(name)
    except _Refused as refused:
        return None, (refused.diagnostic,)
    except (OSError, ValueError) as error:
        return None, (_unreachable(name, error),)
    return source_of(name, content)


def source_of(name: str, content: bytes) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Return bytes as UTF-8 text; in diagnostics it has the name that is given."""
    try:
        _check_that_it_is_text(name, content)
        return Source(name, content.decode()), ()
    except _Refused as refused:
        return None, (refused.diagnostic,)
    except UnicodeDecodeError as error:
        return None, (_not_utf8(name, error),)


def _content(name: str) -> bytes:
    mode = Path(name).stat().st_mode
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a device or a pipe"
        message = f"`{name}` is {what}, not a file"
        raise _Refused(Diagnostic(catalogue.NOT_A_FILE, message, help="name a YAML file"))
    with Path(name).open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = f"`{name}` is larger than {LARGEST // 1_000_000} MB"
        advice = "keep data in tables, and put parts of a long ruleset in files of their own"
        raise _Refused(Diagnostic(catalogue.FILE_TOO_LARGE, message, help=advice))
    return content


def _check_that_it_is_text(name: str, content: bytes) -> None:
    advice = "name a YAML file; it is written in a text editor"
    for mark, encoding in _OTHER_UNICODE.items():
        if content.startswith(mark):
            message = f"`{name}` is saved as {encoding}, not as UTF-8"
            raise _Refused(Diagnostic(catalogue.NOT_UTF8, message, help="save it as UTF-8"))
    for mark, what in _OTHER_FILES.items():
        if content.startswith(mark):
            message = f"`{name}` is {what}, not a text file"
            raise _Refused(Diagnostic(catalogue.NOT_TEXT, message, help=advice))
    if b"\x00" in content:
        raise _Refused(Diagnostic(catalogue.NOT_TEXT, f"`{name}` is not a text file", help=advice))


def _not_utf8(name: str, error: UnicodeDecodeError) -> Diagnostic:
    """Point at the first byte that is not UTF-8, in a text in which all such bytes are `\ufffd`."""
    content = bytes(error.object)
    text = Source(name, content.decode(errors="replace"))
    offset = len(content[: error.start].decode())
    byte = content[error.start]
    in_windows = bytes([byte]).decode("cp1252", errors="replace")
    guess = f"it would be `{in_windows}` in the encoding of older Windows programs"
    return Diagnostic(
        catalogue.NOT_UTF8,
        f"`{name}` is not saved as UTF-8",
        Label(text.span(offset, offset + 1), f"the byte {byte:02X}"),
        notes=(guess,) if in_windows.isalpha() else (),
        help="save it as UTF-8",
    )


def _unreachable(name: str, error: OSError | ValueError) -> Diagnostic:
    if isinstance(error, OSError) and error.errno not in _NOT_THERE:
        reason = "you may not read it" if error.errno in (errno.EACCES, errno.EPERM) else error.strerror
        advice = "check who may read the file, and that it is on a disk that works"
        return Diagnostic(catalogue.FILE_NOT_READABLE, f"`{name}` cannot be read: {reason}", help=advice)
    message = f"there is no file `{name}`"
    if isinstance(error, OSError) and error.errno in (errno.ENOENT, errno.ELOOP) and Path(name).is_symlink():
        message = f"`{name}` is a link that leads to no file"
    near = nearest_file(name) if isinstance(error, OSError) else None
    advice = f"did you mean `{near}`?" if near else "check the name and the folder"
    return Diagnostic(catalogue.FILE_NOT_FOUND, message, help=advice)


def nearest_file(name: str) -> str | None:
    """Return the path of the file beside one that is not there whose name is most like it, if any is."""
    path = Path(name)
    try:
        near = nearest(path.name, [file.name for file in path.parent.iterdir() if file.is_file()])
    except OSError:
        return None
    return os.fspath(path.parent / near) if near else None
