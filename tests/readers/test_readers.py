"""Popular readers show every entry once, with title, date, link and ID, and revalidate."""

from __future__ import annotations

import pytest

from tests.readers.newsboat import Newsboat
from tests.readers.reader_library import ReaderLibrary
from tests.readers.rss2email import Rss2email
from tests.readers.sfeed import Sfeed
from tests.readers.subscriber import Subscriber
from tests.readers.wire import published_entries
from tests.running import Running, wait_until

FEEDS = ("/feeds/all.atom", "/feeds/all.rss")
TITLE, EDITED = "Ferry crews agree on a new rota", "Ferry crews agree on a new rota at last"

every_reader = pytest.mark.parametrize("kind", [Newsboat, Sfeed, Rss2email, ReaderLibrary])


def edit_a_title(service: Running) -> None:
    seed = service.seeds / "harbour.txt"
    seed.write_text(seed.read_text().replace(TITLE, EDITED))
    wait_until(lambda: EDITED.encode() in service.get("/feeds/all.json"), what="the edit is out")


def wait_until_logged(service: Running, feed: str, *, polls: int) -> list[int]:
    """Wait until this many polls are logged, and return their statuses."""
    wait_until(lambda: len(service.statuses(feed)) >= polls, what="the polls are logged")
    return service.statuses(feed)


@every_reader
@pytest.mark.parametrize("feed", FEEDS)
def test_a_reader_has_every_entry_once_and_then_revalidates(
    service: Running, kind: type[Subscriber], feed: str
) -> None:
    reader = kind(service.seeds.parent / "reader", service.base_url + feed)
    for _ in range(kind.unconditional_polls):
        reader.poll()
    entries = reader.entries()
    assert set(entries) == {reader.shows(entry) for entry in published_entries(service)}
    assert len(entries) == len(set(entries)) == 5
    reader.poll()
    statuses = wait_until_logged(service, feed, polls=kind.unconditional_polls + 1)
    assert statuses == [200] * kind.unconditional_polls + [304]
    assert reader.entries() == entries


@every_reader
def test_an_edited_entry_does_not_appear_twice(service: Running, kind: type[Subscriber]) -> None:
    reader = kind(service.seeds.parent / "reader", service.base_url + "/feeds/all.atom")
    reader.poll()
    edit_a_title(service)
    reader.poll()
    assert wait_until_logged(service, "/feeds/all.atom", polls=2) == [200, 200]
    titles = [entry.title for entry in reader.entries()]
    if kind.shows_retitled_twice:
        assert {TITLE, EDITED} <= set(titles)
    else:
        assert len(titles) == 5
        assert (EDITED in titles) == kind.shows_revisions
