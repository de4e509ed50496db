"""The documents show code that runs, and what it prints.

Blocks of Python run one after the other, in one namespace a document; a block of text behind one is what it prints. UPDATE=1 writes it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from support import REPOSITORY

DOCUMENTS = [
    path for path in (REPOSITORY / "README.md", REPOSITORY / "python/README.md", REPOSITORY / "docs/python.md") if "```python" in path.read_text()
]

BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?", re.MULTILINE | re.DOTALL)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_the_code_of_a_document_prints_what_it_says(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = path.read_text()
    names: dict[str, Any] = {"__name__": path.stem}
    said: list[tuple[str, str]] = []

    def run(block: re.Match[str]) -> str:
        line = text.count("\n", 0, block.start("code"))
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile("\n" * line + block["code"], str(path), "exec"), names)
        said.append((block["printed"] or "", printed.getvalue()))
        output = f"\n```text\n{printed.getvalue()}```\n" if printed.getvalue() else ""
        return f"```python\n{block['code']}```\n{output}"

    shown = BLOCK.sub(run, text)
    if os.environ.get("UPDATE"):
        path.write_text(shown)
        return
    assert len(said) > 0
    for expected, printed in said:
        assert printed == expected


def test_there_are_documents() -> None:
    assert REPOSITORY / "docs/python.md" in DOCUMENTS
    assert REPOSITORY / "python/README.md" in DOCUMENTS
