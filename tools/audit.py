"""Checks everything that the lock files pin for known vulnerabilities, with pip-audit.

Exits with 1 if there are any, and with 2 if no advisory service can be reached.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
# pip-audit's name of each service, and something that it knows if it can be reached: behind a
# mirror of packages, every dependency would be "not found".
SERVICES = {
    "pypi": "https://pypi.org/pypi/pip/25.0/json",
    "osv": "https://api.osv.dev/v1/vulns/OSV-2020-111",
}
TIMEOUT_SECONDS = 15
UNREACHABLE = 2

Run = Callable[[Sequence[str]], int]


def main(services: Mapping[str, str] = SERVICES, *, run: Run | None = None) -> int:
    """Audit the lock files with the first service that can be reached; return the exit status."""
    reasons = []
    for service, known in services.items():
        reason = why_unreachable(known)
        if not reason:
            return audit(service, run=run or _run)
        reasons.append(f"{known} {reason}")
    print(
        "feedsvc: no advisory service can be reached, so nothing was checked: "
        f"{'; '.join(reasons)}; run `make audit` where one of them can be reached",
        file=sys.stderr,
    )
    return UNREACHABLE


def why_unreachable(known: str) -> str:
    """Why a service does not answer about something that it knows; empty if it does."""
    try:
        with urlopen(known, timeout=TIMEOUT_SECONDS):  # noqa: S310 - our own addresses
            return ""
    except HTTPError as error:
        return f"answers {error.code}"
    except OSError as error:
        return f"fails ({getattr(error, 'reason', error)})"


def audit(service: str, *, run: Run) -> int:
    """Audit each lock file; the worst exit status."""
    options = (
        "--strict",
        "--disable-pip",
        "--require-hashes",
        f"--vulnerability-service={service}",
    )
    command = (sys.executable, "-m", "pip_audit", *options, "-r")
    locks = sorted(ROOT.glob("requirements*.txt"))
    return max(run((*command, str(lock))) for lock in locks)


def _run(command: Sequence[str]) -> int:
    return subprocess.run(command, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
