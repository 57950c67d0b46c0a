"""Builds the wheel and lists what an installation of it is made of: dist/feedsvc-….cdx.json."""

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
    """Install the wheel as the lock pins it, in a place of its own, and describe that place."""
    wheel = build_wheel()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        install(wheel, place)
        bill = json.loads(describe(place))
    name_release(bill, wheel)
    target = DIST / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
    target.write_text(json.dumps(bill, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(bill['components'])} components")


def build_wheel() -> Path:
    """The wheel, as it is released."""
    run("hatchling", "build", "--target=wheel", f"--directory={DIST}")
    return max(DIST.glob("feedsvc-*.whl"), key=lambda wheel: wheel.stat().st_mtime_ns)


def install(wheel: Path, place: Path) -> None:
    """The wheel and what it needs: pins and hashes from the lock, none of its build tools."""
    venv.create(place / "venv")
    wish = place / "wish.txt"
    wish.write_text(f"feedsvc @ {wheel.resolve().as_uri()} --hash=sha256:{hash_of(wheel)}\n")
    python = f"--python={interpreter(place)}"
    run("pip", python, "install", "--quiet", "--no-compile", f"--constraint={LOCK}", f"-r{wish}")


def describe(place: Path) -> bytes:
    """The bill of materials of what is installed, the same for the same content."""
    return run(
        "cyclonedx_py",
        "environment",
        "--pyproject=pyproject.toml",
        "--output-reproducible",
        "--of=JSON",
        str(interpreter(place)),
    )


def name_release(bill: dict[str, dict[str, dict[str, object]]], wheel: Path) -> None:
    """Say which release it is: its version is not in pyproject.toml."""
    release = bill["metadata"]["component"]
    release["version"] = wheel.name.split("-")[1]
    release["purl"] = f"pkg:pypi/feedsvc@{release['version']}"
    release["hashes"] = [{"alg": "SHA-256", "content": hash_of(wheel)}]


def interpreter(place: Path) -> Path:
    """The Python that was made there."""
    return place / "venv" / "bin" / "python"


def hash_of(file: Path) -> str:
    """Its SHA-256 in hex."""
    return sha256(file.read_bytes()).hexdigest()


def run(module: str, *arguments: str) -> bytes:
    """Run a module of this environment; what it prints."""
    return subprocess.run((*PYTHON, module, *arguments), check=True, stdout=subprocess.PIPE).stdout  # noqa: S603


if __name__ == "__main__":
    main()
