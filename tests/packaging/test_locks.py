"""Every lock file is complete: pip can install it without resolving anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEBIAN_PYTHON = Path("/usr/bin/python3")


def has_venv(python: Path) -> bool:
    needs = "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))"
    done = subprocess.run([python, "-c", needs], capture_output=True, check=False)
    return done.returncode == 0


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-editable.txt", "requirements-build.txt"]
)
def test_a_lock_installs_without_resolving_and_is_complete(lock: str, tmp_path: Path) -> None:
    # Debian's pip (23.0) is the oldest in use, and would resolve extras again.
    python = DEBIAN_PYTHON if DEBIAN_PYTHON.exists() and has_venv(DEBIAN_PYTHON) else sys.executable
    run(tmp_path, python, "-m", "venv", "venv")
    pip = ("venv/bin/python", "-m", "pip", "--disable-pip-version-check")
    run(tmp_path, *pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", ROOT / lock)
    assert "No broken requirements found." in run(tmp_path, *pip, "check")


def test_the_environment_that_runs_the_tests_is_complete() -> None:
    # It was installed from requirements-dev.txt.
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    assert "No broken requirements found." in run(ROOT, *pip, "check")


@pytest.mark.parametrize("path", ["tools/setup.sh", "deploy/Containerfile"])
def test_every_script_that_installs_a_lock_tells_pip_not_to_resolve(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8").replace("\\\n", " ")
    installs = [line for line in text.splitlines() if "--require-hashes" in line]
    assert installs
    assert [line for line in installs if "--no-deps" not in line] == []


def run(folder: Path, *command: str | Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
