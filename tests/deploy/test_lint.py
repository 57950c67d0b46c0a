"""Deployment files against the schemas and linters of those who read them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"

pytestmark = pytest.mark.deploy


def check(tool: str, *arguments: str) -> None:
    """Run a linter; it has to be content. They come with the interpreter or with the system."""
    beside = Path(sys.executable).parent / tool
    found = str(beside) if beside.exists() else shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_containerfile_is_content_with_hadolint() -> None:
    check("hadolint", str(DEPLOY / "Containerfile"))


def test_the_compose_file_follows_its_specification() -> None:
    schema = ("--builtin-schema", "vendor.compose-spec")
    check("check-jsonschema", *schema, str(DEPLOY / "compose.yaml"))


def test_the_kubernetes_objects_follow_their_schemas() -> None:
    check("kubernetes-validate", "--strict", str(DEPLOY / "kubernetes.yaml"))


def test_the_unit_is_hardly_exposed() -> None:
    check(
        "systemd-analyze",
        "security",
        "--offline=yes",
        "--threshold=15",
        str(DEPLOY / "feedsvc.service"),
    )
