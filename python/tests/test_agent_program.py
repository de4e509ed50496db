"""Optuna as an agent of a sweep: the program of the tutorial of agents in Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from support import REPOSITORY

import codesign
from codesign.binary import find_binary


def test_optuna_takes_part_in_a_sweep_and_is_reproducible(tmp_path: Path) -> None:
    folder = tmp_path / "agent"
    shutil.copytree(REPOSITORY / "examples/agent-python", folder)
    here = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    datasets = []
    for out, workers in (("first", "1"), ("second", "2")):
        subprocess.run(
            [find_binary(), "run", "optuna.toml", "--out", out, "--workers", workers], cwd=folder, env=here, check=True, capture_output=True
        )
        datasets.append((folder / out / "dataset/part-00000.parquet").read_bytes())
    assert datasets[0] == datasets[1]
    rows = codesign.read_dataset(folder / "first")
    assert set(rows["agent"]) == {"optuna", "random"}
    assert len(rows) == 4 * 2 * 40
