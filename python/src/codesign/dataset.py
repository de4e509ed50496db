"""Datasets of trials, as `codesign run` writes them, for pandas and polars."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from codesign.errors import RequestError

if TYPE_CHECKING:
    import pandas
    import polars

DOCUMENT_KEY = b"codesign.dataset"
VERSION_KEY = b"codesign.schema_version"
SCHEMA_VERSION = "1"


@dataclass(frozen=True)
class Column:
    """One column of a dataset."""

    name: str
    type: str
    nullable: bool = False
    unit: str = ""
    doc: str = ""


@overload
def read_dataset(folder: str | os.PathLike[str], engine: Literal["pandas"] = ..., *, columns: Sequence[str] | None = ...) -> pandas.DataFrame: ...
@overload
def read_dataset(folder: str | os.PathLike[str], engine: Literal["polars"], *, columns: Sequence[str] | None = ...) -> polars.DataFrame: ...
def read_dataset(
    folder: str | os.PathLike[str], engine: Literal["pandas", "polars"] = "pandas", *, columns: Sequence[str] | None = None
) -> pandas.DataFrame | polars.DataFrame:
    """The trials of a results folder or of its dataset folder, all of them or only some columns.

    A pandas table has the units by column in attrs["units"] and what the columns mean in attrs["docs"]. A polars table has no place for them:
    dataset_columns has.
    """
    parts = _parts(folder)
    known = dataset_columns(folder)
    unknown = [c for c in columns or () if c not in known]
    if unknown:
        raise RequestError(f"{folder} has no column {unknown[0]!r}: the columns are {', '.join(known)}")
    if engine == "polars":
        import polars

        return polars.read_parquet(parts, columns=list(columns) if columns is not None else None)
    if engine != "pandas":
        raise RequestError(f"engine is {engine!r}: must be 'pandas' or 'polars'")
    import pyarrow.dataset

    table = pyarrow.dataset.dataset([str(p) for p in parts]).to_table(columns=list(columns) if columns is not None else None)
    frame: pandas.DataFrame = table.to_pandas()
    frame.attrs["units"] = {c: known[c].unit for c in frame.columns if known[c].unit}
    frame.attrs["docs"] = {c: known[c].doc for c in frame.columns}
    return frame


def dataset_columns(folder: str | os.PathLike[str]) -> dict[str, Column]:
    """The columns of a dataset by name, with units and what they mean."""
    import pyarrow.parquet

    first = _parts(folder)[0]
    metadata = pyarrow.parquet.read_metadata(first).metadata or {}
    version = metadata.get(VERSION_KEY, b"").decode()
    if version != SCHEMA_VERSION or DOCUMENT_KEY not in metadata:
        raise RequestError(f"{first} is no dataset of schema version {SCHEMA_VERSION}" + (f" but of version {version}" if version else ""))
    return {c["name"]: Column(**c) for c in json.loads(metadata[DOCUMENT_KEY])["columns"]}


def _parts(folder: str | os.PathLike[str]) -> list[Path]:
    """The files of a dataset, in the order of their rows."""
    path = Path(folder)
    for place in (path, path / "dataset"):
        parts = sorted(place.glob("part-*.parquet"))
        if parts:
            return parts
    raise RequestError(f"{path} holds no dataset: neither part-*.parquet nor dataset/part-*.parquet")
