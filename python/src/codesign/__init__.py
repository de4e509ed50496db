"""Hardware design spaces and their exact simulators, for Gymnasium, PettingZoo and optimisers that ask and tell.

    env = codesign.make("codesign/dram-v0", workload="cloud-1", minimise="latency_ns")

Importing the package registers every simulator in Gymnasium, so that gymnasium.make("codesign/dram-v0") works as well.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import gymnasium

from codesign.catalog import Entry, catalogue, catalogue_name, register
from codesign.dataset import Column, dataset_columns, read_dataset
from codesign.environment import Environment
from codesign.errors import BrokenError, ClosedError, CodesignError, ProcessError, ProtocolError, RequestError, VersionError
from codesign.results import Result, Results
from codesign.session import Command
from codesign.simulator import Artifact, Simulator
from codesign.space import Axis, Condition, Space
from codesign.spec import Channel, Metric, Objective, Spec, Term
from codesign.vector import VectorEnvironment

if TYPE_CHECKING:
    from codesign.parallel import ParallelEnvironment

__all__ = [
    "Artifact",
    "Axis",
    "BrokenError",
    "Channel",
    "ClosedError",
    "CodesignError",
    "Column",
    "Condition",
    "Entry",
    "Environment",
    "Metric",
    "Objective",
    "ProcessError",
    "ProtocolError",
    "RequestError",
    "Result",
    "Results",
    "Simulator",
    "Space",
    "Spec",
    "Term",
    "VectorEnvironment",
    "VersionError",
    "catalogue",
    "dataset_columns",
    "make",
    "make_vec",
    "parallel_env",
    "read_dataset",
    "register",
]


def make(simulator: str | Command, **options: Any) -> Environment:
    """An environment of one agent, without wrappers, of a name or of a command; the options are those of Session, all other ones settings."""
    if not isinstance(simulator, str):
        return Environment(simulator, **options)
    env = gymnasium.make(_id(simulator), disable_env_checker=True, **options)
    assert isinstance(env, Environment)
    return env


def make_vec(simulator: str | Command, num_envs: int = 1, **options: Any) -> VectorEnvironment:
    """`num_envs` environments that take their steps in one message; otherwise like make."""
    if not isinstance(simulator, str):
        return VectorEnvironment(simulator, num_envs, **options)
    env = gymnasium.make_vec(_id(simulator), num_envs, vectorization_mode="vector_entry_point", **options)
    assert isinstance(env, VectorEnvironment)
    return env


def parallel_env(simulator: str | Command, *, groups: str | None = None, **options: Any) -> ParallelEnvironment:
    """An environment of several agents, for PettingZoo (the extra "pettingzoo"): of a simulator one agent a sub-system unless `groups` says else."""
    from codesign.parallel import ParallelEnvironment

    return ParallelEnvironment(simulator, groups=groups, **options)


def _id(name: str) -> str:
    """The name in Gymnasium of an entry, registered."""
    known = catalogue_name(name)
    register()
    return next(e.id for e in catalogue() if e.name == known)


try:
    register()
except ProcessError as err:  # reading datasets needs no program; whatever does says so again
    warnings.warn(f"no simulator is registered in Gymnasium: {err}", RuntimeWarning, stacklevel=2)
