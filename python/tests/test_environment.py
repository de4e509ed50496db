"""The environment of one agent, under Gymnasium's own checker and against the command."""

from __future__ import annotations

import json
import subprocess
import warnings
from typing import Any

import gymnasium
import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from support import infeasible_point

import codesign
from codesign import RequestError
from codesign.binary import find_binary

DESIGN = [1, 1, 2, 7, 1, 1, 3, 3, 2, 7]
GOAL: dict[str, Any] = {"workload": "cloud-1", "minimise": "latency_ns", "at_most": {"power_mw": 1500}}

pytestmark = pytest.mark.usefixtures("no_process_stays")


@pytest.mark.parametrize(
    ("id", "options"),
    [
        ("codesign/dram-v0", GOAL),
        ("codesign/dram-v0", {"workload": "chase", "horizon": 3}),
        ("codesign/dram-full-v0", {"requests": 200}),
        ("codesign/systolic-v0", {"network": "alexnet", "minimise": ["latency_ns", "energy_pj"]}),
        ("codesign/functions-mkp30-v0", {}),
    ],
)
def test_gymnasium_checks_the_environment(id: str, options: dict[str, Any]) -> None:
    env = gymnasium.make(id, disable_env_checker=True, **options)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*A Box observation space m(in|ax)imum value is -?infinity")  # metrics have no bounds
        check_env(env.unwrapped)
    env.close()


def test_every_entry_is_registered() -> None:
    ids = [e.id for e in codesign.catalogue()]
    assert {"codesign/dram-v0", "codesign/dram-wide-v0", "codesign/systolic-v0", "codesign/games-matrix-v0"} <= set(ids)
    for id in ids:
        spec = gymnasium.spec(id)
        assert spec.entry_point == "codesign.environment:Environment"
        assert spec.namespace == "codesign"


def test_make_is_gymnasiums_without_wrappers() -> None:
    env = codesign.make("codesign/dram-v0", **GOAL)
    assert isinstance(env, codesign.Environment)
    assert env.spec is not None
    assert env.spec.id == "codesign/dram-v0"
    again = gymnasium.make(env.spec).unwrapped  # the spec holds all that the environment was made of
    assert isinstance(again, codesign.Environment)
    assert again.session.settings == env.session.settings
    again.close()
    env.close()


def test_a_step_is_the_commands_evaluation() -> None:
    with codesign.make("codesign/dram-v0", **GOAL) as env:
        first, info = env.reset(seed=1)
        assert not first.any()
        observation, reward, terminated, truncated, info = env.step(DESIGN)
        assert (terminated, truncated) == (True, False)
        done = subprocess.run(
            [find_binary(), "eval", "dram", "--set", "workload=cloud-1"], input=json.dumps(info["design"]), capture_output=True, text=True, check=True
        )
        metrics = json.loads(done.stdout)["metrics"]
        assert info["metrics"] == metrics
        assert list(info["metrics"]) == list(metrics)
        names = [c.name for c in env.player.channels]
        seen = dict(zip(names, observation.tolist(), strict=True))
        assert seen.pop("design.violation") == max(0.0, info["violations"][0])
        assert seen.pop("design.feasible") == info["feasible"]
        assert seen == metrics
        assert info["units"]["latency_ns"] == "ns"
        assert info["units"] == env.units
        assert info["design"]["scheduler"] == "frfcfs"
        assert info["design"]["request_buffer_size"] == 8
        assert info["point"].tolist() == DESIGN
        assert info["objectives"].tolist() == [-metrics["latency_ns"]]
        assert info["violations"][0] == pytest.approx(metrics["power_mw"] / 1500 - 1, rel=1e-12)
        assert info["feasible"] == (metrics["power_mw"] <= 1500)
        assert isinstance(reward, float)


def test_inactive_axes_play_no_part() -> None:
    with codesign.make("codesign/dram-v0", workload="chase") as env:
        env.reset(seed=1)
        without_refresh = [1, 1, 2, 7, 1, 0, 3, 3, 0, 7]
        _, reward, _, _, info = env.step(without_refresh)
        assert "refresh_max_postponed" not in info["design"]
        assert info["point"].tolist() == [1, 1, 2, 7, 1, 0, 0, 0, 0, 0]
        env.reset()
        assert env.step([1, 1, 2, 7, 1, 0, 0, 0, 0, 0])[1] == reward


def test_an_infeasible_design_says_why() -> None:
    with codesign.make("dram/full", requests=50) as env:
        env.reset(seed=1)
        observation, reward, _, _, info = env.step(infeasible_point(env.session.spec.space))
        assert info["metrics"] == {}
        assert not info["feasible"]
        assert info["infeasible"]
        assert reward <= -1
        assert not observation[:-1].any()


def test_the_mask_says_what_is_legal() -> None:
    with codesign.make("games/corridor") as env:
        seed = next(s for s in range(100) if env.reset(seed=s)[0] == [0])
        _, info = env.reset(seed=seed)
        assert [m.tolist() for m in info["action_mask"]] == [[0, 1]]  # a wall on the left
        assert env.action_masks().tolist() == [False, True]
        with pytest.raises(RequestError, match='"left" is not legal for "walk" now: legal are right'):
            env.step([0])
        for cell in range(1, 5):
            assert env.action_space.sample(mask=info["action_mask"]) in ([1] if cell == 1 else [0, 1])
            observation, _, terminated, truncated, info = env.step([1])
            assert observation.tolist() == [cell]
            assert "metrics" in info if terminated or truncated else "metrics" not in info
        assert terminated


def test_an_episode_has_as_many_designs_as_its_horizon() -> None:
    with codesign.make("codesign/dram-v0", workload="chase", horizon=3) as env:
        env.reset(seed=1)
        ends = []
        for _ in range(3):
            observation, _, terminated, _, _ = env.step(DESIGN)
            assert observation.any()
            ends.append(terminated)
        assert ends == [False, False, True]
        assert not env.reset()[0].any()
        env.step(DESIGN)
        assert not env.reset()[0].any()  # in the middle of an episode


@pytest.mark.parametrize(
    ("id", "options", "text"),
    [
        ("codesign/dramm-v0", {}, "^unknown simulator 'codesign/dramm-v0': did you mean 'codesign/dram-v0'\\?$"),
        ("dram", {"workloud": "chase"}, 'unknown setting "workloud", did you mean "workload"'),
        ("dram", {"workload": "clod-1"}, 'unknown value of setting workload "clod-1"'),
        ("dram", {"minimise": "latency"}, 'unknown metric "latency", did you mean "latency_ns"'),
        ("dram", {"horizon": -1}, "horizon"),
        ("dram", {"fix": {"scheduler": "lifo"}}, 'unknown level of "scheduler" "lifo"'),
        ("dram", {"minimise": "latency_ns", "objective": {"minimise": ["power_mw"]}}, "^objective is the whole objective: leave out minimise$"),
        ("dram", {"objective": {"minimise": [object()]}}, "in an objective: must be a number, a text, a list or a dictionary"),
        ("games/matrix", {}, "^games/matrix has 2 agents \\(row, column\\): use codesign.parallel_env$"),
    ],
)
def test_what_is_wrong_is_said_with_the_known_names(id: str, options: dict[str, Any], text: str) -> None:
    with pytest.raises(RequestError, match=text):
        codesign.make(id, **options)


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ([0] * 9, "^an action of shape \\(9,\\) and type int64: must be 10 whole numbers$"),
        ([0.5] * 10, "^an action of shape \\(10,\\) and type float64: must be 10 whole numbers$"),
        ([0] * 9 + [-1], "^an action with level -1: levels count from 0$"),
        ([0] * 3 + [8] + [0] * 6, 'level 8 of "request_buffer_size" out of range \\[0, 8\\)'),
    ],
)
def test_an_illegal_action_is_refused_and_changes_nothing(action: list[Any], text: str) -> None:
    with codesign.make("codesign/dram-v0", workload="chase") as env:
        env.reset(seed=1)
        with pytest.raises(RequestError, match=text):
            env.step(action)
        assert env.step(DESIGN)[2]


def test_a_step_without_an_episode_is_refused() -> None:
    with codesign.make("codesign/dram-v0", workload="chase") as env, pytest.raises(RequestError, match="Reset first|reset"):
        env.step(DESIGN)


def test_axes_can_be_fixed_and_the_whole_objective_given() -> None:
    options: dict[str, Any] = {
        "fix": {"refresh_policy": "all_bank", "request_buffer_size": [4, 8]},
        "objective": {"kind": "ratio", "targets": {"latency_ns": np.float64(5e4)}},
    }
    with codesign.make("codesign/dram-v0", workload="cloud-1", **options) as env:
        axes = env.session.spec.space
        assert axes.axis("request_buffer_size").values == (4, 8)
        env.reset(seed=1)
        action = env.action_space.sample()
        _, reward, _, _, info = env.step(action)
        assert info["design"]["refresh_policy"] == "all_bank"
        latency = info["metrics"]["latency_ns"]
        assert reward == pytest.approx(min(1000, 5e4 / abs(latency - 5e4)), rel=1e-12)
