"""Writes requirements*.txt, the lock files: all versions and hashes, no index URLs."""

from __future__ import annotations

import subprocess
import sys

COMPILE = (
    sys.executable,
    "-m",
    "uv",
    "pip",
    "compile",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
    "--upgrade",
)


def main() -> None:
    """Write the lock files.

    They are for running, for installing a checkout, for building a wheel (which includes that) and
    for development (which includes all).
    """
    lock("requirements-dev.txt", "pyproject.toml", "--group=dev")
    same = "--constraint=requirements-dev.txt"
    lock("requirements.txt", "pyproject.toml", same)
    lock("requirements-editable.txt", "--group=pyproject.toml:editable", same)
    lock("requirements-build.txt", "--group=pyproject.toml:build", same)


def lock(name: str, *requirements: str) -> None:
    """Resolve the requirements and write one lock file."""
    subprocess.run((*COMPILE, *requirements, "-o", name), check=True)  # noqa: S603


if __name__ == "__main__":
    main()
