"""Files as those who work with them know them: from the folder in which the command runs, with forward slashes."""

from __future__ import annotations

import os
from pathlib import Path


def path_from(folder: str | os.PathLike[str], name: str) -> str:
    """Return the path of a file from a folder, or its whole path where it stands elsewhere."""
    path = Path(os.path.abspath(name))  # noqa: PTH100 (a link keeps the name by which it is known)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def path_from_here(name: str) -> str:
    """Return the path of a file from the working folder, or its whole path where it stands elsewhere."""
    return path_from(Path.cwd(), name)
