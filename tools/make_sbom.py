"""Builds the wheel and writes its software bill of materials to dist/feedsvc-….cdx.json."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from hashlib import sha256
from pathlib import Path

DIST = Path("dist")
LOCK = "requirements.txt"
PYTHON = (sys.executable, "-m")


def main() -> None:
    """Install the wheel with its locked dependencies into a new environment, and describe that."""
    wheel = build_wheel()
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder)
        install(wheel, environment)
        bill = json.loads(describe(environment))
    name_release(bill, wheel)
    target = DIST / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
    target.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill['components'])} components")


def build_wheel() -> Path:
    """Build the wheel and return its path."""
    run("hatchling", "build", "--target=wheel", f"--directory={DIST}")
    return max(DIST.glob("feedsvc-*.whl"), key=lambda wheel: wheel.stat().st_mtime_ns)


def install(wheel: Path, environment: Path) -> None:
    """Install the wheel with the dependencies that the lock pins, without build tools."""
    venv.create(environment / "venv")
    requirement = environment / "requirement.txt"
    uri = wheel.resolve().as_uri()
    requirement.write_text(f"feedsvc @ {uri} --hash=sha256:{file_hash(wheel)}\n")
    python = f"--python={interpreter(environment)}"
    options = ("--quiet", "--no-compile", f"--constraint={LOCK}")
    run("pip", python, "install", *options, f"-r{requirement}")


def describe(environment: Path) -> bytes:
    """Return the bill of materials of an environment; equal content gives equal bytes."""
    return run(
        "cyclonedx_py",
        "environment",
        "--pyproject=pyproject.toml",
        "--output-reproducible",
        "--of=JSON",
        str(interpreter(environment)),
    )


def name_release(bill: dict[str, dict[str, dict[str, object]]], wheel: Path) -> None:
    """Add the version and hash of the release, since the version is not in pyproject.toml."""
    release = bill["metadata"]["component"]
    release["version"] = wheel.name.split("-")[1]
    release["purl"] = f"pkg:pypi/feedsvc@{release['version']}"
    release["hashes"] = [{"alg": "SHA-256", "content": file_hash(wheel)}]


def interpreter(environment: Path) -> Path:
    """Return the path of the environment's Python."""
    return environment / "venv" / "bin" / "python"


def file_hash(file: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    return sha256(file.read_bytes()).hexdigest()


def run(module: str, *arguments: str) -> bytes:
    """Run a module of this environment and return what it prints."""
    return subprocess.run((*PYTHON, module, *arguments), check=True, stdout=subprocess.PIPE).stdout  # noqa: S603


if __name__ == "__main__":
    main()
