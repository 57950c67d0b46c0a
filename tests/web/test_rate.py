"""Token buckets limit the requests of each client."""

from __future__ import annotations

from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.settings import Settings
from feedsvc.web.rate import ADDRESSES, RateLimit


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
