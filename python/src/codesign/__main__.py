"""`python -m codesign …` is the codesign command."""

from __future__ import annotations

import os
import subprocess
import sys

from codesign.binary import find_binary
from codesign.errors import ProcessError


def main() -> int:
    """Runs the program in place of Python, or, where a process cannot be replaced, beside it."""
    try:
        program = find_binary()
    except ProcessError as err:
        print(f"codesign: {err}", file=sys.stderr)
        return 1
    if sys.platform != "win32":
        os.execv(program, [program, *sys.argv[1:]])
    return subprocess.call([program, *sys.argv[1:]])


sys.exit(main())
