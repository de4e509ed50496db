"""What a simulator searches and measures, as its program says it in hello."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from codesign.space import Axis, Space


@dataclass(frozen=True)
class Metric:
    """One number that a simulator reports for a design."""

    name: str
    unit: str
    key: str  # its name in objectives, datasets and infos
    doc: str = ""


@dataclass(frozen=True)
class Spec:
    """What a simulator searches and measures."""

    name: str
    version: str  # changes whenever a number moves
    doc: str
    space: Space
    metrics: tuple[Metric, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the metrics."""
        return tuple(m.key for m in self.metrics)

    @cached_property
    def units(self) -> dict[str, str]:
        """The units of the metrics by key."""
        return {m.key: m.unit for m in self.metrics}

    @staticmethod
    def parse(message: Mapping[str, Any]) -> Spec:
        """The spec of a message."""
        return Spec(
            name=message["name"],
            version=message["version"],
            doc=message.get("doc", ""),
            space=Space(Axis.parse(a) for a in message["axes"]),
            metrics=tuple(Metric(m["name"], m.get("unit", ""), m.get("key", m["name"]), m.get("doc", "")) for m in message["metrics"]),
        )


@dataclass(frozen=True)
class Channel:
    """One number of an observation."""

    name: str
    unit: str
    low: float
    high: float

    @staticmethod
    def parse(message: Mapping[str, Any]) -> Channel:
        """The channel of a message: a bound that does not exist is infinite."""
        low, high = message.get("low"), message.get("high")
        return Channel(message["name"], message.get("unit", ""), -np.inf if low is None else float(low), np.inf if high is None else float(high))


@dataclass(frozen=True)
class Player:
    """One agent of an environment: what its actions choose and what it sees."""

    id: str
    space: Space
    channels: tuple[Channel, ...]

    @staticmethod
    def parse(message: Mapping[str, Any]) -> Player:
        """The agent of a message."""
        return Player(message["id"], Space(Axis.parse(a) for a in message["axes"]), tuple(Channel.parse(c) for c in message["observations"]))


@dataclass(frozen=True)
class Term:
    """An objective or a constraint."""

    name: str
    unit: str = ""
    minimise: bool = False  # an objective whose sign is changed, because objectives are maximised
    bound: float | None = None  # of a constraint
    at_least: bool = False
    scale: float = 1.0


@dataclass(frozen=True)
class Objective:
    """What is wanted: objectives, all maximised, within constraints."""

    objectives: tuple[Term, ...] = ()
    constraints: tuple[Term, ...] = ()

    @staticmethod
    def parse(message: Mapping[str, Any]) -> Objective:
        """The objective of a message."""
        return Objective(tuple(Term(**t) for t in message.get("objectives", [])), tuple(Term(**t) for t in message.get("constraints", [])))
