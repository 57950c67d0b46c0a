"""Finds the path under which a file named on the command line is stored."""

from __future__ import annotations

import os
from pathlib import Path

from feedsvc.services.ingest.folder import Folder
from feedsvc.settings import Settings


def place_of(path: Path, root: Path) -> Path:
    """A path as the scan of the whole folder finds it, however it was written."""
    place = Path(os.path.abspath(path))  # noqa: PTH100 - pathlib's keeps `..`
    # Do not resolve the last part: a link in the folder is a file of its own.
    real = place if place.is_relative_to(root) else place.parent.resolve() / place.name
    home = root if place.is_relative_to(root) else root.resolve()
    if place.resolve() == home:
        return root
    return root / real.relative_to(home) if real.is_relative_to(home) else place


def stored_path(path: Path, settings: Settings) -> str:
    """The path under which the store knows a file: relative to the folder, absolute outside it."""
    root = settings.seeds_dir.absolute()
    return Folder(root=root).stored_path(place_of(path, root))
