"""Gymnasium's VectorEnv: all lanes take their step in one message."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
from gymnasium.vector import AutoresetMode
from gymnasium.vector.utils import batch_space
from numpy.typing import ArrayLike, NDArray

from codesign.connection import Message
from codesign.errors import RequestError
from codesign.infos import batch_of
from codesign.session import Command, Masks, Session, action_space, observation_space

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class VectorEnvironment(gymnasium.vector.VectorEnv[Floats, ArrayLike, NDArray[Any]]):
    """`num_envs` environments of one kind in one process; the designs of a step are evaluated as one batch.

    A lane whose episode ends starts the next one in the same step, as metadata["autoreset_mode"] says: its observation is the first of the new
    episode, the last of the old one is in infos["final_obs"]. infos["metrics"] and the rest tell what each lane evaluated in this step, whether
    its episode ended or not; infos["final_info"] repeats them for the lanes that ended. What a lane does depends on the seed and the lane's
    number, not on how many lanes there are.
    """

    metadata = {"render_modes": [], "autoreset_mode": AutoresetMode.SAME_STEP}  # noqa: RUF012 - Gymnasium's own declaration

    def __init__(self, simulator: str | Command, num_envs: int = 1, **options: Any) -> None:
        self.closed = True  # until there is something to close
        if num_envs < 1:
            raise RequestError(f"num_envs is {num_envs}: must be at least 1")
        self.session = Session(simulator, "step", **options)
        self.player = self.session.single()
        self.num_envs = num_envs
        self.single_action_space = action_space(self.player)
        self.single_observation_space = observation_space(self.player)
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self._masks = Masks(self.session.players)
        self.closed = False

    @property
    def units(self) -> dict[str, str]:
        """The units of the metrics by key."""
        return self.session.units

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Floats, dict[str, Any]]:
        """Starts the first episode of every lane."""
        super().reset(seed=seed)
        reply = self.session.reset(seed if seed is not None else int(self.np_random.integers(2**63)), self.num_envs)
        return reply["observations"], self._with_masks({}, reply)

    def step(self, actions: ArrayLike) -> tuple[Floats, Floats, Flags, Flags, dict[str, Any]]:
        """Takes one step in every lane: a row a lane."""
        array = np.asarray(actions)
        shape = (self.num_envs, len(self.player.space))
        if array.dtype.kind not in "iu" or array.shape != shape:
            raise RequestError(f"actions of shape {array.shape} and type {array.dtype}: must be whole numbers of shape {shape}")
        if array.min() < 0:
            raise RequestError(f"an action with level {array.min()}: levels count from 0")
        reply = self.session.step(array.astype(np.uint32))
        terminations, truncations = self._lanes(reply, "terminated"), self._lanes(reply, "truncated")
        infos = self._with_masks(batch_of(self.session, reply, self.num_envs), reply)
        self._add_final(infos, reply, terminations | truncations)
        return reply["observations"], reply["rewards"][:, 0], terminations, truncations, infos

    def close_extras(self, **kwargs: Any) -> None:
        """Ends the process."""
        self.session.close()

    def _lanes(self, reply: Message, name: str) -> Flags:
        flags = np.zeros(self.num_envs, dtype=bool)
        flags[np.asarray(reply.get(name, ()), dtype=np.int64)] = True
        return flags

    def _with_masks(self, infos: dict[str, Any], reply: Message) -> dict[str, Any]:
        infos["action_mask"], infos["_action_mask"] = self._masks.batch(reply, self.num_envs), np.ones(self.num_envs, dtype=bool)
        return infos

    def _add_final(self, infos: dict[str, Any], reply: Message, ended: Flags) -> None:
        if not ended.any():
            return
        final = np.full(self.num_envs, None, dtype=object)
        for lane, observation in zip(np.flatnonzero(ended), reply["final_observations"], strict=True):
            final[lane] = observation
        infos["final_info"] = {k: v for k, v in infos.items() if not k.endswith("action_mask")}
        infos["final_obs"] = final
        infos["_final_obs"] = infos["_final_info"] = ended
