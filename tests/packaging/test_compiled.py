"""The wheel's compiled classifier behaves as its sources do."""

from __future__ import annotations

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
# Runs from the folder that the wheel was unpacked into, so its modules come before the checkout's.
RUN_TESTS = """
import sys
import pytest
from feedsvc.domain.classify import classifier
assert classifier.__file__ == sys.argv[1], classifier.__file__
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", *sys.argv[2:]]))
"""
TESTS = ("tests/domain/classify", "tests/cli/test_classify_lines.py")


def build_wheel(folder: Path, **env: str) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.mark.skipif(
    shutil.which("cc") is None or not HEADER.exists(),
    reason="a C compiler and Python's headers are needed (Debian: gcc, python3-dev)",
)
def test_the_compiled_wheel_passes_the_tests_of_the_classifier(tmp_path: Path) -> None:
    wheel = build_wheel(tmp_path)
    assert not wheel.name.endswith("-none-any.whl")
    installed = tmp_path / "installed"
    with ZipFile(wheel) as archive:
        archive.extractall(installed)
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    compiled = installed / f"feedsvc/domain/classify/classifier{suffix}"

    version = subprocess.check_output(
        [sys.executable, "-m", "feedsvc", "--version"], cwd=installed, text=True
    )
    assert version.endswith(" (compiled)\n")
    command = [sys.executable, "-c", RUN_TESTS, str(compiled), *(str(ROOT / one) for one in TESTS)]
    done = subprocess.run(command, cwd=installed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("env", [{"PURE_PYTHON": "1"}, {"CC": "absent"}])
def test_a_wheel_that_is_not_compiled_is_for_every_machine(
    env: dict[str, str], tmp_path: Path
) -> None:
    wheel = build_wheel(tmp_path, **env)
    assert wheel.name.endswith("-py3-none-any.whl")
    with ZipFile(wheel) as archive:
        assert [name for name in archive.namelist() if name.endswith(".so")] == []


def test_the_checkout_runs_the_sources() -> None:
    assert not list((ROOT / "feedsvc").rglob("*.so"))
