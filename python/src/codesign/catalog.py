"""What the codesign program offers, and its names in Gymnasium."""

from __future__ import annotations

import difflib
import functools
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import gymnasium

from codesign.binary import find_binary, overridden
from codesign.errors import ProcessError, RequestError

NAMESPACE = "codesign"


@dataclass(frozen=True)
class Entry:
    """A simulator or an environment of the catalogue."""

    name: str  # its catalogue id, such as dram/wide
    takes: str  # designs, or actions where it has a state across steps
    version: str
    doc: str

    @property
    def id(self) -> str:
        """Its name in Gymnasium: codesign/<catalogue id, "/" as "-">-v<n>, where n counts the incompatible versions from 0."""
        major = int(self.version.split(".")[0] or 1)
        return f"{NAMESPACE}/{self.name.replace('/', '-')}-v{max(major - 1, 0)}"


def catalogue() -> tuple[Entry, ...]:
    """The entries of the program: of the wheel's own as they were when it was built, of the one that CODESIGN_BINARY names as it says."""
    return _catalogue_of(overridden())


@functools.cache
def _catalogue_of(program: str | None) -> tuple[Entry, ...]:
    listed = Path(__file__).parent / "bin" / "catalog.jsonl"
    if program is None and listed.is_file():
        text = listed.read_text(encoding="utf-8")
    else:
        command = [find_binary(), "list", "simulators", "--format", "jsonl"]
        try:
            text = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
        except (OSError, subprocess.CalledProcessError) as err:
            said = (getattr(err, "stderr", "") or "").strip()
            raise ProcessError(f"{' '.join(command)}: {said or err}") from err
    rows = [json.loads(line) for line in text.splitlines()]
    return tuple(Entry(row["simulator"], row["takes"], row["version"], row["about"]) for row in rows)


def catalogue_name(name: str) -> str:
    """The catalogue id of a name, which may be one (dram/wide) or a name in Gymnasium (codesign/dram-wide-v0)."""
    entries = catalogue()
    for entry in entries:
        if name in (entry.name, entry.id):
            return entry.name
    known = [n for entry in entries for n in (entry.id, entry.name)]
    near = difflib.get_close_matches(name, known, 1)
    raise RequestError(f"unknown simulator {name!r}" + (f": did you mean {near[0]!r}?" if near else f": known are {', '.join(known[::2])}"))


def takes_designs(name: str) -> bool:
    """Whether a step is a full design, rather than an action in a state."""
    known = catalogue_name(name)
    return any(e.name == known and e.takes == "designs" for e in catalogue())


def register() -> None:
    """Registers every entry in Gymnasium; `import codesign` does so. Entries that are registered already are left as they are."""
    for entry in catalogue():
        if entry.id not in gymnasium.registry:
            gymnasium.register(
                entry.id,
                entry_point="codesign.environment:Environment",
                vector_entry_point="codesign.vector:VectorEnvironment",
                order_enforce=False,  # the program refuses a step without a running episode itself
                kwargs={"simulator": entry.name},
            )
