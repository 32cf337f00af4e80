"""A language server spoken to over its standard streams: as much of the protocol as the tests of schemas need."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import Any, BinaryIO

Message = dict[str, Any]

PATIENCE = 60
"""How many seconds may pass without a word from the server."""

_CAPABILITIES: Message = {
    "workspace": {"configuration": True},
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
    },
}


class LanguageServer:
    """A server process, with what it has said of each file; `settings` are given to it by section."""

    def __init__(self, command: Sequence[str | Path], root: Path, settings: Mapping[str, Any]) -> None:
        self._process = subprocess.Popen(
            list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._settings = settings
        self._said: Queue[Message | None] = Queue()
        self._reader = Thread(target=self._listen, daemon=True)
        self._reader.start()
        self._asked = 0
        self._diagnostics: dict[str, list[Message]] = {}
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": _CAPABILITIES})
        self.tell("initialized", {})

    def __enter__(self) -> LanguageServer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def open(self, path: Path, text: str) -> None:
        """Open a file as an editor does, with a text that need not be the one on the disk."""
        self._diagnostics.pop(path.as_uri(), None)
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def diagnostics(self, path: Path) -> list[Message]:
        """Return what the server says of an open file, once it has said it."""
        while path.as_uri() not in self._diagnostics:
            self._hear()
        return self._diagnostics[path.as_uri()]

    def tell(self, method: str, parameters: Message) -> None:
        """Tell the server something to which there is no answer."""
        self._send({"method": method, "params": parameters})

    def ask(self, method: str, parameters: Message) -> Any:
        """Ask the server something, and return its answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        while (heard := self._hear()).get("id") != self._asked or "method" in heard:
            pass
        assert "error" not in heard, heard["error"]
        return heard["result"]

    def _send(self, message: Message) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream = self._process.stdin
        assert stream is not None
        stream.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        stream.flush()

    def _hear(self) -> Message:
        """Wait for a message, and see to it if it is a request or about diagnostics."""
        try:
            heard = self._said.get(timeout=PATIENCE)
        except Empty:
            raise AssertionError("the language server says nothing any more") from None
        assert heard is not None, "the language server has ended"
        if heard.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[heard["params"]["uri"]] = heard["params"]["diagnostics"]
        elif heard.get("method") == "workspace/configuration":
            wanted = [self._settings.get(item.get("section")) for item in heard["params"]["items"]]
            self._send({"id": heard["id"], "result": wanted})
        elif "method" in heard and "id" in heard:
            self._send({"id": heard["id"], "result": None})
        return heard

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while (message := _read(stream)) is not None:
            self._said.put(message)
        self._said.put(None)


def _read(stream: BinaryIO | Any) -> Message | None:
    """Return the next message of a stream, or None at its end."""
    length = 0
    while line := stream.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    content = stream.read(length) if length else b""
    return json.loads(content) if content else None
