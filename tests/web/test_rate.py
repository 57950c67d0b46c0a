"""How often an address may ask."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.settings import Settings
from feedsvc.web.rate import ADDRESSES, RateLimit
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]


class Timer:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_allowed_and_then_the_rate() -> None:
    timer = Timer()
    limit = RateLimit(rate=2, burst=3, timer=timer)
    assert [limit.spend("a") for _ in range(3)] == [0, 0, 0]
    assert limit.spend("a") == 0.5
    timer.now += 0.25
    assert limit.spend("a") == 0.25
    timer.now += 0.25
    assert limit.spend("a") == 0
    assert limit.spend("b") == 0


def test_a_bucket_never_holds_more_than_a_burst() -> None:
    timer = Timer()
    limit = RateLimit(rate=1, burst=2, timer=timer)
    limit.spend("a")
    timer.now += 1000
    assert [limit.spend("a") == 0 for _ in range(3)] == [True, True, False]


def test_it_remembers_a_bounded_number_of_addresses() -> None:
    limit = RateLimit(rate=1, burst=1, timer=Timer())
    for number in range(ADDRESSES + 50):
        limit.spend(str(number))
    assert len(limit._buckets) == ADDRESSES
    assert limit.spend(str(ADDRESSES + 49)) > 0


def test_a_burst_allows_every_feed_that_the_list_can_name(taxonomy: Taxonomy) -> None:
    listed = 1 + len(taxonomy.countries) + len(taxonomy.topics)
    listed += len(taxonomy.regions) * (1 + len(taxonomy.topics))
    limit = RateLimit(rate=0.1, burst=Settings().rate_burst, timer=Timer())
    assert listed > 500
    assert not any(limit.spend("a") for _ in range(listed))


async def test_too_many_requests_are_told_when_to_ask_again(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(rate_limit=0.01, rate_burst=2)
    statuses = [(await harness.get("/feeds/all.rss")).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = await harness.get("/feeds/all.rss")
    assert 0 < int(refused.headers["Retry-After"]) <= 100
    assert (await harness.get("/readyz")).status == 200


async def test_readers_behind_a_trusted_proxy_have_limits_of_their_own(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(rate_limit=0.01, rate_burst=1, trusted_proxies="127.0.0.1")
    asked = [
        (await harness.get("/feeds/all.rss", X_Forwarded_For=address)).status
        for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1", "9.9.9.9, 192.0.2.2")
    ]
    assert asked == [200, 200, 429, 429]


async def test_what_an_untrusted_address_says_of_itself_is_not_heard(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(rate_limit=0.01, rate_burst=1)
    asked = [
        (await harness.get("/feeds/all.rss", X_Forwarded_For=address)).status
        for address in ("192.0.2.1", "192.0.2.2")
    ]
    assert asked == [200, 429]
