"""A running environment: what it is, and its steps as arrays. Environments of every interface are made of one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import NDArray

from codesign.catalog import catalogue_name
from codesign.connection import Connection, Message
from codesign.errors import ProtocolError, RequestError
from codesign.spec import Objective, Player, Spec

Command = Sequence[str | os.PathLike[str]]
"""The words of a command."""

Names = str | Sequence[str]
"""One term or several: metric keys, or expressions over them."""

Bounds = Mapping[str, float]
"""Term to bound."""

Mask = tuple[NDArray[np.int8], ...]
"""Which levels are legal now: an array an axis, 1 or 0 a level; what MultiDiscrete.sample takes."""


def client() -> str:
    """Who speaks, for the messages of the program."""
    try:
        return f"codesign-python {version('codesign')}"
    except PackageNotFoundError:
        return "codesign-python"


class Session:
    """A running environment, which must serve a request: its process and what it said of itself.

    `simulator` is a name of the catalogue (dram/wide) or of Gymnasium (codesign/dram-wide-v0), or the words of a command: any program that serves
    the protocol (docs/simulator-in-python.md). The options, here and wherever environments and simulators are made:

        minimise, maximise   metrics, or expressions over metrics; without any the first metric is minimised
        at_most, at_least    bounds of metrics or expressions
        objective            instead of the four: the whole objective, with the keys of an experiment file ("kind", "targets", …)
        fix                  axes that are fixed to a level or narrowed to some, by value
        horizon              designs an episode, 1 unless it is said
        groups               which agent owns which axis
        workers              evaluations at a time, one a CPU unless it is said; never changes results
        settings             the simulator's settings, which may also be given as further keyword arguments
    """

    def __init__(
        self,
        simulator: str | Command,
        request: str,
        *,
        minimise: Names = (),
        maximise: Names = (),
        at_most: Bounds | None = None,
        at_least: Bounds | None = None,
        objective: Mapping[str, Any] | None = None,
        fix: Mapping[str, Any] | None = None,
        horizon: int | None = None,
        groups: str | None = None,
        workers: int | None = None,
        settings: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        parts = {"minimise": _names(minimise), "maximise": _names(maximise), "at_most": dict(at_most or {}), "at_least": dict(at_least or {})}
        given = {key: part for key, part in parts.items() if part}
        if objective is not None and given:
            raise RequestError(f"objective is the whole objective: leave out {', '.join(given)}")
        self.wanted = given if objective is None else dict(objective)
        if isinstance(simulator, str):
            arguments = ["env", catalogue_name(simulator)]
        else:
            arguments = ["env", f"--command={json.dumps([os.fspath(word) for word in simulator])}"]
        if self.wanted:
            arguments.append(f"--objective={json.dumps(self.wanted, default=_plain)}")
        for axis, levels in (fix or {}).items():
            arguments.append(f"--fix={axis}={','.join(str(v) for v in ([levels] if isinstance(levels, (str, int, float)) else levels))}")
        for flag, value in (("horizon", horizon), ("groups", groups), ("workers", workers)):
            if value is not None:
                arguments.append(f"--{flag}={value}")
        self.connection = Connection(arguments, {**(settings or {}), **more}, client())
        hello = self.connection.hello
        try:
            self.serves: tuple[str, ...] = tuple(hello["serves"])
            self.spec = Spec.parse(hello["spec"])
            self.settings: dict[str, Any] = hello.get("set", {})
            self.players = tuple(Player.parse(p) for p in hello.get("agents", ()))
            self.objective = Objective.parse(hello.get("objective", {}))
            self.need(request)
        except RequestError:
            self.close()
            raise
        except (KeyError, TypeError) as err:
            self.close()
            raise ProtocolError(f"{hello.get('program', 'the program')} says of itself what cannot be read: {err}") from err
        self.units = self.spec.units
        self._columns = np.concatenate([[0], np.cumsum([len(p.channels) for p in self.players])])

    def need(self, request: str) -> None:
        """Refuses what the program does not serve."""
        if request not in self.serves:
            raise RequestError(f"{self.spec.name} does not serve {request!r}, only {', '.join(self.serves)}")

    def single(self) -> Player:
        """The only agent; an environment of several is ended and refused."""
        if len(self.players) != 1:
            self.close()
            ids = ", ".join(p.id for p in self.players)
            raise RequestError(f"{self.spec.name} has {len(self.players)} agents ({ids}): use codesign.parallel_env")
        return self.players[0]

    def reset(self, seed: int, lanes: int = 1) -> Message:
        """Starts the first episode of every lane."""
        return self._shaped(self.connection.request("reset", {"seed": seed, "lanes": lanes}), lanes)

    def step(self, actions: NDArray[Any]) -> Message:
        """Takes one step in every lane: a row a lane, the agents' levels one after the other."""
        return self._shaped(self.connection.request("step", {"results": True}, actions=actions), len(actions))

    def _shaped(self, reply: Message, lanes: int) -> Message:
        """Gives observations without channels, which come as an empty list, their shape."""
        if self._columns[-1] == 0:
            reply["observations"] = np.empty((lanes, 0))
            reply["final_observations"] = np.empty((len(reply.get("terminated", ())) + len(reply.get("truncated", ())), 0))
        return reply

    def columns(self, agent: int) -> slice:
        """Which columns of a row of observations belong to an agent."""
        return slice(int(self._columns[agent]), int(self._columns[agent + 1]))

    def close(self) -> None:
        """Ends the process."""
        self.connection.close()


def _names(terms: Names) -> list[str]:
    return [terms] if isinstance(terms, str) else list(terms)


def _plain(value: Any) -> Any:
    """NumPy's numbers as Python's."""
    if isinstance(value, np.generic):
        return value.item()
    raise RequestError(f"{value!r} in an objective: must be a number, a text, a list or a dictionary")


def action_space(player: Player) -> gymnasium.spaces.MultiDiscrete:
    """What an agent chooses: a level of each of its axes."""
    return gymnasium.spaces.MultiDiscrete(player.space.nvec)


def observation_space(player: Player) -> gymnasium.spaces.Box:
    """What an agent sees."""
    low, high = np.array([c.low for c in player.channels]), np.array([c.high for c in player.channels])
    return gymnasium.spaces.Box(low, high, dtype=np.float64)


class Masks:
    """The masks of the agents, cut from rows of a message."""

    def __init__(self, players: Sequence[Player]) -> None:
        self._cuts: list[list[slice]] = []
        at = 0
        for player in players:
            cuts = []
            for levels in player.space.nvec.tolist():
                cuts.append(slice(at, at + levels))
                at += levels
            self._cuts.append(cuts)
        self._width = at

    def of(self, reply: Message, lane: int, agent: int) -> Mask:
        """The mask of an agent of a lane; a message without masks allows every level."""
        rows = reply.get("masks")
        row = np.ones(self._width, np.int8) if rows is None else rows[lane].astype(np.int8)
        return tuple(row[c] for c in self._cuts[agent])

    def batch(self, reply: Message, lanes: int) -> Mask:
        """The masks of all lanes of an environment of one agent: a row a lane."""
        rows = reply.get("masks")
        rows = np.ones((lanes, self._width), np.int8) if rows is None else rows.astype(np.int8)
        return tuple(rows[:, c] for c in self._cuts[0])


def levels(action: Any, count: int) -> NDArray[np.uint32]:
    """An action as levels; what is too high is refused by the program, which knows the names."""
    array = np.asarray(action)
    if array.dtype.kind not in "iu" or array.shape != (count,):
        raise RequestError(f"an action of shape {array.shape} and type {array.dtype}: must be {count} whole numbers")
    if array.min(initial=0) < 0:
        raise RequestError(f"an action with level {array.min()}: levels count from 0")
    return array.astype(np.uint32)
