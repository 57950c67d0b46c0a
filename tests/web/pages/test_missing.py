from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.web.pages.missing import guess_channels

TAXONOMY = load_vocabulary().taxonomy


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
        ("/countries/kz/topics/labour", ["countries/kz", "topics/labour"]),
        ("/countries/kz/countries/kenia", ["countries/kz", "countries/ke"]),
        ("/countires/kz", ["countries/kz"]),
        ("/regions/atlantis", []),
        ("/england", ["countries/gb"]),
        ("/countries/holland", ["countries/nl"]),
        ("/micronesia", ["regions/micronesia", "countries/fm"]),
        ("/regions/south-africa", ["countries/za"]),
        ("/crimea", []),
        ("/a/b/c/asia", ["regions/asia"]),
        ("/a/b/c/d/asia", []),
        ("/nonsense", []),
        ("/wp-login.php", []),
        ("/", []),
        ("//", []),
        ("/.", []),
    ],
)
def test_similar_channels_are_suggested(path: str, expected: list[str]) -> None:
    assert [channel.path for channel in guess_channels(path, TAXONOMY)] == expected


@given(st.text(st.sampled_from(list("/asilbourtegn-. \0é")), max_size=300))
def test_every_suggestion_exists(path: str) -> None:
    channels = guess_channels(path, TAXONOMY)
    assert len(channels) <= 3
    for channel in channels:
        assert not channel.region or channel.region in TAXONOMY.regions
        assert not channel.country or channel.country in TAXONOMY.countries
        assert not channel.topic or channel.topic in TAXONOMY.topics


def test_only_four_segments_of_a_path_are_read() -> None:
    paths = [f"/regions/{name}/topics/labor" for name in ("asai", "atlantis")]
    for path in paths:
        assert guess_channels(path + "/regiono" * 1000, TAXONOMY) == guess_channels(path, TAXONOMY)
