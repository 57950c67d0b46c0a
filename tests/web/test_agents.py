"""Feed readers are identified by their User-Agent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.web.agents import _FAMILIES, identify


@pytest.mark.parametrize(
    ("agent", "family", "subscribers"),
    [
        ("", "none", None),
        ("Feedly/1.0 (+http://www.feedly.com; 7 subscribers; like FeedFetcher)", "feedly", 7),
        ("NewsBlur Feed Fetcher - 1 subscriber - https://newsblur.com/", "newsblur", 1),
        ("Mozilla/5.0 (compatible; Miniflux/2.2; +https://miniflux.app)", "miniflux", None),
        ("newsboat/2.32 (Linux x86_64)", "newsboat", None),
        ("Inoreader/1.0 (+http://www.inoreader.com; 12,345 subscribers; )", "inoreader", 12345),
        ("BazQux/2.4 (+https://bazqux.com/fetcher; 2 subscribers)", "bazqux", 2),
        ("Feedbin feed-id:7 - 31 subscribers", "feedbin", 31),
        ("Netvibes (http://www.netvibes.com/; 1 subscribers; feedID: 9)", "netvibes", 1),
        ("rss2email/3.14", "rss2email", None),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "browser", None),
        ("ExampleBot/1.0", "bot", None),
        ("curl/8.5", "curl", None),
        ("A program of my own", "other", None),
        ("other/1.0 (99999999999 subscribers)", "other", None),
    ],
)
def test_a_reader_is_identified_by_its_user_agent(
    agent: str, family: str, subscribers: int | None
) -> None:
    known = identify(agent)
    assert (known.family, known.subscribers) == (family, subscribers)


@given(st.text())
def test_reader_families_are_a_closed_set(agent: str) -> None:
    assert identify(agent).family in {"none", "other", *(name for _, name in _FAMILIES)}
