"""The labelling compiled by mypyc says what its sources say."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEADER = Path(sysconfig.get_path("include")) / "Python.h"

pytestmark = pytest.mark.skipif(
    shutil.which("cc") is None or not HEADER.exists(),
    reason="a C compiler and Python's headers are needed (Debian: gcc, python3-dev)",
)


def run(folder: Path, *command: str, given: str = "") -> str:
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_compiled_modules_give_the_labels_of_their_sources(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "feedsvc", tmp_path / "feedsvc")
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    run(tmp_path, "tools/compile.py")
    where = "import feedsvc.domain.classify.lexicon as m; print(m.__file__)"
    assert run(tmp_path, "-c", where).strip().endswith(".so")

    texts = [
        line
        for seed in sorted((ROOT / "seeds").rglob("*.txt"))
        for line in seed.read_text(encoding="utf-8").splitlines()
        if line
    ]
    lines = "".join(
        json.dumps({"id": number, "title": title, "text": text, "caption": title.upper()}) + "\n"
        for number, (title, text) in enumerate(zip(texts, [*texts[1:], ""], strict=True))
    )
    ask = ("-m", "feedsvc", "classify", "--jsonl")
    assert run(tmp_path, *ask, given=lines) == run(ROOT, *ask, given=lines)
