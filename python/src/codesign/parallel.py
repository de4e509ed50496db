"""PettingZoo's ParallelEnv: several agents share a design."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gymnasium
import numpy as np
from numpy.typing import ArrayLike, NDArray
from pettingzoo import ParallelEnv

from codesign.catalog import takes_designs
from codesign.connection import Message
from codesign.errors import RequestError
from codesign.infos import info_of
from codesign.session import Command, Masks, Session, action_space, levels, observation_space

Observation = NDArray[np.float64]


class ParallelEnvironment(ParallelEnv[str, Observation, ArrayLike]):
    """A simulator whose axes several agents own, or an environment of several agents; all act at once and end at once.

    `groups` says who owns which axis of a simulator: "subsystem" (one agent a sub-system, as the axes' groups say), "axis" (one agent an axis) or
    "single" (one agent). Unless it is said, it is the first for a name and the last for a command. Infos are those of Environment: the metrics
    are the same for every agent, the action mask is its own.
    """

    metadata: dict[str, Any] = {"render_modes": [], "is_parallelizable": True}  # noqa: RUF012 - PettingZoo's own declaration

    def __init__(self, simulator: str | Command, *, groups: str | None = None, **options: Any) -> None:
        if groups is None and isinstance(simulator, str) and takes_designs(simulator):
            groups = "subsystem"
        self.session = Session(simulator, "step", groups=groups, **options)
        players = self.session.players
        self.metadata = {**self.metadata, "name": self.session.spec.name}
        self.render_mode = None
        self.possible_agents = [p.id for p in players]
        self.agents: list[str] = []
        self.action_spaces = {p.id: action_space(p) for p in players}
        self.observation_spaces = {p.id: observation_space(p) for p in players}
        self._masks = Masks(players)
        self._random = np.random.default_rng()

    @property
    def units(self) -> dict[str, str]:
        """The units of the metrics by key."""
        return self.session.units

    def observation_space(self, agent: str) -> gymnasium.spaces.Box:
        """What an agent sees."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> gymnasium.spaces.MultiDiscrete:
        """What an agent chooses."""
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[dict[str, Observation], dict[str, dict[str, Any]]]:
        """Starts an episode of all agents."""
        if seed is not None:
            self._random = np.random.default_rng(seed)
        reply = self.session.reset(seed if seed is not None else int(self._random.integers(2**63)))
        self.agents = list(self.possible_agents)
        return self._split(reply["observations"]), self._infos({}, reply)

    def step(
        self, actions: Mapping[str, ArrayLike]
    ) -> tuple[dict[str, Observation], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]]:
        """Takes one step: an action of every agent. After the end of an episode there are no agents until reset."""
        if not self.agents:
            if not actions:
                return {}, {}, {}, {}, {}
            raise RequestError("a step without a running episode: call reset first")
        if set(actions) != set(self.agents):
            raise RequestError(f"actions of {', '.join(sorted(actions)) or 'nobody'}: must be of {', '.join(self.agents)}")
        row = np.concatenate([levels(actions[p.id], len(p.space)) for p in self.session.players])
        reply = self.session.step(row[np.newaxis])
        agents = self.agents
        terminated, truncated = len(reply.get("terminated", ())) > 0, len(reply.get("truncated", ())) > 0
        ended = terminated or truncated
        if ended:
            self.agents = []
        return (
            self._split(reply["final_observations" if ended else "observations"]),
            dict(zip(agents, reply["rewards"][0].tolist(), strict=True)),
            dict.fromkeys(agents, terminated),
            dict.fromkeys(agents, truncated),
            self._infos(info_of(self.session, reply), reply),
        )

    def render(self) -> None:
        """Nothing is drawn."""

    def close(self) -> None:
        """Ends the process; calling it again does nothing."""
        self.session.close()

    def _split(self, observations: NDArray[np.float64]) -> dict[str, Observation]:
        return {p.id: observations[0, self.session.columns(i)] for i, p in enumerate(self.session.players)}

    def _infos(self, common: dict[str, Any], reply: Message) -> dict[str, dict[str, Any]]:
        return {p.id: {**common, "action_mask": self._masks.of(reply, 0, i)} for i, p in enumerate(self.session.players)}
