"""Pins the dependencies in requirements.txt, -build.txt and -dev.txt, by hash, without hosts."""

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
    """Write the lock files: what runs, what builds, and both with all that checks them."""
    lock("requirements-dev.txt", "pyproject.toml", "--group=dev")
    same = "--constraint=requirements-dev.txt"
    lock("requirements.txt", "pyproject.toml", same)
    lock("requirements-build.txt", "--group=pyproject.toml:build", same)


def lock(name: str, *wished: str) -> None:
    """Write one lock file."""
    subprocess.run((*COMPILE, *wished, "-o", name), check=True)  # noqa: S603


if __name__ == "__main__":
    main()
