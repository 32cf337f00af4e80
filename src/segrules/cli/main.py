"""Where the program begins and ends: whatever happens, the right exit status and never a traceback.

0 fine; 1 the files or the data are wrong, or a disk or pipe failed; 2 the command was wrong; 3 segrules was; 130 after
Ctrl-C. What takes time to import is imported inside, where an interruption is caught as well.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from segrules.diagnostics.render.cells import printable

FAILED = 1
WRONG_COMMAND = 2
INTERNAL = 3
INTERRUPTED = 130

SHOW_TRACEBACK = "SEGRULES_TRACEBACK"


def main() -> None:
    """Run the command that was typed and leave with its exit status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status."""
    if sys.stderr is None:  # closed by who called: no talk is wanted
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 (it is needed to the end)
    status = _guarded(lambda: _command(arguments))
    flushed = _guarded(_flush)
    _let_go(sys.stdout)
    _let_go(sys.stderr)
    return status or flushed


def _command(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    import typer

    from segrules.cli.app import app

    try:
        status = app(list(arguments), prog_name="segrules", standalone_mode=False)
    except typer.TyperException as error:
        _say(_usage(error))
        return error.exit_code if hasattr(error, "exit_code") else WRONG_COMMAND
    if status == INTERRUPTED:  # typer catches an interruption inside a command, and says nothing
        raise KeyboardInterrupt
    return status if isinstance(status, int) else 0


def _usage(error: object) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "segrules"
    message = getattr(error, "format_message", lambda: str(error))().replace("Value error, ", "")
    return f"{path}: {message}\nTry `{path} --help`."


def _flush() -> int:
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    return 0


def _guarded(step: Callable[[], int]) -> int:
    """Do a step; return its status, or that of what went wrong, having said what it was."""
    try:
        return step()
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else FAILED
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED
    except OSError as error:
        _say(f"segrules: {_reason(error)}")
        return FAILED
    except MemoryError:
        _say("segrules: not enough memory")
        return FAILED
    except BaseException as error:  # Polars' panics are no ordinary exceptions
        return _internal(error)


def _reason(error: OSError) -> str:
    if error.strerror is None:
        return str(error) or "a disk or pipe failed"
    return f"{error.filename}: {error.strerror}" if error.filename is not None else error.strerror


def _internal(error: BaseException) -> int:
    if os.environ.get(SHOW_TRACEBACK):
        import traceback

        _say("".join(traceback.format_exception(error)))
    described = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    _say(
        f"segrules: internal error, {described}. The mistake is in segrules; please report it, with the command, "
        f"the ruleset and what {SHOW_TRACEBACK}=1 shows."
    )
    return INTERNAL


def _say(text: str) -> None:
    with suppress(OSError, ValueError):
        print(printable(text), file=sys.stderr, flush=True)  # noqa: T201 (there may be nothing better left)


def _let_go(stream: TextIO | None) -> None:
    """Send what a stream could not write to nowhere, or Python would complain about it at the very end."""
    if stream is None:
        return
    try:
        stream.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError), Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), stream.fileno())
