"""Whatever hostile clients do, everything else is answered; `bench/hold.py` says how soon."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.faults.hostile import attacking
from tests.faults.probes import probing
from tests.faults.service_state import status_of, wait_for_entries
from tests.faults.test_queries import write_corpus
from tests.faults.writers import writing
from tests.running import Running, running, wait_until

ENTRIES = 300
# On a machine of its own, the worst answer takes less than a tenth of that.
WORST_SECONDS = 2.0
COLD = [
    f"/feeds/{channel}.{form}"
    for form in ("atom", "rss", "json")
    for channel in (
        "countries/ke",
        "regions/africa",
        "topics/labour",
        "regions/africa/topics/labour",
    )
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("attacks")
    write_corpus(folder / "seeds", ENTRIES)
    with running(folder, feed_size="10", max_connections="80") as started:
        wait_for_entries(started, 10)
        yield started


def port_of(service: Running) -> int:
    return int(service.base_url.rpartition(":")[2])


@pytest.mark.parametrize(
    ("attack", "clients", "answers"),
    [
        ("bombs", 4, {"200"}),
        ("idle", 60, {"held"}),
        ("slow", 20, {"200"}),
        ("download", 10, {"200"}),
        ("nonsense", 10, {"400", "503"}),
        ("lost", 10, {"404"}),
        ("entries", 10, {"200"}),
        ("status", 10, {"200", "503"}),
    ],
)
def test_everything_else_is_answered_during_an_attack(
    service: Running, attack: str, clients: int, answers: set[str]
) -> None:
    with (
        attacking(attack, port_of(service), clients) as attackers,
        probing(port_of(service), COLD) as probes,
    ):
        time.sleep(2)
    probes.assert_answered()
    assert attackers.answers.keys() <= answers
    assert attackers.answers


def test_health_is_answered_with_all_connections_taken(service: Running) -> None:
    with attacking("idle", port_of(service), 200):
        wait_until(lambda: is_full(service), what="all connections are taken")
        for path in ("/healthz", "/readyz"):
            assert service.get(path)


def is_full(service: Running) -> bool:
    try:
        return status_of(service, "/feeds/all.atom") == HTTPStatus.SERVICE_UNAVAILABLE
    except OSError:
        return False


@pytest.mark.parametrize("seconds", [5, pytest.param(180, marks=pytest.mark.slow)])
def test_no_entry_that_stands_in_the_folder_ever_vanishes(tmp_path: Path, seconds: int) -> None:
    with (
        running(tmp_path, feed_size="300", rescan_seconds="1") as service,
        writing(service, seconds=seconds) as polling,
    ):
        time.sleep(seconds)
    assert polling.vanished == []
    assert polling.polls > 0
    assert polling.changes > 0


@pytest.fixture(scope="module")
def large_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("large")
    write_corpus(folder / "seeds", 20_000)
    with running(folder) as started:
        yield started


@pytest.mark.slow
@pytest.mark.parametrize(
    ("attack", "clients"),
    [
        ("bombs", 4),
        ("bombs", 200),
        ("idle", 1000),
        ("slow", 200),
        ("download", 100),
        ("nonsense", 100),
        ("lost", 100),
        ("entries", 100),
        ("status", 100),
    ],
)
def test_the_service_answers_soon_for_a_minute_of_attack(
    large_service: Running, attack: str, clients: int
) -> None:
    with (
        probing(port_of(large_service), COLD) as probes,
        attacking(attack, port_of(large_service), clients),
    ):
        time.sleep(60)
    probes.assert_answered()
    for kind, series in probes.series.items():
        assert series.worst < WORST_SECONDS, kind
