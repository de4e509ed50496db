"""A simulator: designs in, metrics out; for optimisers that ask and tell."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from codesign.results import Results
from codesign.session import Command, Session
from codesign.space import Axis, Design, Points, Space
from codesign.spec import Objective, Spec

if TYPE_CHECKING:
    import optuna

BATCH = 65_536
"""The most designs in one message; a larger batch is sent in several."""

Designs = Iterable[Mapping[str, Any]] | ArrayLike
"""Designs as dictionaries by axis name, or as rows of level indices."""


@dataclass(frozen=True)
class Artifact:
    """A file that explains a design."""

    name: str
    media_type: str
    data: bytes


class Simulator:
    """Evaluates designs in batches.

    What `simulator` may be and the options are those of Session; further keyword arguments are the simulator's settings. With an objective, results
    also have objectives, violations and rewards.
    """

    def __init__(self, simulator: str | Command, **options: Any) -> None:
        self._session = Session(simulator, "evaluate", **options)
        self._scored = bool(self._session.wanted)

    @property
    def spec(self) -> Spec:
        """What is searched and measured."""
        return self._session.spec

    @property
    def space(self) -> Space:
        """The design space."""
        return self._session.spec.space

    @property
    def units(self) -> dict[str, str]:
        """The units of the metrics by key."""
        return self._session.units

    @property
    def settings(self) -> dict[str, Any]:
        """The settings with their values, defaults included."""
        return self._session.settings

    @property
    def objective(self) -> Objective:
        """What is wanted; empty when nothing was asked for."""
        return self._session.objective if self._scored else Objective()

    def evaluate(self, designs: Designs) -> Results:
        """Evaluates designs, as one batch; equal designs have equal results."""
        points = self._points(designs)
        replies = [self._batch(points[at : at + BATCH]) for at in range(0, len(points), BATCH)] or [self._batch(points)]
        reasons = {k * BATCH + r["at"]: r for k, reply in enumerate(replies) for r in reply.get("reasons", [])}
        return Results(
            spec=self.spec,
            points=points,
            values=np.concatenate([_table(r["values"], len(self.spec.metrics)) for r in replies]),
            reasons=reasons,
            objectives=self._joined(replies, "objectives", len(self.objective.objectives)),
            violations=self._joined(replies, "violations", len(self.objective.constraints) + 1),
            rewards=np.concatenate([np.asarray(r.get("reward", ()), np.float64) for r in replies]) if self._scored else None,
        )

    def repair(self, designs: Designs) -> Points:
        """Projects designs onto valid ones."""
        self._session.need("repair")
        return _levels(self._session.connection.request("repair", points=self._points(designs))["points"], len(self.space))

    def detail(self, design: Mapping[str, Any] | ArrayLike) -> list[Artifact]:
        """The files that explain one design: timelines, tables."""
        self._session.need("detail")
        point = self._points([design] if isinstance(design, Mapping) else design)[0]
        reply = self._session.connection.request("detail", {"point": point.tolist()})
        return [Artifact(a["name"], a["media_type"], _content(a)) for a in reply["artifacts"]]

    def suggest(self, trial: optuna.trial.BaseTrial) -> Design:
        """Asks an Optuna trial for a design, axis by axis; inactive axes are not asked for.

        A nominal axis or a permutation is a categorical parameter. An ordinal axis is an integer parameter: the value itself where the values
        are evenly spaced whole numbers, otherwise the index of the level, because Optuna knows no ordinal lists; the parameter is then called
        "<axis> level".
        """
        chosen: dict[str, Any] = {}
        for axis in self.space.axes:
            if self.space.is_active(axis.name, chosen):
                chosen[axis.name] = _suggest(trial, axis)
        return chosen

    def close(self) -> None:
        """Ends the process; calling it again does nothing."""
        self._session.close()

    def __enter__(self) -> Simulator:
        return self

    def __exit__(self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Simulator({self.spec.name!r}, {len(self.space)} axes, {len(self.spec.metrics)} metrics)"

    def _points(self, designs: Designs) -> Points:
        rows: Any = designs if isinstance(designs, np.ndarray) else list(designs)  # type: ignore[arg-type]  # what is no list says so itself
        if len(rows) and isinstance(rows[0], Mapping):
            return self.space.encode(rows)
        return self.space.canonical(self.space.points(rows))

    def _batch(self, points: Points) -> dict[str, Any]:
        return self._session.connection.request("evaluate", {"score": True} if self._scored else None, points=points)

    def _joined(self, replies: list[dict[str, Any]], name: str, width: int) -> NDArray[np.float64] | None:
        return np.concatenate([_table(r.get(name, ()), width) for r in replies]) if self._scored else None


def _table(array: ArrayLike, width: int) -> NDArray[np.float64]:
    """An array of a message; one without rows comes as an empty list."""
    return np.asarray(array, np.float64).reshape(-1, width)


def _levels(array: ArrayLike, width: int) -> Points:
    return np.asarray(array, np.int64).reshape(-1, width)


def _content(artifact: Mapping[str, Any]) -> bytes:
    return base64.b64decode(artifact["base64"]) if "base64" in artifact else artifact["text"].encode()


def _suggest(trial: optuna.trial.BaseTrial, axis: Axis) -> Any:
    if axis.kind != "ordinal":
        return trial.suggest_categorical(axis.name, axis.values)
    values = [v for v in axis.values if isinstance(v, int)]
    steps = {b - a for a, b in itertools.pairwise(values)}
    if len(values) == axis.levels and len(steps) == 1:
        return trial.suggest_int(axis.name, values[0], values[-1], step=steps.pop())
    return axis.values[trial.suggest_int(f"{axis.name} level", 0, axis.levels - 1)]
