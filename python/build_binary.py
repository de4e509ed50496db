"""Puts the codesign program into the wheel: `go build` of the Go module above this folder, or the program that CODESIGN_BINARY names."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULE = "github.com/codesign-gym/codesign"


class BinaryHook(BuildHookInterface[Any]):
    """The build hook of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the program and lists its catalogue; both go into the package's folder bin."""
        folder = Path(self.directory).resolve() / "bin"
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / ("codesign.exe" if sys.platform == "win32" else "codesign")
        given = os.environ.get("CODESIGN_BINARY")
        if given:
            if not Path(given).is_file():
                sys.exit(f"codesign: CODESIGN_BINARY is {given!r}: there is no such program")
            shutil.copy2(given, program)
        else:
            build(Path(self.root).parent, program)
        listed = folder / "catalog.jsonl"
        listed.write_bytes(subprocess.run([program, "list", "simulators", "--format", "jsonl"], check=True, stdout=subprocess.PIPE).stdout)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform_tag()}"
        if version == "editable":
            target = Path(self.root, "src/codesign/bin")
            target.mkdir(exist_ok=True)
            for file in (program, listed):
                shutil.copy2(file, target)
            return
        for file in (program, listed):
            build_data["force_include"][str(file)] = f"codesign/bin/{file.name}"


def build(module: Path, program: Path) -> None:
    """Builds the program as the Makefile does."""
    if not (module / "go.mod").is_file():
        sys.exit(f"codesign: {module} holds no go.mod: the wheel is built in a checkout of {MODULE}, with `pip install ./python`")
    go = shutil.which(os.environ.get("GO", "go"))
    if go is None:
        sys.exit(
            "codesign: the wheel holds a program in Go, and there is no `go` in PATH: install Go, or let CODESIGN_BINARY name a codesign program"
        )
    environment = {"CGO_ENABLED": "0", "GOAMD64": "v1", "GOFLAGS": "-buildvcs=false", **os.environ}
    flags = f"-s -w -X main.version={described(module)}"
    done = subprocess.run([go, "build", "-trimpath", "-ldflags", flags, "-o", str(program), "./cmd/codesign"], cwd=module, env=environment)
    if done.returncode:
        sys.exit(f"codesign: `go build` of {module} ended with status {done.returncode}")


def described(module: Path) -> str:
    """The version of the checkout, as the Makefile names it."""
    try:
        command = ["git", "describe", "--tags", "--always", "--dirty"]
        return subprocess.run(command, cwd=module, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def platform_tag() -> str:
    """The machines that the wheel runs on: the program is static, so that on Linux it needs no C library."""
    if sys.platform == "linux":
        return f"manylinux_2_17_{platform.machine()}.musllinux_1_1_{platform.machine()}"
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")
