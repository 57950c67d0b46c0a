"""Compiles the classifier with mypyc when a wheel is built and there is a C compiler.

The wheel then holds extension modules next to their sources, and Python prefers them. Editable
installs run the sources. `PURE_PYTHON=1` builds a wheel for every machine.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "feedsvc/domain/classify"
# Types are checked elsewhere; here mypy only has to understand them.
OPTIONS = ["--config-file=", "--ignore-missing-imports"]


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to the wheel, which is then for one platform and Python version."""

    def dependencies(self) -> list[str]:
        """What compiling needs, if this machine can compile."""
        return [] if reason_against() else ["mypy>=2.1", "setuptools>=80"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a temporary folder; without a compiler, leave the wheel as it is."""
        if version == "editable":
            return
        if reason := reason_against():
            self.app.display_warning(f"The classifier is not compiled: {reason}")
            return
        self._folder = TemporaryDirectory()
        with chdir(self.root):
            made = compile_into(Path(self._folder.name))
        for module in made.rglob("*.so"):
            build_data["force_include"][str(module)] = str(module.relative_to(made))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the temporary folder once the wheel is written."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()


def reason_against() -> str:
    """Why this machine cannot or should not compile; empty if it can."""
    if os.environ.get("PURE_PYTHON", "0") not in {"", "0"}:
        return "PURE_PYTHON is set"
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if shutil.which(compiler) is None:
        return f"there is no C compiler {compiler!r} (Debian: apt install gcc, or set CC)"
    if not Path(sysconfig.get_path("include"), "Python.h").is_file():
        return "Python's headers are missing (Debian: apt install python3-dev)"
    return ""


def compile_into(folder: Path) -> Path:
    """Compile every module of the package except `__init__`; the root of what was made."""
    from mypyc.build import mypycify  # noqa: PLC0415 -- installed only if it can compile
    from setuptools import Distribution  # noqa: PLC0415

    sources = [str(path) for path in sorted(Path(PACKAGE).rglob("[!_]*.py"))]
    modules = mypycify(
        [*OPTIONS, f"--cache-dir={folder / 'cache'}", *sources],
        group_name=f"{PACKAGE.replace('/', '.')}.compiled",
        target_dir=str(folder / "c"),
        debug_level="0",
    )
    build = Distribution({"name": "feedsvc", "ext_modules": modules}).get_command_obj("build_ext")
    build.build_temp, build.build_lib = str(folder / "c"), str(folder / "made")
    build.ensure_finalized()
    build.run()
    return folder / "made"
