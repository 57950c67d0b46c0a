"""Keeps the package's vocabulary as it was read, the way Python keeps compiled code.

Reading the files takes longer than everything else that a short command does. The cache is a file
in `__pycache__`; it is out of date when a vocabulary file, or a module that reads them, has changed
in size or time. Where that folder cannot be written, the files are read every time.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from feedsvc.domain.classify import Vocabulary
from feedsvc.domain.classify.vocabulary.state import State, state_of, vocabulary_from

_PACKAGE = Path(__file__).parents[2]
_READ_BY = _PACKAGE / "domain" / "classify"
_PLACE = Path(cache_from_source(__file__)).with_suffix(".vocabulary")
_DIGEST_SIZE = sha256().digest_size


def find_cached(folder: Path, place: Path = _PLACE) -> Vocabulary | None:
    """The vocabulary in a folder if it is in the cache and nothing has changed since."""
    try:
        data = place.read_bytes()
    except OSError:
        return None
    key, seal, body = (
        data[:_DIGEST_SIZE],
        data[_DIGEST_SIZE : 2 * _DIGEST_SIZE],
        data[2 * _DIGEST_SIZE :],
    )
    if key != _key_of(folder) or seal != sha256(body).digest():
        return None
    # Whoever can write here can change the program itself.
    state: State = pickle.loads(body)  # noqa: S301
    return vocabulary_from(state)


def keep(vocabulary: Vocabulary, folder: Path, place: Path = _PLACE) -> None:
    """Put the vocabulary that was read from a folder in the cache, if there can be one."""
    if sys.dont_write_bytecode:
        return
    body = pickle.dumps(state_of(vocabulary), pickle.HIGHEST_PROTOCOL)
    unfinished = place.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        unfinished.write_bytes(_key_of(folder) + sha256(body).digest() + body)
        unfinished.replace(place)


def _key_of(folder: Path) -> bytes:
    digest = sha256()
    for path in (*_files_below(folder), *_files_below(_READ_BY), Path(__file__)):
        state = path.stat()
        digest.update(f"{path}\0{state.st_size}\0{int(state.st_mtime)}\0".encode())
    return digest.digest()


def _files_below(folder: Path) -> Iterator[Path]:
    """All files below a folder except the ones that Python makes, in a fixed order."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        yield from (Path(place, name) for name in sorted(names))
