"""The wheel: what it holds, and what is said when it cannot be built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import REPOSITORY

import codesign.binary

PACKAGE = REPOSITORY / "python"


def wheel(source: Path, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(source),
    ]
    return subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = wheel(PACKAGE, folder, {"CODESIGN_BINARY": codesign.binary.find_binary()})
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_the_package_the_program_and_its_catalogue(built: Path) -> None:
    names = zipfile.ZipFile(built).namelist()
    modules = {f"codesign/{p.name}" for p in (PACKAGE / "src/codesign").glob("*.py")}
    assert modules | {"codesign/py.typed", "codesign/bin/codesign", "codesign/bin/catalog.jsonl"} <= set(names)
    assert not [n for n in names if not n.startswith(("codesign/", "codesign-"))]
    assert "py3-none-manylinux_2_17_" in built.name
    listed = zipfile.ZipFile(built).read("codesign/bin/catalog.jsonl").decode().splitlines()
    assert [json.loads(line)["simulator"] for line in listed] == [e.name for e in codesign.catalogue()]


def test_the_wheel_installs_into_an_empty_environment(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(built)], check=True)
    script = "import codesign; e = codesign.make('codesign/dram-v0'); e.reset(seed=1); print(codesign.__file__, e.step([0] * 10)[2])"
    environment = {k: v for k, v in os.environ.items() if k != "CODESIGN_BINARY"} | {"PYTHONPATH": str(target)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == f"{target}/codesign/__init__.py True\n"


def test_without_go_the_build_says_so(tmp_path: Path) -> None:
    done = wheel(PACKAGE, tmp_path, {"GO": "no-such-go", "CODESIGN_BINARY": ""})
    assert done.returncode != 0
    assert (
        "codesign: the wheel holds a program in Go, and there is no `go` in PATH: install Go, or let CODESIGN_BINARY name"
        in done.stdout + done.stderr
    )


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    done = wheel(PACKAGE, tmp_path, {"CODESIGN_BINARY": "/nowhere/codesign"})
    assert done.returncode != 0
    assert "codesign: CODESIGN_BINARY is '/nowhere/codesign': there is no such program" in done.stdout + done.stderr


def test_outside_of_a_checkout_the_build_says_so(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns(".venv", ".*_cache", "dist", "__pycache__", "bin")
    shutil.copytree(PACKAGE, tmp_path / "python", ignore=ignored)
    done = wheel(tmp_path / "python", tmp_path, {"CODESIGN_BINARY": ""})
    assert done.returncode != 0
    assert f"codesign: {tmp_path} holds no go.mod: the wheel is built in a checkout of" in done.stdout + done.stderr


def test_a_package_without_a_program_says_how_to_get_one(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE / "src/codesign", tmp_path / "codesign", ignore=shutil.ignore_patterns("bin", "__pycache__"))
    script = "import warnings; warnings.simplefilter('ignore'); import codesign; codesign.make('codesign/dram-v0')"
    environment = {k: v for k, v in os.environ.items() if k != "CODESIGN_BINARY"} | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "install it with `pip install ./python`, or let CODESIGN_BINARY name a codesign program" in done.stderr.splitlines()[-1]
