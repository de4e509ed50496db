"""A program that speaks the protocol and then misbehaves: the first argument says how."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

SPEC = {
    "name": "toy",
    "version": "3.1.0",
    "axes": [{"name": "x", "kind": "ordinal", "values": [1, 2, 4]}],
    "metrics": [{"name": "y", "unit": "s", "key": "y_s"}],
}
PLAYER = {"id": "designer", "axes": SPEC["axes"], "observations": [{"name": "y_s", "unit": "s"}]}


def say(**message: Any) -> None:
    print(json.dumps(message), flush=True)


def answer(behaviour: str, request: dict[str, Any]) -> None:
    number, kind = request["id"], request["type"]
    match behaviour, kind:
        case "version", "hello":
            say(type="hello", id=number, protocol=2, program="codesign 9.0", serves=[], spec=SPEC)
        case "refuses-version", "hello":
            say(type="error", id=number, error="codesign 9.0 speaks version 2 of the protocol, the client version 1")
        case "garbage", "hello":
            print("Segmentation fault in the hello", flush=True)
        case "cat", "hello":
            say(**request)
        case "half-a-spec", "hello":
            say(type="hello", id=number, protocol=1, program="fake 1", serves=["evaluate"], spec={"name": "toy", "version": "1"})
        case _, "hello":
            say(
                type="hello", id=number, protocol=1, program="fake 1", serves=["evaluate", "reset", "step"], binary=True,
                spec=SPEC, agents=[PLAYER], horizon=1, objective={"objectives": [{"name": "y_s", "minimise": True}], "constraints": []},
            )  # fmt: skip
        case "dies", _:
            print("out of licences", file=sys.stderr, flush=True)
            sys.exit(3)
        case "killed", _:
            os.kill(os.getpid(), 9)
        case "broken", _:
            say(type="error", id=number, kind="broken", error="the simulator is on fire")
        case "other-id", _:
            say(type=kind, id=number + 1)
        case "other-type", _:
            say(type="repair", id=number)
        case "no-object", _:
            print("[1, 2]", flush=True)
        case "unreadable", _:
            say(type="error", error="a line that is not JSON")
            sys.exit(1)
        case "short", _:
            sys.stdout.write(json.dumps({"type": kind, "id": number, "bytes": 80}) + "\nfew bytes")
            sys.stdout.flush()
            sys.exit(0)
        case "dtype", _:
            say(type=kind, id=number, values={"dtype": "f32", "shape": [1, 1], "at": 0})
        case "beyond", _:
            say(type=kind, id=number, values={"dtype": "f64", "shape": [1, 1], "at": 0})
        case "hangs", _:
            time.sleep(1000)
        case "progress", "evaluate":
            say(type="progress", id=number, done=1, total=2, text="half")
            say(type="evaluate", id=number, values=[[0.5]] * len(request["points"]["shape"][:1]))
        case "deaf", "close":
            time.sleep(1000)
        case _:
            say(type="error", id=number, error=f"{behaviour} knows no {kind}")


def main() -> None:
    behaviour, command = sys.argv[1:3]
    if command == "list":
        say(simulator="toy", takes="designs", about="A toy.", version="3.1.0")
        return
    source = sys.stdin.buffer
    while line := source.readline():
        request = json.loads(line)
        source.read(request.get("bytes", 0))
        answer(behaviour, request)
    if behaviour == "deaf":
        time.sleep(1000)


main()
