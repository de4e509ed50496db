"""Design spaces: finite axes, and designs by name and by level."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from codesign.errors import RequestError

Value = float | int | str
"""The value of an axis: a number of an ordinal axis, a label, or an order of labels joined by '>'."""

Design = dict[str, Value]
"""A design by name: axis name to value. Axes that are inactive in the design are absent."""

Points = NDArray[np.int64]
"""Designs by level: a row a design, a column an axis, each the index of the axis's level."""


@dataclass(frozen=True)
class Condition:
    """An axis is active only while the earlier axis has one of these levels, given by their names."""

    axis: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Axis:
    """One finite axis of a design space."""

    name: str
    kind: str  # ordinal, nominal or permutation
    unit: str = ""
    doc: str = ""
    group: str = ""  # the sub-system that owns it
    log: bool = False  # its effect is in its logarithm
    values: tuple[Value, ...] = ()  # of its levels, in their order
    when: tuple[Condition, ...] = ()

    @property
    def levels(self) -> int:
        """The number of levels."""
        return len(self.values)

    def level(self, value: Any) -> int:
        """The level that has the value."""
        wanted = value.item() if isinstance(value, np.generic) else value
        for level, known in enumerate(self.values):
            if known == wanted and not isinstance(wanted, bool):
                return level
        raise RequestError(f"{self.name} is {value!r}: must be {self.range}")

    @property
    def range(self) -> str:
        """What values the axis takes, in one phrase."""
        if self.kind == "ordinal":
            unit = f" {self.unit}" if self.unit else ""
            if self.levels > 8:
                return f"one of {self.levels} values from {self.values[0]} to {self.values[-1]}{unit}"
            return f"one of {', '.join(str(v) for v in self.values)}{unit}"
        if self.kind == "permutation":
            return f"an order of {str(self.values[0]).replace('>', ', ')}, joined by '>'"
        return f"one of {', '.join(str(v) for v in self.values)}"

    @staticmethod
    def parse(message: Mapping[str, Any]) -> Axis:
        """The axis of a message."""
        kind = message["kind"]
        labels = message.get("labels", [])
        if kind == "ordinal":
            values = message["values"]
        elif kind == "permutation":
            values = [">".join(order) for order in itertools.permutations(labels)]
        else:
            values = labels
        return Axis(
            name=message["name"],
            kind=kind,
            unit=message.get("unit", ""),
            doc=message.get("doc", ""),
            group=message.get("group", ""),
            log=message.get("log", False),
            values=tuple(values),
            when=tuple(Condition(c["axis"], tuple(c["in"])) for c in message.get("when", [])),
        )


class Space:
    """A finite design space: axes in their order."""

    def __init__(self, axes: Iterable[Axis]) -> None:
        self.axes = tuple(axes)
        self._index = {axis.name: i for i, axis in enumerate(self.axes)}
        # Per axis: the earlier axis and which of its levels make this one active.
        self._conditions = [[(self._index[c.axis], self._allowed(c)) for c in axis.when] for axis in self.axes]

    def _allowed(self, condition: Condition) -> NDArray[np.bool_]:
        earlier = self.axes[self._index[condition.axis]]
        names = {float(name) for name in condition.levels} if earlier.kind == "ordinal" else set(condition.levels)
        return np.array([value in names for value in earlier.values])

    def __len__(self) -> int:
        return len(self.axes)

    def __repr__(self) -> str:
        return f"Space({', '.join(a.name for a in self.axes)})"

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the axes."""
        return tuple(a.name for a in self.axes)

    @cached_property
    def nvec(self) -> NDArray[np.int64]:
        """The number of levels of each axis."""
        return np.array([a.levels for a in self.axes], dtype=np.int64)

    def axis(self, name: str) -> Axis:
        """The axis of that name."""
        if name not in self._index:
            raise RequestError(f"there is no axis {name!r}: the axes are {', '.join(self.names)}")
        return self.axes[self._index[name]]

    def is_active(self, name: str, chosen: Mapping[str, Any]) -> bool:
        """Whether an axis plays a part beside values that are chosen for the axes before it."""
        return all(
            self.axes[earlier].name in chosen and allowed[self.axes[earlier].level(chosen[self.axes[earlier].name])]
            for earlier, allowed in self._conditions[self._index[name]]
        )

    def points(self, levels: ArrayLike) -> Points:
        """Rows of level indices, checked: a row a design; one design may come as a list of levels."""
        points = np.atleast_2d(np.asarray(levels))
        if points.size == 0:
            return np.empty((0, len(self)), np.int64)
        if points.dtype.kind not in "iu" or points.ndim != 2 or points.shape[1] != len(self):
            raise RequestError(f"designs of shape {points.shape} and type {points.dtype}: must be rows of {len(self)} level indices")
        low, high = points.min(axis=0), points.max(axis=0)
        for axis, least, most in zip(self.axes, low, high, strict=True):
            if least < 0 or most >= axis.levels:
                raise RequestError(f"level {least if least < 0 else most} of {axis.name}: must be from 0 to {axis.levels - 1}")
        checked: Points = points.astype(np.int64)
        return checked

    def active(self, points: Points) -> NDArray[np.bool_]:
        """Which axes are active in which designs; an inactive one plays no part."""
        active = np.ones(points.shape, dtype=bool)
        for column, conditions in enumerate(self._conditions):
            for earlier, allowed in conditions:
                active[:, column] &= active[:, earlier] & allowed[points[:, earlier]]
        return active

    def canonical(self, points: Points) -> Points:
        """The points with inactive axes at level 0: equal designs have equal rows."""
        points = points.copy()
        points[~self.active(points)] = 0
        return points

    def sample(self, rng: np.random.Generator, n: int) -> Points:
        """Random designs: each axis uniformly over its levels."""
        points: Points = rng.integers(0, self.nvec, (n, len(self)))
        return self.canonical(points)

    def encode(self, designs: Iterable[Mapping[str, Any]]) -> Points:
        """Designs by name as rows of levels. Every active axis needs a value; values of inactive ones are ignored."""
        rows = [self._encode(design) for design in designs]
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(self))

    def _encode(self, design: Mapping[str, Any]) -> list[int]:
        for name in design:
            self.axis(name)
        point = [0] * len(self)
        active = [True] * len(self)
        for i, axis in enumerate(self.axes):
            active[i] = all(active[earlier] and allowed[point[earlier]] for earlier, allowed in self._conditions[i])
            if not active[i]:
                continue
            if axis.name in design:
                point[i] = axis.level(design[axis.name])
            elif axis.levels > 1:
                raise RequestError(f"the design has no {axis.name}: must be {axis.range}")
        return point

    def decode(self, point: Sequence[int] | NDArray[Any]) -> Design:
        """A design by name; inactive axes are absent."""
        design: Design = {}
        active = [True] * len(self)
        for i, axis in enumerate(self.axes):
            active[i] = all(active[earlier] and bool(allowed[point[earlier]]) for earlier, allowed in self._conditions[i])
            if active[i]:
                design[axis.name] = axis.values[point[i]]
        return design
