"""One codesign process and the messages to and from it (docs/protocol.md): JSON lines, arrays in binary behind them."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import tempfile
import threading
import weakref
from collections.abc import Mapping, Sequence
from typing import IO, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from codesign.binary import find_binary
from codesign.errors import BrokenError, ClosedError, ProcessError, ProtocolError, RequestError, VersionError

PROTOCOL = 1
"""The version of the protocol that the package speaks."""

EXIT_SECONDS = 2.0
"""How long the program has to exit after it was told to, before it is killed."""

STDERR_BYTES = 4096
"""How much of the end of standard error an exception quotes."""

USAGE_STATUS = 2
"""The exit status of the program when what it was given is wrong."""

Message = dict[str, Any]

_DTYPES: dict[str, np.dtype[Any]] = {"u32": np.dtype("<u4"), "f64": np.dtype("<f8")}
_HEAD = re.compile(rb'\{"type":"(\w+)","id":(\d+),(?=")')
_SHORT_BYTES = 1024  # of a line that is worth remembering


class Connection:
    """A running codesign process that answers requests, one at a time.

    It ends with close(), when it is garbage collected, and when the interpreter exits; no process stays behind. Threads may share it. After a
    fork only the process that made it can use it.
    """

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, Any], client: str) -> None:
        self._command = [find_binary(), *arguments]
        self._lock = threading.Lock()
        self._owner = os.getpid()
        self._next_id = 0
        self._ended = ""  # why no request is possible any more
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        try:
            # A session of its own: Ctrl-C in a terminal interrupts Python, and Python decides what becomes of the program.
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, start_new_session=True
            )
        except OSError as err:
            self._stderr.close()
            raise ProcessError(f"{self._command[0]} does not start: {err}") from err
        self._finalizer = weakref.finalize(self, _end, self._process, self._stderr, self._owner)
        try:
            self.hello = self.request(
                "hello", {"protocol": PROTOCOL, "program": client, "binary": True, "set": {k: _scalar(v) for k, v in settings.items()}}
            )
            self._check(self.hello)
        except BaseException:
            self.close()
            raise

    def _check(self, hello: Message) -> None:
        version = hello.get("protocol")
        if version != PROTOCOL:
            program = hello.get("program", self._command[0])
            raise VersionError(f"{program} speaks version {version} of the protocol, this package version {PROTOCOL}")
        if not hello.get("serves") or "spec" not in hello:
            raise ProtocolError(f"{self._command[0]} is a program that serves nothing, or speaks another protocol")

    @property
    def closed(self) -> bool:
        """Whether the process has ended or was ended."""
        return bool(self._ended)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def request(self, kind: str, fields: Mapping[str, Any] | None = None, **arrays: NDArray[Any]) -> Message:
        """Sends a request and gives the reply; its arrays are NumPy arrays, and rows without values are NaN."""
        with self._lock:
            self._check_usable()
            message: Message = {"type": kind, "id": self._next_id, **(fields or {})}
            self._next_id += 1
            try:
                self._send(message, arrays)
                return self._receive(kind, message["id"])
            except (RequestError, BrokenError):
                raise
            except BaseException as err:  # also an interrupt: what comes next on the pipe is no longer known
                self._abandon(err)
                raise

    def close(self) -> None:
        """Ends the process; calling it again does nothing."""
        self._ended = self._ended or "it was closed"
        self._finalizer()

    def _check_usable(self) -> None:
        if self._owner != os.getpid():
            raise ClosedError(
                f"{' '.join(self._command[1:])}: process {self._owner} made it and this is process {os.getpid()}: after a fork, make a new one"
            )
        if self._ended:
            raise ClosedError(f"{' '.join(self._command[1:])}: {self._ended}: make a new one")

    def _send(self, message: Message, arrays: Mapping[str, NDArray[Any]]) -> None:
        chunks: list[bytes] = []
        size = 0
        for name, array in arrays.items():
            dtype = "f64" if array.dtype.kind == "f" else "u32"
            chunk = np.ascontiguousarray(array, _DTYPES[dtype]).tobytes()
            message[name] = {"dtype": dtype, "shape": array.shape, "at": size}
            chunks.append(chunk)
            size += len(chunk)
        if arrays:
            message["bytes"] = size
        line = json.dumps(message, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(b"".join([line, *chunks]))
            self._process.stdin.flush()
        except BrokenPipeError:
            self._died()

    def _receive(self, kind: str, number: int) -> Message:
        while True:
            reply = self._read()
            answered = reply.get("type")
            if answered == "error":
                self._raise(reply)
            if reply.get("id") != number or answered not in (kind, "progress"):
                raise ProtocolError(f"expected the reply {number} of type {kind!r}, read {str(reply)[:200]}")
            if answered == kind:
                return reply

    def _read(self) -> Message:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.endswith(b"\n"):
            self._died(line)
        try:
            reply = _parse(line)
        except ValueError as err:
            raise ProtocolError(f"{self._command[0]} wrote what is not JSON: {line[:200]!r}") from err
        if not isinstance(reply, dict):
            raise ProtocolError(f"{self._command[0]} wrote what is no message: {line[:200]!r}")
        try:
            data = bytearray(reply.get("bytes", 0))
            if data and self._process.stdout.readinto(data) != len(data):  # type: ignore[attr-defined]  # a BufferedReader fills all of it
                self._died(line)
            _decode(reply, data)
        except (KeyError, TypeError, ValueError) as err:
            raise ProtocolError(f"{self._command[0]} wrote arrays that cannot be read: {line[:200]!r}") from err
        return reply

    def _raise(self, reply: Message) -> NoReturn:
        text = str(reply.get("error", "an error without a text"))
        if "id" not in reply:  # the program could not read us, and ends
            raise ProtocolError(text)
        raise BrokenError(text) if reply.get("kind") == "broken" else RequestError(text)

    def _died(self, line: bytes = b"") -> NoReturn:
        """Says how the program ended, instead of the answer that it owes."""
        try:
            status = self._process.wait(EXIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - STDERR_BYTES))
        said = (line + self._stderr.read()).decode(errors="replace").strip()
        if status == USAGE_STATUS and self._next_id == 1:  # the hello was never answered
            raise RequestError(said.removeprefix("codesign: "))
        how = f"ended with status {status}" if status >= 0 else f"was killed by signal {-status}"
        raise ProcessError(f"{' '.join(self._command)} {how}" + (f": {said}" if said else ""))

    def _abandon(self, err: BaseException) -> None:
        self._ended = f"it ended with {type(err).__name__}: {err}" if str(err) else f"it ended with {type(err).__name__}"
        self._process.kill()
        self._finalizer()


def _parse(line: bytes) -> Any:
    """A line as JSON. Between steps of one kind only the id and the arrays behind the line differ, so that short lines are parsed once."""
    head = _HEAD.match(line)
    if head is None or len(line) > _SHORT_BYTES or b'"reasons"' in line:
        return json.loads(line)
    rest = _parse_rest(line[head.end() :])
    return {"type": head[1].decode(), "id": int(head[2]), **rest} if isinstance(rest, dict) else json.loads(line)


@functools.lru_cache(maxsize=256)
def _parse_rest(rest: bytes) -> Any:
    return json.loads(b"{" + rest)


def _decode(reply: Message, data: bytearray) -> None:
    """Replaces the places of arrays by the arrays, which are views of the data."""
    for name, value in reply.items():
        if isinstance(value, dict) and "dtype" in value:
            shape = value["shape"]
            count = shape[0] * shape[1] if len(shape) > 1 else shape[0]
            reply[name] = np.frombuffer(data, _DTYPES[value["dtype"]], count, value["at"]).reshape(shape)


def _scalar(value: Any) -> Any:
    """A setting as JSON has it: NumPy's scalars become Python's, paths become text."""
    if isinstance(value, np.generic):
        return value.item()
    return os.fspath(value) if isinstance(value, os.PathLike) else value


def _end(process: subprocess.Popen[bytes], stderr: IO[bytes], owner: int) -> None:
    """Ends the process: at the end of its input it exits by itself; otherwise it is killed. A fork's child leaves it alone."""
    if owner != os.getpid():
        return
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.close()
    except OSError:
        pass  # it is gone, and what it was sent with it
    try:
        process.wait(EXIT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
    stderr.close()
