"""What mypyc makes of the labelling says what its sources say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
HEADER = Path(sysconfig.get_path("include")) / "Python.h"
WHERE = "import feedsvc.domain.classify.topics as module; print(module.__file__)"

needs_compiler = pytest.mark.skipif(
    shutil.which("cc") is None or not HEADER.exists(),
    reason="a C compiler and Python's headers are needed (Debian: gcc, python3-dev)",
)


def run(folder: Path, *command: str, given: str = "", **env: str) -> str:
    own = {name: value for name, value in os.environ.items() if name != "PURE_PYTHON"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=own | env,
        input=given,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(ROOT, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Path:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    return tmp_path


@needs_compiler
def test_a_wheel_with_compiled_modules_is_for_one_kind_of_machine(wheel: Path) -> None:
    assert not wheel.name.endswith("-none-any.whl")


@needs_compiler
def test_compiled_modules_give_the_labels_of_their_sources(installed: Path) -> None:
    assert run(installed, "-c", WHERE).endswith(".so")
    assert run(installed, "-c", WHERE, PURE_PYTHON="1").endswith(".py")

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
    labels = run(installed, *ask, given=lines)
    assert labels == run(installed, *ask, given=lines, PURE_PYTHON="1")
    assert len(labels.splitlines()) == len(texts)


@needs_compiler
@pytest.mark.usefixtures("wheel")  # it compiles
def test_compiled_modules_pass_the_tests_of_their_sources() -> None:
    assert run(ROOT, "-c", WHERE).endswith(".so")
    tests = ("tests/domain/classify", "tests/cli/test_classify_lines.py")
    run(ROOT, "-m", "pytest", "-q", *tests, PURE_PYTHON="0")


@needs_compiler
def test_sources_that_were_changed_since_go_before_what_was_compiled(installed: Path) -> None:
    with (installed / "feedsvc/domain/classify/sense.py").open("a") as source:
        source.write("# changed\n")
    assert run(installed, "-c", WHERE).endswith(".py")


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [("CC", "absent", "no C compiler 'absent'"), ("PURE_PYTHON", "1", "PURE_PYTHON is set")],
)
def test_it_is_told_why_nothing_is_compiled(name: str, value: str, reason: str) -> None:
    with pytest.raises(subprocess.CalledProcessError) as refused:
        run(ROOT, "tools/compile.py", **{name: value})
    assert refused.value.returncode == 1
    assert refused.value.stderr.startswith("feedsvc: the labelling is not compiled: ")
    assert reason in refused.value.stderr
