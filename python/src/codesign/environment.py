"""Gymnasium's Env of one agent."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from numpy.typing import ArrayLike, NDArray

from codesign.connection import Message
from codesign.infos import info_of
from codesign.session import Command, Masks, Session, action_space, levels, observation_space

Observation = NDArray[np.float64]


class Environment(gymnasium.Env[Observation, ArrayLike]):
    """A simulator or an environment of the catalogue as Gymnasium knows it.

    Of a simulator each step is one full design: the action chooses a level of every axis, and the observation holds the metrics of the design,
    whether it is feasible, and by how much it misses the bounds. An episode is `horizon` designs, one unless it is said.

    The info of a step has `metrics` by name, their `units`, the `design` by name and its `point`, `objectives` (all maximised) and `violations`
    (<= 0 holds), `feasible`, for a design without metrics the reason as `infeasible` or `failed`, and the `action_mask` of the next action.
    """

    metadata = {"render_modes": []}  # noqa: RUF012 - Gymnasium's own declaration

    def __init__(self, simulator: str | Command, *, render_mode: str | None = None, **options: Any) -> None:
        self.session = Session(simulator, "step", **options)
        self.player = self.session.single()
        self.render_mode = render_mode
        self.action_space = action_space(self.player)
        self.observation_space: gymnasium.spaces.Box = observation_space(self.player)  # type: ignore[assignment]  # a Space of arrays
        self._masks = Masks(self.session.players)
        self._mask = self._masks.of({}, 0, 0)
        self._next: Message | None = None  # the first observations of the next episode, which the program has begun already

    @property
    def units(self) -> dict[str, str]:
        """The units of the metrics by key."""
        return self.session.units

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Observation, dict[str, Any]]:
        """Starts an episode. With a seed everything random follows from it; without one, episodes go on from the seed of before."""
        super().reset(seed=seed)
        if seed is None and self._next is not None:
            reply = self._next
        else:
            reply = self.session.reset(seed if seed is not None else int(self.np_random.integers(2**63)))
        self._next = None
        self._mask = self._masks.of(reply, 0, 0)
        return reply["observations"][0], {"action_mask": self._mask}

    def step(self, action: ArrayLike) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Takes one step."""
        reply = self.session.step(levels(action, len(self.player.space))[np.newaxis])
        terminated, truncated = len(reply.get("terminated", ())) > 0, len(reply.get("truncated", ())) > 0
        done = terminated or truncated
        self._next = reply if done else None
        self._mask = self._masks.of(reply, 0, 0)
        info = info_of(self.session, reply)
        info["action_mask"] = self._mask
        observation = reply["final_observations" if done else "observations"][0]
        return observation, float(reply["rewards"][0, 0]), terminated, truncated, info

    def action_masks(self) -> NDArray[np.bool_]:
        """Which levels are legal now, those of all axes in a row: what sb3-contrib's MaskablePPO asks for."""
        return np.concatenate(self._mask).astype(bool)

    def close(self) -> None:
        """Ends the process; calling it again does nothing."""
        self.session.close()
