"""The bytes of documents and their ETags."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import brotli
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.render.document import Coding, Document, make_document

T0 = datetime(2026, 3, 1, tzinfo=UTC)


def document(body: bytes) -> Document:
    return make_document(body, content_type="text/plain", changed=T0)


@given(st.binary(max_size=2000))
def test_every_coding_contains_the_same_content(body: bytes) -> None:
    made = document(body)
    assert made.in_coding(Coding.IDENTITY).body == body
    assert gzip.decompress(made.in_coding(Coding.GZIP).body) == body
    assert brotli.decompress(made.in_coding(Coding.BROTLI).body) == body


@given(st.binary(max_size=2000))
def test_etags_are_strong_and_quoted_and_differ_by_coding(body: bytes) -> None:
    tags = [document(body).in_coding(coding).etag for coding in Coding]
    assert len(set(tags)) == len(Coding)
    assert all(tag.startswith('"') and tag.endswith('"') and len(tag) == 26 for tag in tags)


@given(st.binary(max_size=500), st.binary(max_size=500))
def test_etags_are_equal_if_bodies_are(one: bytes, other: bytes) -> None:
    equal = [
        document(one).in_coding(coding).etag == document(other).in_coding(coding).etag
        for coding in Coding
    ]
    assert equal == [one == other] * len(Coding)


def test_equal_bodies_give_equal_bytes_at_any_time() -> None:
    assert document(b"a" * 1000) == document(b"a" * 1000)
    assert document(b"a").gzip.body[4:8] == b"\0\0\0\0"  # no time of compression: RFC 1952 §2.3


def test_only_codings_that_save_bytes_are_offered() -> None:
    assert document(b"a" * 1000).codings == (Coding.BROTLI, Coding.GZIP, Coding.IDENTITY)
    assert document(b"").codings == (Coding.IDENTITY,)


def test_each_representation_has_its_coding_and_the_size_is_that_of_all() -> None:
    made = document(b"a" * 1000)
    assert [made.in_coding(coding).coding for coding in Coding] == list(Coding)
    assert made.size == sum(len(made.in_coding(coding).body) for coding in Coding)
