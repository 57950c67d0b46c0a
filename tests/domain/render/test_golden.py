"""Documents match byte for byte; WRITE_GOLDEN=1 rewrites them, so review the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from feedsvc import __version__
from feedsvc.domain.model import Channel
from feedsvc.domain.render import (
    Extent,
    Feed,
    Format,
    ListedChannel,
    Location,
    Paging,
    build_feed,
    render,
    render_opml,
)
from tests.domain.render.builders import CHANGED, SITE, taxonomy, varied_entries

GOLDEN = Path(__file__).with_name("golden")
LABOUR_IN_ASIA = Channel(region="asia", topic="labour")


def newest() -> Feed:
    return build_feed(SITE, taxonomy(), Channel(), varied_entries(), changed=CHANGED)


def archive() -> Feed:
    below = "regions/asia/topics/labour"
    paging = Paging(
        extent=Extent.ARCHIVE,
        here=Location(path=f"{below}/archive/2"),
        current=Location(path=below),
        prev_archive=Location(path=f"{below}/archive/1"),
    )
    entries = varied_entries()[1:2]
    return build_feed(SITE, taxonomy(), LABOUR_IN_ASIA, entries, changed=CHANGED, paging=paging)


def compare(document: bytes, name: str) -> None:
    shown = document.replace(__version__.encode(), b"@VERSION@")
    if os.environ.get("WRITE_GOLDEN"):
        (GOLDEN / name).write_bytes(shown)
    assert shown == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("form", Format)
def test_a_feed_matches_its_golden_document(form: Format) -> None:
    compare(render(newest(), form), f"newest.{form.suffix}")


@pytest.mark.parametrize("form", Format)
def test_an_archive_matches_its_golden_document(form: Format) -> None:
    compare(render(archive(), form), f"archive.{form.suffix}")


def test_the_list_of_channels_matches_its_golden_document() -> None:
    listed = (
        ListedChannel(channel=Channel(), entries=12),
        ListedChannel(channel=Channel(region="asia"), entries=7),
        ListedChannel(channel=Channel(country="kz"), entries=1),
        ListedChannel(channel=Channel(topic="arts"), entries=5),
        ListedChannel(channel=LABOUR_IN_ASIA, entries=2),
    )
    compare(render_opml(SITE, taxonomy(), listed, changed=CHANGED), "channels.opml")
