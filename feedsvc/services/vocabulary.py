"""Reads the package's vocabulary and the operator's own on top of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from feedsvc.domain.classify import (
    RULES,
    Vocabulary,
    VocabularyError,
    VocabularyFile,
    read_vocabulary,
)

_SUFFIXES = (".toml", ".tsv")


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The package's vocabulary, with a folder of the same layout laid over it.

    Raises:
        VocabularyError: The folder is missing, or a file in it cannot be used.
    """
    found = list(_read_files(files("feedsvc").joinpath("taxonomy")))
    if folder is not None:
        if not folder.is_dir():
            raise VocabularyError(str(folder), "", "not a folder")
        own = [replace(file, overlay=True) for file in _read_files(folder)]
        if not own:
            # A folder that is not mounted is empty, too.
            raise VocabularyError(str(folder), "", "no vocabulary file in this folder")
        found += own
    with _collector_paused():
        return read_vocabulary(found, rules=RULES)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause garbage collection: loading makes a hundred thousand values and drops none.

    The first vocabulary is also frozen (`gc.freeze`), so that later collections skip it. A reload's
    is not, because that would freeze whatever is garbage at the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            gc.freeze()
        if was_on:
            gc.enable()


def _read_files(folder: Traversable, prefix: str = "") -> Iterator[VocabularyFile]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.startswith("."):
            continue
        if item.is_dir():
            yield from _read_files(item, f"{prefix}{item.name}/")
        elif item.name.endswith(_SUFFIXES):
            yield VocabularyFile(name=prefix + item.name, text=_read_text(item, prefix + item.name))


def _read_text(item: Traversable, name: str) -> str:
    try:
        return item.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise VocabularyError(name, "", f"not UTF-8: {error}") from error
