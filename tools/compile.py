"""Compiles the labelling with mypyc: `make compiled`, and whenever feedsvc is installed.

What comes of it lies in `feedsvc/_compiled`, in a folder named for the sources; feedsvc/compiled.py
tells how it is found. The labels are the same, made in half the time. Where it cannot be done, or
`PURE_PYTHON=1` forbids it, the sources run as they are.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import redirect_stdout
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "feedsvc.domain.classify"
NEEDED = {"mypy": "mypy>=2.1", "setuptools": "setuptools>=80"}


class CompileError(RuntimeError):
    """The modules could not be compiled; says why."""


class CompileHook(BuildHookInterface[Any]):
    """Puts the compiled modules into a wheel, which then is for one kind of machine only."""

    def dependencies(self) -> list[str]:
        """What is needed to compile, where that can be done at all."""
        return [] if reason_against() else [*NEEDED.values()]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile in a process of its own, for mypyc leaves traces in the one it runs in."""
        command = [sys.executable, __file__]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            self.app.display_warning(done.stderr.strip())
            return
        build_data["artifacts"].append(f"/{done.stdout.strip()}/")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def main() -> None:
    """Compile in place and print the folder, or say why that cannot be done and exit with 1."""
    sys.path.insert(0, str(ROOT))
    from feedsvc.compiled import FOLDER, KIND, code_digest, folder_of  # noqa: PLC0415

    folder = folder_of(code_digest())
    reason = reason_against() or missing()
    if not reason:
        try:
            FOLDER.mkdir(exist_ok=True)
            with (FOLDER / "lock").open("w") as lock:
                # Of two that compile at once the second finds what the first has made.
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not folder.is_dir():
                    print("feedsvc: compiling the labelling (half a minute)", file=sys.stderr)
                    replace([*FOLDER.glob(f"*{KIND}"), *FOLDER.glob("tmp*")], by=folder)
        except (OSError, CompileError) as error:
            reason = str(error)
    if reason:
        sys.exit(f"feedsvc: the labelling is not compiled: {reason}")
    print(folder.relative_to(ROOT))


def reason_against() -> str:
    """Why this machine cannot compile, or shall not; empty if it can."""
    if os.environ.get("PURE_PYTHON", "0") not in {"", "0"}:
        return "PURE_PYTHON is set"
    if sys.implementation.name != "cpython":
        return "only CPython runs what mypyc makes"
    wished = os.environ.get("CC", "").strip() or sysconfig.get_config_var("CC") or "cc"
    compiler = wished.split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler {compiler!r} (Debian: apt install gcc, or set CC)"
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return "Python's headers are missing (Debian: apt install python3-dev)"
    return ""


def missing() -> str:
    """Which tools are not installed; empty if all are."""
    absent = [name for name in NEEDED if find_spec(name) is None]
    return f"not installed: {', '.join(absent)}" if absent else ""


def replace(older: Iterable[Path], *, by: Path) -> None:
    """Compile into a folder, which is there at once or not at all, and drop older ones."""
    with TemporaryDirectory(dir=by.parent) as work:
        place = compile_into(Path(work))
        for module in place.iterdir():
            with module.open("rb") as written:
                os.fsync(written.fileno())
        place.rename(by)
        for number, folder in enumerate(older):
            folder.rename(Path(work) / f"older{number}")


def compile_into(work: Path) -> Path:
    """Compile every module of the package below a folder; where the modules lie then.

    Raises:
        CompileError: mypyc or the compiler gave up; with what they said.
    """
    from mypyc.build import mypycify  # noqa: PLC0415 -- only there where it is needed
    from setuptools import Distribution  # noqa: PLC0415

    os.chdir(ROOT)
    place = Path(*PACKAGE.split("."))
    sources = [str(path) for path in sorted(place.glob("*.py")) if path.name != "__init__.py"]
    # Types are checked elsewhere: here they only have to be understood.
    options = ("--config-file=", "--ignore-missing-imports", f"--cache-dir={work}/cache")
    said = StringIO()
    try:
        with redirect_stdout(said):
            modules = mypycify(
                [*options, *sources],
                group_name=f"{PACKAGE}.labels",
                target_dir=str(work / "c"),
                debug_level="0",
            )
            distribution = Distribution({"name": "feedsvc", "ext_modules": modules})
            build = distribution.get_command_obj("build_ext")
            build.build_temp, build.build_lib = str(work / "c"), str(work / "made")
            distribution.run_command("build_ext")
    except (Exception, SystemExit) as error:  # -- whatever a compiler may raise
        raise CompileError(f"{error}\n{said.getvalue()}".strip()) from error
    return work / "made" / place


if __name__ == "__main__":
    main()
