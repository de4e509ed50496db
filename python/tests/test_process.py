"""The process behind an environment: how it ends, and what is said when it ends too soon."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support import children

import codesign
import codesign.connection
from codesign import BrokenError, ClosedError, ProcessError, ProtocolError, RequestError, Simulator, VersionError

TOY = "functions/branin_grid"

pytestmark = pytest.mark.usefixtures("no_process_stays")


@pytest.mark.parametrize(
    ("behaviour", "error", "text"),
    [
        ("version", VersionError, "codesign 9.0 speaks version 2 of the protocol, this package version 1"),
        ("refuses-version", RequestError, "codesign 9.0 speaks version 2 of the protocol, the client version 1"),
        ("garbage", ProtocolError, "wrote what is not JSON: b'Segmentation fault in the hello"),
        ("half-a-spec", ProtocolError, "^fake 1 says of itself what cannot be read: 'axes'$"),
        ("cat", ProtocolError, "is a program that serves nothing, or speaks another protocol$"),
    ],
)
def test_a_program_that_is_not_ours_is_refused_at_once(fake: Callable[[str], None], behaviour: str, error: type[Exception], text: str) -> None:
    fake(behaviour)
    with pytest.raises(error, match=text):
        Simulator("toy")


@pytest.mark.parametrize(
    ("behaviour", "error", "text"),
    [
        ("dies", ProcessError, "env toy ended with status 3: out of licences$"),
        ("killed", ProcessError, "env toy was killed by signal 9$"),
        ("other-id", ProtocolError, "expected the reply 1 of type 'evaluate', read "),
        ("other-type", ProtocolError, "expected the reply 1 of type 'evaluate', read "),
        ("no-object", ProtocolError, r"wrote what is no message: b'\[1, 2\]"),
        ("unreadable", ProtocolError, "^a line that is not JSON$"),
        ("short", ProcessError, "env toy ended with status 0"),
        ("dtype", ProtocolError, "wrote arrays that cannot be read"),
        ("beyond", ProtocolError, "wrote arrays that cannot be read"),
    ],
)
def test_a_program_that_breaks_ends_the_simulator(fake: Callable[[str], None], behaviour: str, error: type[Exception], text: str) -> None:
    fake(behaviour)
    simulator = Simulator("toy")
    with pytest.raises(error, match=text):
        simulator.evaluate([[0]])
    with pytest.raises(ClosedError, match=f"env toy: it ended with {error.__name__}: .*: make a new one"):
        simulator.evaluate([[0]])


def test_a_refused_or_broken_request_leaves_the_simulator_running(fake: Callable[[str], None]) -> None:
    fake("broken")
    with Simulator("toy") as simulator:
        for _ in range(2):
            with pytest.raises(BrokenError, match="^the simulator is on fire$"):
                simulator.evaluate([[0]])


def test_progress_is_passed_over(fake: Callable[[str], None]) -> None:
    fake("progress")
    with Simulator("toy") as simulator:
        assert simulator.evaluate([[0]])[0].metrics == {"y_s": 0.5}


def test_a_program_that_does_not_end_is_killed(fake: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codesign.connection, "EXIT_SECONDS", 0.2)
    fake("deaf")
    simulator = Simulator("toy")
    started = time.monotonic()
    simulator.close()
    assert time.monotonic() - started < 2


def test_an_interrupt_ends_the_simulator(fake: Callable[[str], None]) -> None:
    fake("hangs")
    simulator = Simulator("toy")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background of a shell it is ignored
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        simulator.evaluate([[0]])
    with pytest.raises(ClosedError, match="it ended with KeyboardInterrupt"):
        simulator.evaluate([[0]])


def test_a_missing_program_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODESIGN_BINARY", "/nowhere/codesign")
    with pytest.raises(ProcessError, match="^CODESIGN_BINARY is '/nowhere/codesign': there is no program that can be run$"):
        codesign.make("codesign/dram-v0")


def test_closing_ends_the_process_and_twice_is_once() -> None:
    env = codesign.make(TOY)
    env.reset(seed=1)
    pid = env.session.connection.pid
    assert pid in children()
    env.close()
    assert pid not in children()
    env.close()
    for use in (env.reset, lambda: env.step(np.array([0, 0]))):
        with pytest.raises(ClosedError, match=f"^env {TOY}.*: it was closed: make a new one$"):
            use()


def test_garbage_collection_ends_the_process() -> None:
    for make in (codesign.make, codesign.make_vec, codesign.parallel_env, Simulator):
        gc.collect()
        kept = make(TOY)
        before = children()
        del kept
        gc.collect()
        assert len(children()) == len(before) - 1


def test_the_end_of_the_interpreter_ends_the_process() -> None:
    script = f"import codesign; env = codesign.make({TOY!r}); env.reset(seed=1); print(env.session.connection.pid)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert not Path("/proc", done.stdout.strip()).exists()


def test_the_death_of_the_interpreter_ends_the_process() -> None:
    script = f"import codesign, os; env = codesign.make({TOY!r}); print(env.session.connection.pid, flush=True); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while Path("/proc", done.stdout.strip()).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path("/proc", done.stdout.strip()).exists()


def _use_after_fork(simulator: Simulator, said: multiprocessing.queues.Queue[str]) -> None:
    try:
        simulator.evaluate([[0, 0]])
    except ClosedError as err:
        said.put(str(err))
    simulator.close()  # does not end the process of the other one


def test_a_fork_cannot_use_the_process_of_its_parent() -> None:
    context = multiprocessing.get_context("fork")
    with Simulator(TOY) as simulator:
        said: multiprocessing.queues.Queue[str] = context.Queue()
        child = context.Process(target=_use_after_fork, args=(simulator, said))
        child.start()
        text = said.get(timeout=30)
        child.join()
        assert f"process {os.getpid()} made it and this is process {child.pid}: after a fork, make a new one" in text
        assert simulator.evaluate([[0, 0]])[0].feasible
        child.close()


def test_threads_share_a_simulator() -> None:
    with Simulator(TOY) as simulator:
        points = simulator.space.sample(np.random.default_rng(1), 200)
        expected = simulator.evaluate(points).values
        wrong: list[int] = []

        def work(first: int) -> None:
            for i in range(first, 200, 4):
                if not np.array_equal(simulator.evaluate(points[i : i + 1]).values[0], expected[i]):
                    wrong.append(i)

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not wrong


def test_a_large_batch_does_not_block() -> None:
    with Simulator(TOY) as simulator:
        points = simulator.space.sample(np.random.default_rng(1), 150_000)  # more than a pipe holds, and more than one message
        results = simulator.evaluate(points)
        assert len(results) == 150_000
        assert not np.isnan(results.values).any()
        assert np.array_equal(results.values[-3:], simulator.evaluate(points[-3:]).values)


def test_the_package_is_the_command_too() -> None:
    done = subprocess.run([sys.executable, "-m", "codesign", "version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("codesign ")
