"""Office files are looked at before anything in them is unpacked."""

from __future__ import annotations

import io
import zipfile

from feedsvc.domain.reading.archive import MAX_MEMBERS, MAX_UNPACKED, Archive, open_archive
from feedsvc.domain.reading.item import FormatRejection


def _zip(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def _rejected(data: bytes) -> str:
    outcome = open_archive(data)
    assert isinstance(outcome, FormatRejection)
    return outcome.reason


def test_a_small_archive_is_opened() -> None:
    archive = open_archive(_zip({"a.xml": b"<a/>"}))
    assert isinstance(archive, Archive)
    assert archive.read("a.xml") == b"<a/>"
    assert archive.read("b.xml") == b""


def test_a_bomb_is_refused_by_what_it_says_of_its_size() -> None:
    assert "MiB unpacked" in _rejected(_zip({"a": bytes(MAX_UNPACKED), "b": b"1"}))


def test_a_bomb_that_says_less_than_its_size_is_refused() -> None:
    data = _zip({"a": bytes(MAX_UNPACKED + 1)})
    true = (MAX_UNPACKED + 1).to_bytes(4, "little")
    assert _rejected(data.replace(true, (10).to_bytes(4, "little")))


def test_too_many_members_are_refused() -> None:
    assert "files" in _rejected(_zip({f"{n}": b"" for n in range(MAX_MEMBERS + 1)}))


def test_what_is_no_archive_is_refused() -> None:
    assert _rejected(b"PK\x03\x04 and nothing else") == "a damaged office file"
