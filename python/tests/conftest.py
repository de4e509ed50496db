"""What several tests need."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import children


@pytest.fixture
def no_process_stays() -> Iterator[None]:
    """After the test there is no child that was not there before."""
    before = children()
    yield
    assert children() <= before


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Lets CODESIGN_BINARY name a program that behaves as the test wants: see fake.py."""

    def use(behaviour: str) -> None:
        program = tmp_path / f"codesign-{behaviour}"
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {Path(__file__).parent / "fake.py"} {behaviour} "$@"\n')
        program.chmod(0o755)
        monkeypatch.setenv("CODESIGN_BINARY", str(program))

    return use
