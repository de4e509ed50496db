"""Where the codesign program is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from codesign.errors import ProcessError

VARIABLE = "CODESIGN_BINARY"
"""The environment variable that names another program than the package's own: one of a main with further simulators, or one just built."""


def overridden() -> str | None:
    """The program that the environment variable names, None when it is not set."""
    return os.environ.get(VARIABLE) or None


def find_binary() -> str:
    """The path of the codesign program: the one that CODESIGN_BINARY names, else the one that the wheel brought."""
    named = overridden()
    path = Path(named) if named else Path(__file__).parent / "bin" / ("codesign.exe" if sys.platform == "win32" else "codesign")
    if path.is_file() and os.access(path, os.X_OK):
        return str(path)
    if named:
        raise ProcessError(f"{VARIABLE} is {named!r}: there is no program that can be run")
    raise ProcessError(f"the package has no program at {path}: install it with `pip install ./python`, or let {VARIABLE} name a codesign program")
