"""What several tests need, beside the fixtures."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from codesign import Simulator, Space

REPOSITORY = Path(__file__).parents[2]


def children() -> set[int]:
    """The processes that this one started and has not waited for; dead ones are among them."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        if int(fields[1]) == os.getpid():
            found.add(int(stat.parent.name))
    return found


def infeasible_point(space: Space) -> list[int]:
    """A design of dram/full that cannot exist."""
    with Simulator("dram/full", requests=50) as simulator:
        assert simulator.space.names == space.names
        results = simulator.evaluate(space.sample(np.random.default_rng(1), 500))
        return [int(level) for level in next(point for point, r in zip(results.points, results, strict=True) if r.infeasible)]
