"""A simulator that is a program: the one of the tutorial of simulators in Python."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from pettingzoo.test import parallel_api_test
from support import REPOSITORY

import codesign
from codesign.session import Command

PROGRAM: Command = [sys.executable, REPOSITORY / "examples/process-python/npu.py"]
DESIGN = {"rows": 32, "cols": 16, "buffer": 64, "dataflow": "os"}

pytestmark = pytest.mark.usefixtures("no_process_stays")


def test_a_program_is_an_environment() -> None:
    with codesign.make(PROGRAM, minimise="latency_cycles", max_pes=512, workers=1) as env:
        assert env.session.settings == {"max_pes": 512}
        env.reset(seed=1)
        point = env.session.spec.space.encode([DESIGN])[0]
        _, _, _, _, info = env.step(point)
        assert info["design"] == DESIGN
        assert info["metrics"]["latency_cycles"] == 512 * (512 + 32 + 16 - 2)  # 16 x 32 tiles
        env.reset()
        _, _, _, _, info = env.step(env.session.spec.space.encode([DESIGN | {"rows": 64}])[0])
        assert info["infeasible"] == "more processing elements than fit"


@pytest.mark.filterwarnings("ignore:.*A Box observation space m", "ignore:.*Not able to test alternative render modes")
def test_the_checkers_take_it() -> None:
    env = codesign.make(PROGRAM, workers=1)
    check_env(env)
    env.close()
    parallel = codesign.parallel_env(PROGRAM, groups="subsystem", workers=1)
    assert parallel.possible_agents == ["array", "memory", "rest"]
    parallel_api_test(parallel, num_cycles=5)
    parallel.close()


def test_lanes_and_batches_are_the_same_designs() -> None:
    with codesign.Simulator(PROGRAM, workers=2) as simulator:
        points = simulator.space.sample(np.random.default_rng(1), 20)
        results = simulator.evaluate(points)
        envs = codesign.make_vec(PROGRAM, num_envs=20, workers=2)
        envs.reset(seed=1)
        _, _, _, _, infos = envs.step(points)
        envs.close()
        assert np.array_equal(infos["metrics"]["energy_uj"], results.column("energy_uj"), equal_nan=True)
        assert infos["_infeasible"].tolist() == [bool(r.infeasible) for r in results]
