"""Evaluated designs: as arrays, by row, and as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from codesign.space import Design, Points
from codesign.spec import Spec

if TYPE_CHECKING:
    import pandas

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Result:
    """What one evaluation of one design gave: metrics, or the reason why there are none."""

    design: Design
    metrics: dict[str, float]  # by key; empty when infeasible or failed
    infeasible: str = ""  # a property of the design, with its reason
    violation: float = 0.0  # of an infeasible design: how far from feasible, 0 = unknown
    failed: str = ""  # this evaluation broke
    objectives: tuple[float, ...] = ()  # with an objective: all maximised; empty without metrics
    violations: tuple[float, ...] = ()  # with an objective: one a constraint, <= 0 holds, and the violation of an infeasible design
    reward: float | None = None  # with an objective: what a learner would get

    @property
    def feasible(self) -> bool:
        """Whether the design was evaluated and every constraint holds."""
        return bool(self.metrics) and all(v <= 0 for v in self.violations)

    def __getitem__(self, key: str) -> float:
        return self.metrics[key]


@dataclass(frozen=True)
class Results(Sequence[Result]):
    """The results of a batch, one a design in their order; columns are arrays in which NaN stands for no value."""

    spec: Spec
    points: Points
    values: Floats  # a row a design, a column a metric
    reasons: dict[int, dict[str, Any]]  # of the rows without values: infeasible and violation, or failed
    objectives: Floats | None = None
    violations: Floats | None = None
    rewards: Floats | None = None

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Result]:
        return (self._row(i) for i in range(len(self)))

    @overload
    def __getitem__(self, index: int) -> Result: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Result]: ...
    def __getitem__(self, index: int | slice) -> Result | Sequence[Result]:
        if isinstance(index, slice):
            return [self._row(i) for i in range(*index.indices(len(self)))]
        return self._row(range(len(self))[index])

    def column(self, key: str) -> Floats:
        """A metric of every design."""
        return self.values[:, self.spec.keys.index(key)]

    @property
    def feasible(self) -> NDArray[np.bool_]:
        """Which designs were evaluated and keep every constraint."""
        feasible: NDArray[np.bool_] = ~np.isnan(self.values).any(axis=1)
        if self.violations is not None:
            feasible &= (self.violations <= 0).all(axis=1)
        return feasible

    def to_pandas(self) -> pandas.DataFrame:
        """A table with a column an axis and a column a metric; the units are in its attrs["units"]."""
        import pandas

        designs = [self.spec.space.decode(p) for p in self.points]
        table = pandas.DataFrame({name: [d.get(name) for d in designs] for name in self.spec.space.names})
        for key in self.spec.keys:
            table[key] = self.column(key)
        for reason in ("infeasible", "failed"):
            table[reason] = [self.reasons.get(i, {}).get(reason) for i in range(len(self))]
        table.attrs["units"] = {a.name: a.unit for a in self.spec.space.axes} | self.spec.units
        return table

    def _row(self, i: int) -> Result:
        why = self.reasons.get(i, {})
        evaluated = i not in self.reasons
        return Result(
            design=self.spec.space.decode(self.points[i]),
            metrics=dict(zip(self.spec.keys, self.values[i].tolist(), strict=True)) if evaluated else {},
            infeasible=why.get("infeasible", ""),
            violation=why.get("violation", 0.0),
            failed=why.get("failed", ""),
            objectives=() if self.objectives is None or not evaluated else tuple(self.objectives[i].tolist()),
            violations=() if self.violations is None else tuple(self.violations[i].tolist()),
            reward=None if self.rewards is None else float(self.rewards[i]),
        )
