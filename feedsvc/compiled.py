"""Where the code that labels lies compiled, as long as that is what its sources say.

Installing compiles it with mypyc where there is a C compiler (tools/compile.py), into a folder that
is named for the sources: a checkout whose sources have changed since goes by the sources.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_DOMAIN = files("feedsvc") / "domain"
SOURCES = (_DOMAIN, _DOMAIN / "classify")
FOLDER = Path(__file__).parent / "_compiled"
# Which Python and machine it is for: `.cpython-311-x86_64-linux-gnu`.
KIND = EXTENSION_SUFFIXES[0].removesuffix(".so")


def digest_of(*folders: Traversable) -> str:
    """SHA-256, hexadecimal, of the modules that lie in these folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for item in sorted(folder.iterdir(), key=lambda item: item.name):
            if item.name.endswith(".py"):
                digest.update(f"\0{item.name}\0".encode() + item.read_bytes())
    return digest.hexdigest()


@cache
def code_digest() -> str:
    """Which code labels: as it was when first asked, for a process goes on with what it loaded."""
    return digest_of(*SOURCES)


def folder_of(digest: str, *, within: Path = FOLDER) -> Path:
    """Where the compiled modules of these sources lie, or would lie."""
    return within / f"{digest[:16]}{KIND}"


def compiled_path(*, within: Path = FOLDER) -> list[str]:
    """What goes before the `__path__` of `feedsvc.domain.classify`: one folder, or nothing.

    Nothing where `PURE_PYTHON` is set in the environment, or the folder is not this user's to read.
    """
    if os.environ.get("PURE_PYTHON", "0") not in {"", "0"} or not _is_open(within):
        return []
    folder = folder_of(code_digest(), within=within)
    return [str(folder)] if _is_open(folder) else []


def _is_open(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)
