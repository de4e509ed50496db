"""The environment of several agents, under PettingZoo's own tests."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pettingzoo.test import parallel_api_test, parallel_seed_test

import codesign
from codesign import RequestError

pytestmark = pytest.mark.usefixtures("no_process_stays")

ENVIRONMENTS: list[tuple[str, dict[str, Any]]] = [
    ("codesign/dram-v0", {"workload": "chase", "minimise": "latency_ns", "at_most": {"power_mw": 500}}),
    ("codesign/dram-v0", {"workload": "chase", "horizon": 5}),
    ("codesign/dram-v0", {"workload": "chase", "groups": "axis"}),
    ("codesign/systolic-v0", {"groups": "single"}),
    ("codesign/games-matrix-v0", {}),
]


@pytest.mark.parametrize(("id", "options"), ENVIRONMENTS)
def test_pettingzoo_tests_the_interface(id: str, options: dict[str, Any]) -> None:
    env = codesign.parallel_env(id, **options)
    parallel_api_test(env, num_cycles=50)
    env.close()


@pytest.mark.parametrize(("id", "options"), ENVIRONMENTS)
def test_pettingzoo_tests_the_seeds(id: str, options: dict[str, Any]) -> None:
    parallel_seed_test(lambda: codesign.parallel_env(id, **options), num_cycles=50)


def test_agents_share_a_design() -> None:
    env = codesign.parallel_env("codesign/dram-v0", workload="chase", minimise="latency_ns")
    assert env.possible_agents == ["page", "scheduling", "buffering", "refresh", "arbitration"]
    assert env.action_space("buffering").nvec.tolist() == [3, 8, 2]
    env.reset(seed=1)
    whole = [1, 1, 2, 7, 1, 1, 3, 3, 2, 7]
    actions = {"page": [1], "scheduling": [1], "buffering": [2, 7, 1], "refresh": [1, 3, 3], "arbitration": [2, 7]}
    observations, rewards, terminated, _, infos = env.step(actions)
    single = codesign.make("codesign/dram-v0", workload="chase", minimise="latency_ns")
    single.reset(seed=1)
    observation, reward, _, _, info = single.step(np.array(whole))
    for agent in env.possible_agents:
        assert np.array_equal(observations[agent], observation)
        assert rewards[agent] == reward
        assert terminated[agent]
        assert infos[agent]["metrics"] == info["metrics"]
        assert infos[agent]["design"] == info["design"]
    assert [m.size for m in infos["buffering"]["action_mask"]] == [3, 8, 2]
    assert env.agents == []
    single.close()
    env.close()


def test_all_agents_act_in_a_running_episode() -> None:
    env = codesign.parallel_env("codesign/games-matrix-v0")
    with pytest.raises(RequestError, match="^a step without a running episode: call reset first$"):
        env.step({"row": [0], "column": [0]})
    env.reset(seed=1)
    with pytest.raises(RequestError, match="^actions of row: must be of row, column$"):
        env.step({"row": [0]})
    env.close()


def test_an_unknown_grouping_is_named() -> None:
    with pytest.raises(RequestError, match='unknown grouping "pairs"'):
        codesign.parallel_env("codesign/dram-v0", groups="pairs")
