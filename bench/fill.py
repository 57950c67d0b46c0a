"""Fills a new database with a million entries in minutes, as if the service had published them.

    python bench/fill.py /tmp/large.db
    python bench/fill.py /tmp/small.db --entries 1000

Stories are composed from lists of words and really labelled; each is then told many times, with
other words at its end. The files are named by absolute paths, so a service that serves the database
with another folder neither misses nor reads them. The same arguments give the same rows.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from random import Random  # noqa: TID251 - one that is the same each time
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert, update

from feedsvc.domain.batch.rows import Standing
from feedsvc.domain.classify import Classifier, Vocabulary
from feedsvc.domain.identity import digest_of, entry_id, keys_of
from feedsvc.domain.model import Channel, Draft, Stated, channels_of
from feedsvc.runtime.provenance import provenance_from
from feedsvc.runtime.scanner import presentation_of
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings
from feedsvc.store.database import Database
from feedsvc.store.records import SeedStatus
from feedsvc.store.rows import from_labels, from_stated, to_seconds
from feedsvc.store.schema import (
    archives,
    channels,
    clock,
    entries,
    entry_keys,
    labels,
    seeds,
    sightings,
)
from feedsvc.store.writer import open_writer, refuse_to_label

STORIES = 3_000
PER_FILE = 12
FILES_PER_BATCH = 64
WITHDRAWN_EVERY = 50
SHARE_OF_TWO = 0.3  # of the stories are about two countries
SECONDS_APART = 300
START = datetime(2016, 1, 1, tzinfo=UTC)
CHUNK = 12_000

# What happened, in words that the vocabulary knows a topic by.
EVENTS = (
    "dockers vote to strike over wages",
    "parliament rejects the budget after a long night",
    "troops withdraw from the border villages",
    "central bank raises interest rates again",
    "hospital wards fill as influenza spreads",
    "teachers and pupils return to rebuilt schools",
    "court convicts former minister of fraud",
    "astronomers photograph a distant galaxy",
    "floods cut off villages below the dam",
    "national team wins the football cup",
    "orchestra opens the theatre with a new opera",
    "bishops and imams pray for the drowned fishermen",
    "carbon emissions fall as coal plants close",
    "earthquake leaves thousands without shelter",
    "asylum seekers reach the harbour at dawn",
    "wine growers harvest before the first frost",
    "smartphone makers move their assembly lines",
    "voters queue for hours at polling stations",
    "nurses union signs a new contract",
    "shares slide after the merger fails",
)
PEOPLE = "residents officials drivers growers nurses engineers students fishermen clerks miners"
DEEDS = "say warn hope report deny argue remember doubt explain repeat"
LINKS = "that while because although before after whether until since unless"
COMMON = """a an the of in on for from with under over between against through along near behind
beyond around season morning week year month bridge river valley market road coast square winter
summer spring autumn work water light bread paper price rent garden letter window street town north
south east west first second third last few many several most some other same new old long short
late early quiet busy narrow wide"""
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va wo xi yu za bre cla dro fle gri plo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as it is first told, with the rows of its labels and the ids of their channels."""

    stated: Stated
    labels: list[dict[str, Any]]
    channels: tuple[int, ...]


def main() -> None:
    """Fill the database and say how long it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--base-url", help="the service's setting, for ids and for its start")
    parser.add_argument("--random", type=int, default=1, help="another number gives other texts")
    arguments = parser.parse_args()
    if arguments.database.exists():
        parser.error(f"{arguments.database} exists already; name a new file")
    chosen = {"base_url": arguments.base_url} if arguments.base_url else {}
    began = time.perf_counter()
    fill(arguments.database, arguments.entries, settings=Settings(**chosen), seed=arguments.random)
    seconds = time.perf_counter() - began
    print(f"{arguments.database}: {arguments.entries:,} entries in {seconds:.0f} s")


def fill(path: Path, number: int, *, settings: Settings, seed: int = 1) -> None:
    """Create a database with a number of entries, ready for a service with these settings."""
    vocabulary = load_vocabulary(settings.taxonomy_dir)
    asyncio.run(create(path, settings, vocabulary))
    random = Random(seed)  # noqa: S311 - the same rows each time
    ids: dict[Channel, int] = {}
    stories = [tell(random, vocabulary, ids) for _ in range(min(STORIES, number))]
    inside: dict[int, array[int]] = defaultdict(lambda: array("q"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA synchronous=OFF")
        restored = set_aside_indexes(connection)
        write_entries(
            connection, number, random=random, stories=stories, settings=settings, inside=inside
        )
        write_channels(connection, ids, inside, number=number, size=settings.feed_size)
        for statement in restored:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO search(search) VALUES ('rebuild')")
        connection.commit()
    engine.dispose()


async def create(path: Path, settings: Settings, vocabulary: Vocabulary) -> None:
    """Create the database as the service would, and say that all is labelled and presented."""
    opened = open_writer(
        Database(path), label=refuse_to_label, now=START, namespace=settings.initial_namespace
    )
    async with opened as writer, writer.transaction() as transaction:
        await transaction.set_presentation(presentation_of(settings), now=START)
        await transaction.set_vocabulary(str(provenance_from(settings, vocabulary)))


def tell(random: Random, vocabulary: Vocabulary, ids: dict[Channel, int]) -> Story:
    """A story about a country, often about another one too, with labels that it really gets."""
    countries = vocabulary.taxonomy.countries
    slugs = sorted(countries)
    first, second = (countries[slugs[int(len(slugs) * random.random() ** 2)]].name for _ in "12")
    event = random.choice(EVENTS)
    other = f" {second} follows closely." if random.random() < SHARE_OF_TWO else ""
    stated = Stated(
        title=f"{first}: {event[0].upper()}{event[1:]}",
        text=f"In {first}, {event}, {random.choice(PEOPLE.split())} "
        f"{random.choice(DEEDS.split())}.{other}",
    )
    found = tuple(sorted(Classifier(vocabulary).classify(stated), key=lambda label: label.kind))
    inside = tuple(ids.setdefault(one, len(ids) + 1) for one in sorted(channels_of(found)))
    return Story(stated=stated, labels=from_labels(0, found), channels=inside)


def set_aside_indexes(connection: Connection) -> list[str]:
    """Drop indexes and triggers, which are made again faster at the end; return how."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
    found = [row for row in connection.exec_driver_sql(query).all() if row.sql]
    for row in found:
        connection.exec_driver_sql(f'DROP {row.type} "{row.name}"')
    connection.commit()
    return [row.sql for row in found]


def write_entries(
    connection: Connection,
    number: int,
    *,
    random: Random,
    stories: Sequence[Story],
    settings: Settings,
    inside: dict[int, array[int]],
) -> None:
    """Write entries with all that belongs to them, and note in `inside` which channels have them.

    They are written as the store's own functions turn values into rows.
    """
    tail = Tails(random)
    for start in range(0, number, CHUNK):
        rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
        for arrival in range(start + 1, min(start + CHUNK, number) + 1):
            story = random.choice(stories)
            _add(rows, arrival, story, tail=tail, settings=settings)
            if arrival % WITHDRAWN_EVERY:
                for channel in story.channels:
                    inside[channel].append(arrival)
        for table, many in rows.items():
            connection.execute(insert(table), many)
        connection.commit()


class Tails:
    """Ends of sentences: common words, and rarer ones the rarer the more there are of them."""

    def __init__(self, random: Random) -> None:
        self._random = random
        syllables = SYLLABLES.split()
        rare = ["".join(random.choices(syllables, k=3)) for _ in range(20_000)]
        self._words = COMMON.split() + list(dict.fromkeys(rare))
        self._weights = list(accumulate(1 / rank for rank in range(3, len(self._words) + 3)))

    def take(self, words: int) -> str:
        """So many words."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=words))


def _add(
    rows: dict[Table, list[dict[str, Any]]],
    arrival: int,
    story: Story,
    *,
    tail: Tails,
    settings: Settings,
) -> None:
    text = f"{story.stated.text} {tail.take(22).capitalize()}."
    stated = replace(story.stated, title=f"{story.stated.title} {tail.take(4)}", text=text)
    draft = Draft(ordinal=PER_FILE - arrival % PER_FILE, line=arrival % 99 + 1, stated=stated)
    key = keys_of(draft).full
    published = arrival % WITHDRAWN_EVERY != 0
    seed = (arrival - 1) // PER_FILE + 1
    rows[entries].append(
        from_stated(stated)
        | {
            "arrival": arrival,
            "id": entry_id(key, namespace=settings.initial_namespace),
            "published": _time(arrival),
            "updated": _time(arrival),
            "standing": Standing.LIVE if published else Standing.WITHDRAWN,
            "taken_down": 0,
        }
    )
    rows[entry_keys].append({"key": key, "arrival": arrival})
    rows[labels] += [row | {"arrival": arrival} for row in story.labels]
    if arrival % PER_FILE == 1:
        rows[seeds].append(_seed_row(seed, arrival))
    if published:
        place = {"seed": seed, "ordinal": draft.ordinal, "line": draft.line}
        state = {"arrival": arrival, "edited": 0, "dropped": 0, "source_id": draft.source_id}
        digest = digest_of(draft)
        rows[sightings].append(from_stated(stated) | place | state | {"digest": digest})


def _seed_row(seed: int, arrival: int) -> dict[str, Any]:
    return {
        "id": seed,
        "path": f"/filled/{seed // 1000:04}/listing-{seed:07}.txt",
        "status": SeedStatus.ACCEPTED,
        "hash": sha256(str(seed).encode()).digest(),
        "size": 3_400,
        "mtime": _time(arrival) * 10**9,
        "encoding": "utf-8",
        "reason": "",
        "line": 0,
        "problems": [],
        "entries": PER_FILE,
        "ingested": _time(arrival),
        "removal_accepted": 0,
    }


def write_channels(
    connection: Connection,
    ids: dict[Channel, int],
    inside: dict[int, array[int]],
    *,
    number: int,
    size: int,
) -> None:
    """Write channels, memberships and archive pages of `size` entries, and set the clock."""
    for channel, id_ in ids.items():
        arrivals = inside[id_]
        if not arrivals:
            continue
        pages = list(_list_pages(arrivals, size))
        row = {
            "id": id_,
            "region": channel.region,
            "country": channel.country,
            "topic": channel.topic,
            "revision": _revision(arrivals[-1]),
            "changed": _time(arrivals[-1]),
            "entries": len(arrivals),
            "archives": len(pages),
            "archived": pages[-1][1] if pages else 0,
            "open": len(arrivals) - len(pages) * size,
        }
        connection.execute(insert(channels), row)
        connection.exec_driver_sql(
            "INSERT INTO memberships (channel, arrival) VALUES (?, ?)",
            [(id_, arrival) for arrival in arrivals],
        )
        if pages:
            connection.execute(insert(archives), _page_rows(id_, pages))
    last = _time(number)
    numbers = {"ingests": _revision(number), "revision": _revision(number)}
    connection.execute(update(clock).values(time=last, ingested=last, scanned=last, **numbers))


def _list_pages(arrivals: Sequence[int], size: int) -> Iterator[tuple[int, int]]:
    """The first and last arrival number of each full page, as `store/archives.py` closes them."""
    first = 1
    for last in arrivals[size - 1 :: size]:
        yield first, last
        first = last + 1


def _page_rows(channel: int, pages: Sequence[tuple[int, int]]) -> list[dict[str, int]]:
    return [
        {
            "channel": channel,
            "page": page,
            "first": first,
            "last": last,
            "revision": _revision(last),
            "changed": _time(last),
        }
        for page, (first, last) in enumerate(pages, 1)
    ]


def _revision(arrival: int) -> int:
    """The number of the transaction that published an entry."""
    return 2 + (arrival - 1) // (PER_FILE * FILES_PER_BATCH)


def _time(arrival: int) -> int:
    return to_seconds(START) + arrival * SECONDS_APART


if __name__ == "__main__":
    main()
