"""A text put in the place of a file's: the file holds the old one or the new one, whatever happens."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


def save(path: Path, text: str) -> None:
    """Write a text beside a file and move it into its place; links stay links, permissions stay as they are.

    A file with several names on the disk (hard links) is written in its place, for it would lose the others. Raises
    OSError if the disk cannot take it.
    """
    real = path.resolve()
    if real.stat().st_nlink > 1:
        real.write_text(text, encoding="utf-8", newline="")
        return
    handle, beside = mkstemp(prefix=".segrules-", dir=real.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        shutil.copymode(real, beside)
        Path(beside).replace(real)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise
