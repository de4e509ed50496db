"""Batches of designs, by name and by level, and Optuna."""

from __future__ import annotations

import itertools
import json
import subprocess
from typing import Any

import numpy as np
import optuna
import pytest
from support import infeasible_point

from codesign import Axis, Condition, RequestError, Simulator, Space
from codesign.binary import find_binary

pytestmark = pytest.mark.usefixtures("no_process_stays")


def space() -> Space:
    return Space(
        [
            Axis("size", "ordinal", "KiB", values=(8, 16, 32)),
            Axis("policy", "nominal", values=("fifo", "aged")),
            Axis("age", "ordinal", values=(0.5, 1000000), when=(Condition("policy", ("aged",)), Condition("size", ("16", "3.2e1")))),
            Axis("order", "permutation", values=("a>b", "b>a"), when=(Condition("age", ("1e+06",)),)),
        ]
    )


def test_designs_have_one_row_and_one_name() -> None:
    rows = {tuple(p) for p in space().canonical(space().points(list(itertools.product(range(3), range(2), range(2), range(2)))))}
    designs = [space().decode(row) for row in sorted(rows)]
    assert len(rows) == len({str(d) for d in designs}) == 3 + 1 + 2 * 3  # fifo; aged at size 8; aged with an age, the larger with an order
    assert {tuple(p) for p in space().encode(designs).tolist()} == rows
    assert {"size": 8, "policy": "aged"} in designs
    assert {"size": 16, "policy": "aged", "age": 1000000, "order": "b>a"} in designs


@pytest.mark.parametrize(
    ("design", "text"),
    [
        ({"size": 8, "police": "fifo"}, "^there is no axis 'police': the axes are size, policy, age, order$"),
        ({"size": 9, "policy": "fifo"}, "^size is 9: must be one of 8, 16, 32 KiB$"),
        ({"size": 8, "policy": "lifo"}, "^policy is 'lifo': must be one of fifo, aged$"),
        ({"size": 8}, "^the design has no policy: must be one of fifo, aged$"),
        ({"size": 16, "policy": "aged", "age": 1000000, "order": "a"}, "^order is 'a': must be an order of a, b, joined by '>'$"),
    ],
)
def test_wrong_designs_are_refused(design: dict[str, Any], text: str) -> None:
    with pytest.raises(RequestError, match=text):
        space().encode([design])


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ([[0, 0, 0]], "^designs of shape \\(1, 3\\) and type int64: must be rows of 4 level indices$"),
        ([[0.0, 0, 0, 0]], "and type float64"),
        ([[0, 0, 0, 0], [3, 0, 0, 0]], "^level 3 of size: must be from 0 to 2$"),
        ([[0, -1, 0, 0]], "^level -1 of policy: must be from 0 to 1$"),
    ],
)
def test_wrong_levels_are_refused(levels: Any, text: str) -> None:
    with pytest.raises(RequestError, match=text):
        space().points(levels)


def test_results_are_the_commands() -> None:
    with Simulator("dram", workload="chase") as simulator:
        points = simulator.space.sample(np.random.default_rng(1), 20)
        by_level = simulator.evaluate(points)
        designs = [r.design for r in by_level]
        by_name = simulator.evaluate(designs)
        assert np.array_equal(by_name.points, points)
        assert np.array_equal(by_name.values, by_level.values)
        text = "".join(json.dumps(d) + "\n" for d in designs)
        done = subprocess.run([find_binary(), "eval", "dram", "--set", "workload=chase"], input=text, capture_output=True, text=True, check=True)
        for line, result in zip(done.stdout.splitlines(), by_level, strict=True):
            assert json.loads(line) == {"design": result.design, "metrics": result.metrics}
        assert by_level.column("latency_ns").tolist() == [r["latency_ns"] for r in by_level]
        assert simulator.units["latency_ns"] == "ns"
        assert simulator.settings["workload"] == "chase"
        assert by_level.rewards is None
        assert by_level[-1].design == by_level[19].design == by_level[19:][0].design


def test_the_number_of_workers_changes_nothing() -> None:
    with Simulator("dram", workload="chase") as many, Simulator("dram", workload="chase", workers=1) as one:
        points = many.space.sample(np.random.default_rng(2), 30)
        assert np.array_equal(many.evaluate(points).values, one.evaluate(points).values)


def test_an_empty_batch_is_empty() -> None:
    with Simulator("dram", minimise="latency_ns") as simulator:
        results = simulator.evaluate([])
        assert len(results) == 0
        assert results.values.shape == (0, len(simulator.spec.metrics))


def test_an_objective_scores() -> None:
    with Simulator("dram", workload="chase", minimise="latency_ns", at_most={"power_mw": 1100}) as simulator:
        results = simulator.evaluate(simulator.space.sample(np.random.default_rng(1), 50))
        assert results.objectives is not None
        assert results.violations is not None
        assert np.array_equal(results.objectives[:, 0], -results.column("latency_ns"))
        assert np.allclose(results.violations[:, 0], results.column("power_mw") / 1100 - 1, rtol=1e-12)
        assert results.feasible.tolist() == (results.column("power_mw") <= 1100).tolist() == [r.feasible for r in results]
        assert 0 < results.feasible.sum() < 50  # the bound divides the sample
        assert simulator.objective.constraints[0].bound == 1100


def test_infeasible_designs_have_reasons_and_no_metrics() -> None:
    with Simulator("dram/full", requests=50) as simulator:
        points = [[0] * len(simulator.space), infeasible_point(simulator.space)]
        good, bad = simulator.evaluate(points)
        assert good.feasible
        assert good.infeasible == ""
        assert not bad.feasible
        assert bad.metrics == {}
        assert bad.infeasible
        table = simulator.evaluate(points).to_pandas()
        assert table["infeasible"].isna().tolist() == [True, False]
        assert table["infeasible"][1] == bad.infeasible
        assert table["latency_ns"].isna().tolist() == [False, True]


def test_a_table_has_units() -> None:
    with Simulator("systolic", network="alexnet") as simulator:
        table = simulator.evaluate(simulator.space.sample(np.random.default_rng(1), 3)).to_pandas()
        assert len(table) == 3
        assert table.attrs["units"]["clock"] == "MHz"
        assert table.attrs["units"]["area_mm2"] == "mm2"


def test_details_explain_a_design() -> None:
    with Simulator("dram", workload="chase") as simulator:
        files = {a.name: a for a in simulator.detail(simulator.space.decode([0] * 10))}
        assert files["timeline.svg"].media_type == "image/svg+xml"
        assert files["timeline.svg"].data.startswith(b"<svg")
        with pytest.raises(RequestError, match="does not serve 'repair'"):
            simulator.repair([[0] * 10])


def test_optuna_asks_and_tells() -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    with Simulator("dram", workload="chase", minimise="latency_ns", at_most={"power_mw": 1100}) as simulator:
        study = optuna.create_study(direction="minimize", sampler=optuna.samplers.TPESampler(seed=1))
        for _ in range(10):
            trials = [study.ask() for _ in range(12)]
            results = simulator.evaluate([simulator.suggest(t) for t in trials])
            for trial, result in zip(trials, results, strict=True):
                if result.feasible:
                    study.tell(trial, result["latency_ns"])
                else:
                    study.tell(trial, state=optuna.trial.TrialState.FAIL)
        random = simulator.evaluate(simulator.space.sample(np.random.default_rng(1), 120))
        assert study.best_value <= random.column("latency_ns")[random.feasible].min()
        params = study.best_trial.params
        assert params["page_policy"] in simulator.space.axis("page_policy").values
        assert 1 <= params["request_buffer_size"] <= 8  # evenly spaced: the value itself
        assert all(("refresh_max_postponed level" in t.params) == (t.params["refresh_policy"] == "all_bank") for t in study.trials)
