from __future__ import annotations

from uuid import UUID

import pytest

from feedsvc.domain.model import Channel
from feedsvc.web.pages.assets import load_assets
from feedsvc.web.pages.links import Links

ASIA = Channel(region="asia")


@pytest.fixture
def links() -> Links:
    return Links("https://news.example/wire", load_assets())


def test_links_within_the_site_keep_the_prefix_and_name_no_host(links: Links) -> None:
    assert links.here("/") == "/wire/"
    assert links.page(ASIA) == "/wire/regions/asia"
    assert links.older(ASIA, before=7) == "/wire/regions/asia?before=7"
    assert links.entry(UUID(int=1)) == "/wire/entries/00000000-0000-0000-0000-000000000001"
    assert links.feed(ASIA) == "/wire/feeds/regions/asia.atom"


def test_addresses_to_copy_are_absolute(links: Links) -> None:
    assert links.public("/all") == "https://news.example/wire/all"


def test_an_asset_address_changes_with_its_content(links: Links) -> None:
    address = links.asset("style.css")
    assert address == f"/wire/static/style.css?v={load_assets().by_name['style.css'].version}"


def test_an_unknown_asset_raises_an_error(links: Links) -> None:
    with pytest.raises(KeyError):
        links.asset("style.scss")
