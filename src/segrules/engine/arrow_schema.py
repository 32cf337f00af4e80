"""The schema of an Arrow C stream, looked at before Polars reads the stream.

Polars ends the process's calm, not only the call, when it meets a type that it does not know: `PanicException` is no
`Exception`. So the types are read first, as the Arrow C data interface lays them out in memory, without pyarrow.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

_UNKNOWN_TO_POLARS = re.compile(r"d:\d+,-?\d+,256|d:\d+,-\d+(?:,.*)?|\+u[ds]:.*|\+r|\+v[lL]|tin")
_STRUCT = "+s"


class _Schema(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(_Schema))),
    ("dictionary", ctypes.POINTER(_Schema)),
    ("release", ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))),
    ("private_data", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
]

_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype = ctypes.c_void_p
_pointer.argtypes = [ctypes.py_object, ctypes.c_char_p]


class OpenStream:
    """An Arrow C stream that was asked for once, handed on as often as it is asked for."""

    def __init__(self, capsule: object) -> None:
        self._capsule = capsule

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the stream."""
        return self._capsule


def open_stream(given: Any) -> OpenStream:
    """Return the stream of anything that has one."""
    return OpenStream(given.__arrow_c_stream__())


def foreign_columns(stream: OpenStream) -> list[str] | None:
    """Return the names of the columns of types that Polars does not know, or None if it is no stream of rows."""
    address = _pointer(stream.__arrow_c_stream__(), b"arrow_array_stream")
    source = ctypes.cast(address, ctypes.POINTER(_Stream))
    schema = _Schema()
    if source.contents.get_schema(source, ctypes.byref(schema)):
        return None
    try:
        if schema.format.decode() != _STRUCT:
            return None
        return [child.name.decode() for child in _children(schema) if not _is_known(child)]
    finally:
        schema.release(ctypes.byref(schema))


def _children(schema: Any) -> Iterator[Any]:
    return (schema.children[at].contents for at in range(schema.n_children))


def _is_known(schema: Any) -> bool:
    if _UNKNOWN_TO_POLARS.fullmatch(schema.format.decode()):
        return False
    if schema.dictionary and not _is_known(schema.dictionary.contents):
        return False
    return all(_is_known(child) for child in _children(schema))
