"""Subscribers reported by aggregators."""

from __future__ import annotations

from feedsvc.web.metrics.subscribers import (
    EXPIRY_SECONDS,
    MAX_REPORTS,
    MAX_SUBSCRIBERS,
    Subscribers,
)


class Timer:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def sums(subscribers: Subscribers) -> dict[str, float]:
    family, _ = subscribers.collect()
    return {sample.labels["agent"]: sample.value for sample in family.samples}


def ages(subscribers: Subscribers) -> dict[str, float]:
    _, family = subscribers.collect()
    return {sample.labels["agent"]: sample.value for sample in family.samples}


def test_the_last_report_on_each_feed_counts() -> None:
    subscribers = Subscribers(Timer())
    for path, number in (("/a", 5), ("/b", 2), ("/a", 3)):
        subscribers.record(family="feedly", path=path, subscribers=number)
    subscribers.record(family="newsblur", path="/a", subscribers=1)
    assert sums(subscribers) == {"feedly": 5, "newsblur": 1}


def test_reports_for_a_feed_expire() -> None:
    timer = Timer()
    subscribers = Subscribers(timer)
    subscribers.record(family="feedly", path="/a", subscribers=5)
    timer.now += EXPIRY_SECONDS
    subscribers.record(family="feedly", path="/b", subscribers=2)
    assert sums(subscribers) == {"feedly": 7}
    timer.now += 1
    assert sums(subscribers) == {"feedly": 2}


def test_the_number_of_reports_is_bounded() -> None:
    subscribers = Subscribers(Timer())
    for number in range(MAX_REPORTS + 10):
        subscribers.record(family="feedly", path=f"/{number}", subscribers=1)
    assert sums(subscribers) == {"feedly": MAX_REPORTS}


def test_a_claim_is_capped() -> None:
    subscribers = Subscribers(Timer())
    subscribers.record(family="feedly", path="/a", subscribers=9_999_999)
    assert sums(subscribers) == {"feedly": MAX_SUBSCRIBERS}


def test_the_last_claim_of_each_family_is_dated() -> None:
    timer = Timer()
    subscribers = Subscribers(timer)
    subscribers.record(family="feedly", path="/a", subscribers=5)
    subscribers.record(family="newsblur", path="/a", subscribers=5)
    timer.now += 60
    subscribers.record(family="feedly", path="/b", subscribers=5)
    assert ages(subscribers) == {"feedly": 0, "newsblur": 60}
