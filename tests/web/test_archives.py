"""Archive pages, which keep their entries for good."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import feedparser
import pytest

from feedsvc.domain.model import Draft, Stated
from tests.web.conftest import ServiceHarness  # type: ignore[import-not-found]

T0 = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def drafts(count: int) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            ordinal=number,
            line=number,
            stated=Stated(
                title=f"Report {number} of the harbour",
                text=f"What was seen on day {number} of the season.",
                regions=("asia",) if number % 2 else ("europe",),
            ),
        )
        for number in range(1, count + 1)
    )


@pytest.fixture
async def archive(open_harness: Callable[..., Awaitable[ServiceHarness]]) -> ServiceHarness:
    """Ten entries with four to a document: a subscription document and pages below it."""
    return await open_harness(*drafts(10), feed_size=4)


def below(address: str) -> str:
    return address.removeprefix("https://news.example/p")


async def follow(harness: ServiceHarness, path: str) -> list[str]:
    """The ids of every entry, as a reader finds them along prev-archive."""
    ids: list[str] = []
    while path:
        parsed = feedparser.parse((await harness.get(path)).body)
        ids += [entry.id for entry in parsed.entries]
        found = [link.href for link in parsed.feed.links if link.rel == "prev-archive"]
        path = below(found[0]) if found else ""
    return ids


@pytest.mark.parametrize("form", ["rss", "atom"])
async def test_following_the_links_gives_every_entry_once_or_more(
    archive: ServiceHarness,
    form: str,
) -> None:
    ids = await follow(archive, f"/feeds/all.{form}")
    assert len(set(ids)) == 10
    assert len(set(await follow(archive, f"/feeds/regions/asia.{form}"))) == 5


async def test_json_feed_links_to_older_entries(archive: ServiceHarness) -> None:
    ids: set[str] = set()
    path = "/feeds/all.json"
    while path:
        feed = json.loads((await archive.get(path)).body)
        ids |= {item["id"] for item in feed["items"]}
        path = below(feed.get("next_url", ""))
    assert len(ids) == 10


async def test_an_archive_page_can_be_cached_for_a_day(archive: ServiceHarness) -> None:
    reply = await archive.get("/feeds/all/archive/1.atom")
    assert reply.status == 200
    assert reply.headers["Cache-Control"].startswith("max-age=86400, ")
    links = {link.rel: below(link.href) for link in feedparser.parse(reply.body).feed.links}
    assert links["self"] == "/feeds/all/archive/1.atom"
    assert links["current"] == "/feeds/all.atom"
    assert "prev-archive" not in links
    assert b"<fh:archive" in reply.body
    assert reply.headers["Link"].startswith(
        '<https://news.example/p/feeds/all/archive/1.atom>; rel="self"',
    )


async def test_an_archive_page_stays_the_same_while_entries_arrive(archive: ServiceHarness) -> None:
    first = await archive.get("/feeds/all/archive/1.atom")
    later = Draft(
        ordinal=1,
        line=1,
        stated=Stated(title="One more", text="It came later.", regions=("asia",)),
    )
    await archive.publish(later, seed="b.txt", now=archive.clock.now - timedelta(minutes=1))
    again = await archive.get("/feeds/all/archive/1.atom", If_None_Match=first.headers["ETag"])
    assert again.status == 304


async def test_a_changed_entry_changes_only_its_own_archive_page(archive: ServiceHarness) -> None:
    pages = [f"/feeds/all/archive/{number}.rss" for number in (1, 2)]
    before = [(await archive.get(page)).headers["ETag"] for page in pages]
    *kept, _last = drafts(10)
    await archive.publish(*kept, now=archive.clock.now - timedelta(minutes=1))
    after = [(await archive.get(page)).headers["ETag"] for page in pages]
    assert [one != other for one, other in zip(before, after, strict=True)] == [True, False]


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/all/archive/0.atom",
        "/feeds/all/archive/01.atom",
        "/feeds/all/archive/99.atom",
        "/feeds/all/archive/9999999999.atom",
        "/feeds/all/archive/1.xml",
        "/feeds/topics/sport/archive/1.atom",
        "/feeds/topics/gossip/archive/1.atom",
    ],
)
async def test_an_archive_page_that_does_not_exist_is_not_found(
    archive: ServiceHarness, path: str
) -> None:
    assert (await archive.get(path)).status == 404


def numbered(seed: int, count: int, *, regions: tuple[str, ...] = ("asia",)) -> list[Draft]:
    return [
        Draft(
            ordinal=n,
            line=n,
            stated=Stated(
                title=f"Report {seed}-{n} of the harbour",
                text=f"What was seen at pier {seed} on day {n}.",
                regions=regions,
            ),
        )
        for n in range(1, count + 1)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document of a feed: its titles and the address of the next older one, in no format."""

    titles: list[str]
    older: str


async def read_everywhere(harness: ServiceHarness, path: str) -> Part:
    """The content at an address without its suffix, on which all formats must agree."""
    parts = []
    for form in ("rss", "atom"):
        parsed = feedparser.parse((await harness.get(f"{path}.{form}")).body)
        links = {link.rel: below(link.href) for link in parsed.feed.links}
        older = links.get("prev-archive", "").removesuffix(f".{form}")
        parts.append(Part(titles=[entry.title for entry in parsed.entries], older=older))
    feed = json.loads((await harness.get(f"{path}.json")).body)
    older = below(feed.get("next_url", "")).removesuffix(".json")
    parts.append(Part(titles=[item["title"] for item in feed["items"]], older=older))
    assert parts[0] == parts[1] == parts[2]
    return parts[0]


async def test_ten_thousand_entries_are_found_while_others_come_go_and_move(
    open_harness: Callable[..., Awaitable[ServiceHarness]],
) -> None:
    harness = await open_harness(feed_size=500)
    for seed in range(10):
        await harness.write(*numbered(seed, 1000), seed=f"{seed}.txt")
    await harness.publisher.channels.refresh()
    found: list[str] = []
    path, step = "/feeds/regions/asia", 0
    while path:
        page = await read_everywhere(harness, path)
        found += page.titles
        path, step = page.older, step + 1
        if step % 4 == 0:
            kept = numbered(0, 1000)[: 1000 - step]
            moved = numbered(1, step, regions=("europe",))
            await harness.publish(*kept, seed="0.txt", now=T0 + timedelta(minutes=step))
            await harness.publish(
                *moved,
                *numbered(1, 1000)[step:],
                seed="1.txt",
                now=T0 + timedelta(minutes=step),
            )
            await harness.publish(
                *numbered(10 + step, 50),
                seed=f"{10 + step}.txt",
                now=T0 + timedelta(minutes=step),
            )
    stayed = {
        draft.stated.title
        for seed in range(10)
        for draft in numbered(seed, 1000)[(step if seed == 1 else 0) : 1000 - step]
    }
    assert step >= 20
    assert stayed <= set(found)
    archived = [title for title in found[500:] if title in stayed]
    assert len(archived) == len(set(archived))  # the newest may harness in a page already
