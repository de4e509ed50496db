"""The vector environment: lanes in one message."""

from __future__ import annotations

from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.vector import AutoresetMode
from support import infeasible_point

import codesign
from codesign import RequestError

pytestmark = pytest.mark.usefixtures("no_process_stays")


@pytest.mark.parametrize("horizon", [1, 3])
def test_lanes_are_single_environments(horizon: int) -> None:
    options: dict[str, Any] = {"workload": "chase", "horizon": horizon, "at_most": {"power_mw": 500}, "minimise": "latency_ns"}
    envs = codesign.make_vec("codesign/dram-v0", num_envs=3, **options)
    singles = [codesign.make("codesign/dram-v0", **options) for _ in range(3)]
    observations, infos = envs.reset(seed=7)
    assert envs.observation_space.contains(observations)
    for lane, single in enumerate(singles):
        assert np.array_equal(single.reset(seed=7)[0], observations[lane])
    envs.action_space.seed(1)
    for _ in range(5):
        actions = envs.action_space.sample()
        observations, rewards, terminations, truncations, infos = envs.step(actions)
        assert envs.observation_space.contains(observations)
        assert not truncations.any()
        for lane, single in enumerate(singles):
            observation, reward, terminated, _, info = single.step(actions[lane])
            assert (rewards[lane], terminations[lane]) == (reward, terminated)
            for key, value in info["metrics"].items():
                assert infos["metrics"][key][lane] == value
            assert infos["point"][lane].tolist() == info["point"].tolist()
            assert infos["violations"][lane].tolist() == info["violations"].tolist()
            assert infos["feasible"][lane] == info["feasible"]
            if terminated:
                assert infos["_final_obs"][lane]
                assert np.array_equal(infos["final_obs"][lane], observation)
                assert infos["final_info"]["metrics"]["latency_ns"][lane] == info["metrics"]["latency_ns"]
                observation, _ = single.reset()
            assert np.array_equal(observations[lane], observation)
    envs.close()
    for single in singles:
        single.close()


def test_gymnasium_makes_it_too_and_knows_its_mode() -> None:
    envs = gymnasium.make_vec("codesign/dram-v0", num_envs=4, workload="chase")
    assert isinstance(envs, codesign.VectorEnvironment)
    assert envs.metadata["autoreset_mode"] is AutoresetMode.SAME_STEP
    assert envs.num_envs == 4
    assert envs.action_space.shape == (4, 10)
    recorded = gymnasium.wrappers.vector.RecordEpisodeStatistics(envs)
    recorded.reset(seed=1)
    _, rewards, _, _, infos = recorded.step(envs.action_space.sample())
    assert infos["episode"]["r"].tolist() == rewards.tolist()
    assert infos["episode"]["l"].tolist() == [1, 1, 1, 1]
    recorded.close()


def test_designs_without_metrics_say_why() -> None:
    envs = codesign.make_vec("dram/full", num_envs=2, requests=50)
    envs.reset(seed=1)
    _, _, _, _, infos = envs.step(np.array([[0] * len(envs.player.space), infeasible_point(envs.player.space)]))
    assert infos["_metrics"].tolist() == [True, False]
    assert infos["_infeasible"].tolist() == [False, True]
    assert infos["infeasible"][0] is None
    assert infos["infeasible"][1]
    assert infos["feasible"].tolist() == [True, False]
    envs.close()


def test_masks_are_a_row_a_lane() -> None:
    envs = codesign.make_vec("games/corridor", num_envs=2)
    seed = next(s for s in range(100) if envs.reset(seed=s)[0].tolist() == [[0], [1]])
    _, infos = envs.reset(seed=seed)
    assert infos["action_mask"][0].tolist() == [[0, 1], [1, 1]]
    _, _, _, _, infos = envs.step(np.array([[1], [0]]))
    assert infos["action_mask"][0].tolist() == [[1, 1], [0, 1]]
    assert not infos["_metrics"].any()
    with pytest.raises(RequestError, match="lane 1"):
        envs.step(np.array([[1], [2]]))
    envs.close()


@pytest.mark.parametrize("actions", [np.zeros((2, 9), int), np.zeros((3, 10), int), np.zeros((2, 10)), np.full((2, 10), -1)])
def test_wrong_actions_are_refused(actions: Any) -> None:
    envs = codesign.make_vec("codesign/dram-v0", num_envs=2)
    envs.reset(seed=1)
    with pytest.raises(RequestError, match="must be whole numbers of shape|levels count from 0"):
        envs.step(actions)
    envs.close()


def test_there_is_at_least_one_lane() -> None:
    with pytest.raises(RequestError, match="^num_envs is 0: must be at least 1$"):
        codesign.make_vec("codesign/dram-v0", num_envs=0)
