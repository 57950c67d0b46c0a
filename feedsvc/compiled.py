"""Where the code that labels lies compiled, as long as that is what its sources say.

Installing compiles it with mypyc where there is a C compiler (tools/compile.py), into a folder that
is named for the sources: a checkout whose sources have changed since goes by the sources.
"""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

_PACKAGE = Path(__file__).parent
SOURCES = (_PACKAGE / "domain", _PACKAGE / "domain" / "classify")
FOLDER = _PACKAGE / "_compiled"
# Which Python and machine it is for: `.cpython-311-x86_64-linux-gnu`.
KIND = EXTENSION_SUFFIXES[0].removesuffix(".so")


def digest_of(*folders: Path) -> str:
    """SHA-256, hexadecimal, of the modules that lie in these folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.glob("*.py")):
            digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
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

    Nothing where `PURE_PYTHON` is set in the environment.
    """
    if os.environ.get("PURE_PYTHON", "0") not in {"", "0"} or not within.is_dir():
        return []
    folder = folder_of(code_digest(), within=within)
    return [str(folder)] if folder.is_dir() else []
