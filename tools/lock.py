"""Pins the dependencies in requirements.txt and requirements-dev.txt, by hash, without hosts."""

from __future__ import annotations

import subprocess
import sys

COMPILE = (
    sys.executable,
    "-m",
    "uv",
    "pip",
    "compile",
    "pyproject.toml",
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
    """Write both lock files; the environment builds the package itself, so both pin its backend."""
    subprocess.run((*COMPILE, "--group=build", "-o", "requirements.txt"), check=True)  # noqa: S603
    subprocess.run((*COMPILE, "--group=dev", "-o", "requirements-dev.txt"), check=True)  # noqa: S603


if __name__ == "__main__":
    main()
