"""What the cache keeps, and what it evicts first."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from feedsvc.domain.render.document import make_document
from feedsvc.services.publish.cache import CachedDocument, DocumentCache

T0 = datetime(2026, 3, 1, tzinfo=UTC)


def cached(length: int, revision: int = 1) -> CachedDocument:
    body = bytes(number % 251 for number in range(length))
    document = make_document(body, content_type="text/plain", changed=T0)
    return CachedDocument(revision=revision, document=document)


ONE = cached(100)
SIZE = ONE.document.size


def test_the_least_recently_used_document_is_evicted_first() -> None:
    cache = DocumentCache(2 * SIZE)
    cache.put("a", ONE)
    cache.put("b", ONE)
    cache.get("a")
    cache.put("c", ONE)
    assert [cache.get(key) is not None for key in "abc"] == [True, False, True]
    assert (len(cache), cache.size, cache.evictions) == (2, 2 * SIZE, 1)


def test_a_later_revision_replaces_an_earlier_one() -> None:
    cache = DocumentCache(10 * SIZE)
    cache.put("a", ONE)
    cache.put("a", cached(50, revision=2))
    found = cache.get("a")
    assert found is not None
    assert found.revision == 2
    assert cache.size == found.document.size


def test_a_document_larger_than_the_limit_is_not_cached() -> None:
    cache = DocumentCache(SIZE - 1)
    cache.put("a", ONE)
    assert (cache.get("a"), cache.size) == (None, 0)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 300)), max_size=40))
def test_the_cache_never_exceeds_its_limit(puts: list[tuple[int, int]]) -> None:
    cache = DocumentCache(1000)
    for key, length in puts:
        cache.put(key, cached(length))
        sizes = [one.document.size for number in range(9) if (one := cache.get(number))]
        assert cache.size == sum(sizes) <= 1000
