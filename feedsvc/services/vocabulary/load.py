"""Reads the package's vocabulary and the operator's own on top of it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from feedsvc.domain.classify import (
    RULES,
    Vocabulary,
    VocabularyError,
    VocabularyFile,
    read_vocabulary,
)
from feedsvc.services.vocabulary.cache import find_cached, keep

_PACKAGED = Path(__file__).parents[2] / "taxonomy"
_SUFFIXES = (".toml", ".tsv")


def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """The package's vocabulary, with a folder of the same layout laid over it.

    Raises:
        VocabularyError: The folder is missing, or a file in it cannot be used.
    """
    with _collector_paused():
        return _load_packaged() if folder is None else _load_laid_over(folder)


def _load_packaged() -> Vocabulary:
    vocabulary = find_cached(_PACKAGED)
    if vocabulary is None:
        vocabulary = read_vocabulary(list(_read_files(_PACKAGED)), rules=RULES)
        keep(vocabulary, _PACKAGED)
    return vocabulary


def _load_laid_over(folder: Path) -> Vocabulary:
    if not folder.is_dir():
        raise VocabularyError(str(folder), "", "not a folder")
    own = [replace(file, overlay=True) for file in _read_files(folder)]
    if not own:
        # A folder that is not mounted is empty, too.
        raise VocabularyError(str(folder), "", "no vocabulary file in this folder")
    return read_vocabulary([*_read_files(_PACKAGED), *own], rules=RULES)


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


def _read_files(folder: Path, prefix: str = "") -> Iterator[VocabularyFile]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.name.startswith("."):
            continue
        if item.is_dir():
            yield from _read_files(item, f"{prefix}{item.name}/")
        elif item.name.endswith(_SUFFIXES):
            yield VocabularyFile(name=prefix + item.name, text=_read_text(item, prefix + item.name))


def _read_text(item: Path, name: str) -> str:
    try:
        return item.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise VocabularyError(name, "", f"not UTF-8: {error}") from error
