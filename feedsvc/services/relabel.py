"""Labels what is stored again when the classifier's rules or its vocabulary have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from feedsvc import __version__
from feedsvc.domain.classify import Vocabulary
from feedsvc.store.writer import Writer

log = structlog.get_logger("feedsvc.relabel")


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the store's content was made with; a part is empty if it is unknown or mixed.

    `labels` is the fingerprint that every entry was labelled with, `readings` all that decides what
    a seed's bytes mean.
    """

    labels: str = ""
    readings: str = ""

    def __str__(self) -> str:
        return f"{self.labels} {self.readings}"


def provenance_of(vocabulary: Vocabulary, *, reading: str) -> Provenance:
    """What a process with this vocabulary makes; `reading` are the settings for reading files."""
    fingerprint = vocabulary.fingerprint
    return Provenance(fingerprint, f"{fingerprint} version={__version__} {reading}")


async def stored_provenance(writer: Writer) -> Provenance:
    """What the store says it was made with."""
    labels, _, readings = (await writer.vocabulary()).partition(" ")
    return Provenance(labels, readings)


async def store_provenance(writer: Writer, provenance: Provenance) -> None:
    """Note what the store is made with from now on."""
    async with writer.transaction() as transaction:
        await transaction.set_vocabulary(str(provenance))


async def mix_provenance(writer: Writer, provenance: Provenance) -> None:
    """Note that some seeds are about to be read and labelled with this, and the rest are not.

    An empty store holds nothing else, so there is nothing to mix with.
    """
    before = await stored_provenance(writer)
    if before == provenance:
        return
    if await writer.last_arrival() or await writer.known_seeds():
        provenance = Provenance(
            before.labels if before.labels == provenance.labels else "",
            before.readings if before.readings == provenance.readings else "",
        )
    await store_provenance(writer, provenance)


async def relabel(
    writer: Writer,
    fingerprint: str,
    *,
    now: Callable[[], datetime],
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> None:
    """Label every published entry again, and note the fingerprint of what labelled them.

    Ids, dates and arrival numbers stay, and channels in which nothing changes keep their revision.
    `progress` gets the arrival numbers of the last entry so far and of the last of all. If it is
    interrupted, the next call starts over.
    """
    before = await stored_provenance(writer)
    newest = await writer.last_arrival()
    if newest:
        log.info("relabelling started", entries=newest)
        await store_provenance(writer, replace(before, labels=""))
        after: int | None = 0
        while after is not None:
            progress(after, newest)
            async with writer.transaction() as transaction:
                after = await transaction.relabel(after=after, now=now())
        progress(newest, newest)
        log.info("relabelling finished", entries=newest)
    await store_provenance(writer, replace(before, labels=fingerprint))
