"""Proxies that the command exports as ONNX, in the ONNX runtime; and NumPy arrays of datasets."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

import codesign
from codesign.binary import find_binary


def run(*words: object) -> str:
    return subprocess.run([find_binary(), *map(str, words)], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proxy") / "rows"
    run("dataset", "collect", "functions/nk20_cat", "--rows", 300, "--out", folder)
    return folder


@pytest.mark.parametrize("kind", ["boost", "forest", "ridge", "mlp"])
def test_the_runtime_predicts_the_same(rows: Path, tmp_path: Path, kind: str) -> None:
    proxy, graph = tmp_path / "p.proxy", tmp_path / "p.onnx"
    run("proxy", "fit", rows, "--kind", kind, "--trees", 20, "--transform", "none", "--out", proxy)
    run("proxy", "export", proxy, "--out", graph)
    said = [json.loads(line) for line in run("eval", f"proxy:{proxy}", "--sample", 50).splitlines()]
    session = onnxruntime.InferenceSession(str(graph))
    names = session.get_modelmeta().custom_metadata_map["features"].split("\n")
    features = np.zeros((len(said), len(names)), dtype=np.float32)
    for i, row in enumerate(said):
        for axis, label in row["design"].items():
            features[i, names.index(f"{axis}={label}")] = 1
    outputs = dict(zip([o.name for o in session.get_outputs()], session.run(None, {"features": features}), strict=True))
    for key in said[0]["metrics"]:
        want = [row["metrics"][key] for row in said]
        np.testing.assert_allclose(outputs[key].ravel(), want, rtol=1e-4, atol=1e-5)


def test_numpy_reads_the_arrays(rows: Path, tmp_path: Path) -> None:
    run("dataset", "export", rows, "--format", "npz", "--out", tmp_path / "rows.npz")
    arrays = np.load(tmp_path / "rows.npz")
    table = codesign.read_dataset(rows)
    assert set(arrays) == set(table.columns)
    np.testing.assert_array_equal(arrays["trial"], table["trial"])
    metric = next(name for name in table.columns if name.startswith("metric_"))
    np.testing.assert_array_equal(arrays[metric], table[metric])
    text = next(name for name in table.columns if name.startswith("param_"))
    assert arrays[text].tolist() == table[text].tolist()
