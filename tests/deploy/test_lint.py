"""The deployment files pass the linters and match the schemas of the tools that read them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"

pytestmark = pytest.mark.deploy


def check(tool: str, *arguments: str) -> None:
    """Run a linter, installed with the interpreter or the system, and expect no complaint."""
    installed = Path(sys.executable).parent / tool
    found = str(installed) if installed.exists() else shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_accepts_the_containerfile() -> None:
    check("hadolint", str(DEPLOY / "Containerfile"))


def test_the_compose_file_matches_its_schema() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    check("check-jsonschema", *schema, str(DEPLOY / "compose.yaml"))


def test_the_kubernetes_objects_match_their_schemas() -> None:
    check("kubernetes-validate", "--strict", str(DEPLOY / "kubernetes.yaml"))


def test_systemd_analyze_rates_the_unit_as_hardly_exposed() -> None:
    check(
        "systemd-analyze",
        "security",
        "--offline=yes",
        "--threshold=15",
        str(DEPLOY / "feedsvc.service"),
    )
