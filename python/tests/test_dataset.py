"""Datasets that the command writes, read by pandas, polars and DuckDB."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import polars
import pytest

import codesign
from codesign.binary import find_binary

FILE = """
name = "readers"
seed = 3
repeats = 2
budget = 30

[[scenario]]
name = "memory"
simulator = "dram/full"
set = { requests = 50 }
objective = { minimise = ["latency_ns"] }

[[scenario]]
name = "array"
simulator = "systolic"
set = { network = "alexnet" }
objective = { minimise = ["energy_pj"], at_most = { area_mm2 = 10 } }

[[agent]]
kind = "random"
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    (folder / "readers.toml").write_text(FILE)
    subprocess.run([find_binary(), "run", str(folder / "readers.toml"), "--out", str(folder / "out")], check=True, capture_output=True)
    return folder / "out"


@pytest.fixture(scope="module")
def exported(results: Path) -> list[dict[str, Any]]:
    done = subprocess.run([find_binary(), "dataset", "export", str(results), "--format", "jsonl"], check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_pandas_reads_what_the_command_exports(results: Path, exported: list[dict[str, Any]]) -> None:
    table = codesign.read_dataset(results)
    assert len(table) == len(exported) == 2 * 2 * 30
    for i, row in enumerate(exported):
        assert table.loc[i, "trial"] == row["trial"]
        assert table.loc[i, "agent"] == row["agent"] == "random"
        for key in ("metric_energy_pj", "metric_area_mm2", "param_rows", "param_device"):
            value = row.get(key)
            assert (value is None) == bool(table[key].isna()[i])
            assert value is None or table.loc[i, key] == value
    assert table.attrs["units"]["metric_area_mm2"] == "mm2"
    assert table.attrs["units"]["param_clock"] == "MHz"
    assert table.attrs["docs"]["trial"] == "number of the trial in its study, from 0"


def test_polars_reads_the_same(results: Path) -> None:
    table = codesign.read_dataset(results / "dataset", "polars")
    pandas = codesign.read_dataset(results)
    assert table.columns == list(pandas.columns)
    assert table["metric_energy_pj"].to_list()[60:] == pandas["metric_energy_pj"].tolist()[60:]
    assert table["infeasible"].null_count() == int(pandas["infeasible"].isna().sum())
    assert 0 < table["infeasible"].null_count() < len(table)
    assert codesign.dataset_columns(results)["metric_area_mm2"].unit == "mm2"


def test_columns_can_be_chosen(results: Path) -> None:
    names = ["trial", "metric_energy_pj"]
    assert list(codesign.read_dataset(results, columns=names).columns) == names
    assert codesign.read_dataset(results, "polars", columns=names).columns == names
    with pytest.raises(codesign.RequestError, match="has no column 'metric_energy': the columns are study, scenario"):
        codesign.read_dataset(results, columns=["metric_energy"])


def test_duckdb_reads_the_files(results: Path) -> None:
    relation = duckdb.sql(f"""
        select scenario, count(*), count("metric_energy_pj"), min("metric_energy_pj") from '{results}/dataset/*.parquet' group by scenario order by scenario
    """)
    assert relation is not None
    rows = relation.fetchall()
    energy = polars.col("metric_energy_pj")
    table = codesign.read_dataset(results, "polars").group_by("scenario").agg(polars.len(), energy.count().alias("n"), energy.min().alias("least"))
    assert rows == table.sort("scenario").rows()
    assert [row[:3] for row in rows] == [("array", 60, 60), ("memory", 60, 60 - infeasible_in(results))]


def infeasible_in(results: Path) -> int:
    return codesign.read_dataset(results, "polars")["infeasible"].count()


def test_what_is_no_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(codesign.RequestError, match="holds no dataset"):
        codesign.read_dataset(tmp_path)
    polars.DataFrame({"a": [1]}).write_parquet(tmp_path / "part-00000.parquet")
    with pytest.raises(codesign.RequestError, match="part-00000.parquet is no dataset of schema version 1$"):
        codesign.read_dataset(tmp_path)


def test_an_unknown_engine_is_refused(results: Path) -> None:
    with pytest.raises(codesign.RequestError, match="^engine is 'spark': must be 'pandas' or 'polars'$"):
        codesign.read_dataset(results, "spark")  # type: ignore[call-overload]
