"""The tables; times are whole Unix seconds, lists are JSON arrays, flags are 0 or 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from feedsvc.domain.model import LABEL_FIELDS, TEXT_FIELDS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)


def _stated_columns() -> Iterator[Column[Any]]:
    """A column for each field of `Stated`, the same in `entries` and `sightings`.

    Texts are empty where nothing is stated. Labels are JSON arrays of slugs, which relabelling
    keeps, or NULL where they are inferred.
    """
    for name in TEXT_FIELDS:
        yield Column(name, Text, nullable=False)
    for name in LABEL_FIELDS:
        yield Column(name, JSON(none_as_null=True))


# One row: what the whole store counts.
clock = Table(
    "clock",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("created", Integer, nullable=False),
    Column("time", Integer, nullable=False),  # T of the last transaction; never goes back
    Column("ingests", Integer, nullable=False),  # numbers the seed transactions
    Column("revision", Integer, nullable=False),  # the highest revision of any channel
    Column("ingested", Integer),  # when a seed last changed anything; NULL: never
    Column("scanned", Integer),  # when a scan last ended; NULL: never
    Column("braked", Integer, nullable=False),  # removals wait for a word
    Column("presentation", Text, nullable=False),  # what documents were rendered with
    Column("vocabulary", Text, nullable=False),  # what entries were labelled with
)

# A file of the watched folder, also after it has gone missing.
seeds = Table(
    "seeds",
    metadata,
    Column("id", Integer, primary_key=True),
    # Relative to the folder; absolute for a file that was ingested from elsewhere.
    Column("path", Text, nullable=False),
    Column("status", Text, nullable=False),  # SeedStatus
    Column("hash", LargeBinary, nullable=False),  # SHA-256 of the bytes last looked at
    Column("size", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),  # nanoseconds
    Column("encoding", Text, nullable=False),  # empty: not known
    Column("reason", Text, nullable=False),  # why rejected, else empty
    Column("line", Integer, nullable=False),  # where, 0: the whole file
    Column("problems", JSON, nullable=False),  # [[line, reason], …] that cost no entry
    Column("entries", Integer, nullable=False),  # of the last good reading
    Column("ingested", Integer),  # last good reading; NULL: never
    Column("removal_accepted", Integer, nullable=False),  # a missing seed may be withdrawn
    UniqueConstraint("path"),
    # The health page counts by status; the brake looks for the missing ones.
    Index(None, "status", "path"),
    # A renamed file is known by its bytes.
    Index(None, "hash"),
)

entries = Table(
    "entries",
    metadata,
    # The place in the order of first sight: ever-growing, fixed for good, never reused.
    Column("arrival", Integer, primary_key=True),
    Column("id", Uuid, nullable=False),
    *_stated_columns(),
    Column("published", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("standing", Text, nullable=False),  # Standing
    Column("taken_down", Integer, nullable=False),  # by the operator; outlives re-ingest
    UniqueConstraint("id"),
    # The end of a scan withdraws what was seen nowhere.
    Index("ix_entries_unseen", "arrival", sqlite_where=text("standing = 'unseen'")),
)

# Every key that an entry ever had stays its own.
entry_keys = Table(
    "entry_keys",
    metadata,
    Column("key", Uuid, primary_key=True),
    # Several entries own a key if their titles and first words are the same (a weekly column).
    Column("arrival", ForeignKey("entries.arrival"), primary_key=True),
    Index(None, "arrival"),
    sqlite_with_rowid=False,
)

# That an entry stands in a seed, and in which words.
sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seed", ForeignKey("seeds.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),  # from 1, in the listing's order
    Column("line", Integer, nullable=False),
    Column("arrival", ForeignKey("entries.arrival"), nullable=False),
    Column("edited", Integer, nullable=False),  # ingest that last changed the words; 0: none
    Column("dropped", Integer, nullable=False),  # a rolling listing has let it go
    Column("source_id", Text, nullable=False, server_default=""),  # a feed's guid; empty: none
    *_stated_columns(),
    # A seed's own previous drafts, in order.
    Index(None, "seed", "ordinal"),
    # Where an entry stands.
    Index(None, "arrival"),
)

labels = Table(
    "labels",
    metadata,
    Column("arrival", ForeignKey("entries.arrival"), primary_key=True),
    Column("kind", Text, primary_key=True),  # Kind
    Column("rank", Integer, primary_key=True),  # 0 is best
    Column("value", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("evidence", JSON, nullable=False),  # [[phrase, where, start, end, weight], …]
    sqlite_with_rowid=False,
)

channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("region", Text, nullable=False),  # empty: any
    Column("country", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("entries", Integer, nullable=False),  # live now
    Column("archives", Integer, nullable=False, server_default="0"),  # pages closed for good
    Column("archived", Integer, nullable=False, server_default="0"),  # last arrival in them
    UniqueConstraint("region", "country", "topic"),
    # Publishing asks what changed after the revision that it knows.
    Index(None, "revision"),
)

# Which published entries stand in which channel; newest arrivals are read from its end.
memberships = Table(
    "memberships",
    metadata,
    Column("channel", ForeignKey("channels.id"), primary_key=True),
    Column("arrival", ForeignKey("entries.arrival"), primary_key=True),
    Index(None, "arrival"),
    sqlite_with_rowid=False,
)

# The past of a channel in fixed ranges of arrival numbers (RFC 5005 section 4). A page is closed
# when its channel has so many newer entries that the subscription document could lose one.
archives = Table(
    "archives",
    metadata,
    Column("channel", ForeignKey("channels.id"), primary_key=True),
    Column("page", Integer, primary_key=True),  # 1 is the oldest
    Column("first", Integer, nullable=False),  # arrival numbers, both included
    Column("last", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    # An entry that changes touches its own page alone.
    Index(None, "channel", "last"),
    sqlite_with_rowid=False,
)
