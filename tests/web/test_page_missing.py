from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.web.page_missing import guess_channels

if TYPE_CHECKING:
    from feedsvc.domain.taxonomy import Taxonomy


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/regions/asai", ["regions/asia"]),
        ("/region/asia", ["regions/asia"]),
        ("/regions/Eastern Asia", ["regions/eastern-asia"]),
        ("/regions/asia.html", ["regions/asia"]),
        ("/topics/labor", ["topics/labour"]),
        ("/topic/labor", ["topics/labour"]),
        ("/countries/kazakstan", ["countries/kz"]),
        ("/country/kenya", ["countries/ke"]),
        ("/asai", ["regions/asia"]),
        ("/kenia", ["countries/ke"]),
        ("/antarctica", ["regions/antarctica", "countries/aq"]),
        ("/topics/asia", ["regions/asia"]),
        ("/regions/asai/topics/labor", ["regions/asia/topics/labour"]),
        ("/regions/asia/topics/gardening", ["regions/asia"]),
        ("/regions/atlantis/topics/labour", ["topics/labour"]),
        ("/regions/atlantis/topics/gardening", []),
        ("/regions/atlantis", []),
        ("/nonsense", []),
        ("/wp-login.php", []),
        ("/", []),
        ("//", []),
        ("/.", []),
    ],
)
def test_what_is_near_is_guessed(taxonomy: Taxonomy, path: str, expected: list[str]) -> None:
    assert [channel.path for channel in guess_channels(path, taxonomy)] == expected


@given(st.text(st.sampled_from(list("/asilbourtegn-. \0é")), max_size=300))
def test_whatever_is_asked_for_what_is_guessed_is_there(path: str) -> None:
    taxonomy = load_vocabulary().taxonomy
    channels = guess_channels(path, taxonomy)
    assert len(channels) <= 3
    for channel in channels:
        assert not channel.region or channel.region in taxonomy.regions
        assert not channel.country or channel.country in taxonomy.countries
        assert not channel.topic or channel.topic in taxonomy.topics
