"""Defines the tables.

Times are whole Unix seconds, lists are JSON arrays, flags are 0 or 1. NULL is explained where it
is allowed; above each index is the query that it serves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
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

from feedsvc.domain.identity import NAMESPACE
from feedsvc.domain.model import LABEL_FIELDS, TEXT_FIELDS

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)

# A seed that somebody should look at; the same text as in the queries that its index serves.
TROUBLED = "status <> 'accepted' OR problems <> '[]'"


def _stated_columns() -> Iterator[Column[Any]]:
    """A column for each field of `Stated`, the same in `entries` and `sightings`.

    Texts are empty if nothing is stated. Labels are JSON arrays of slugs, which relabelling
    keeps, or NULL if they are inferred.
    """
    for name in TEXT_FIELDS:
        yield Column(name, Text, nullable=False)
    for name in LABEL_FIELDS:
        yield Column(name, JSON(none_as_null=True))


# One row with the counters of the whole store.
clock = Table(
    "clock",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("created", Integer, nullable=False),
    Column("time", Integer, nullable=False),  # of the last transaction; never goes back
    Column("ingests", Integer, nullable=False),  # numbers the transactions that change entries
    Column("revision", Integer, nullable=False),  # the highest revision of any channel
    Column("ingested", Integer),  # when a seed was last accepted; NULL: never
    Column("scanned", Integer),  # when a scan last ended; NULL: never
    Column("braked", Integer, nullable=False),  # 1: removals wait for confirmation
    Column("presentation", Text, nullable=False),  # fingerprint of what all documents show
    Column("vocabulary", Text, nullable=False),  # fingerprint of what entries were labelled with
    # In which ids are made; set once, when the database is created.
    Column("namespace", Uuid, nullable=False, server_default=NAMESPACE.hex),
)

# A file of the watched folder; it keeps its row while it is missing.
seeds = Table(
    "seeds",
    metadata,
    Column("id", Integer, primary_key=True),
    # Relative to the folder; absolute for a file ingested from elsewhere.
    Column("path", Text, nullable=False),
    Column("status", Text, nullable=False),  # SeedStatus
    Column("hash", LargeBinary, nullable=False),  # SHA-256 of the bytes last read; empty: held
    Column("size", Integer, nullable=False),
    Column("mtime", Integer, nullable=False),  # nanoseconds
    Column("encoding", Text, nullable=False),  # empty: unknown
    Column("reason", Text, nullable=False),  # why it was rejected; empty: it was not
    Column("line", Integer, nullable=False),  # of the reason; 0: the whole file
    Column("problems", JSON, nullable=False),  # [[line, reason, advice, text], …]
    Column("entries", Integer, nullable=False),  # number in the last good reading
    Column("ingested", Integer),  # time of the last good reading; NULL: never
    Column("removal_accepted", Integer, nullable=False),  # 1: the operator confirmed its removal
    UniqueConstraint("path"),
    # Those that somebody should look at, by path.
    Index("ix_seeds_troubled", "path", sqlite_where=text(TROUBLED)),
    # Counts of seeds by status; the missing ones that the brake holds.
    Index(None, "status", "path"),
    # A renamed file, recognised by its bytes.
    Index(None, "hash"),
)

# Files of the watched folder that are not read, as of the last scan.
skipped_files = Table(
    "skipped_files",
    metadata,
    Column("path", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    sqlite_with_rowid=False,
)

# What has been published, kept after it is withdrawn.
entries = Table(
    "entries",
    metadata,
    # The place in the order of first sight: grows, never changes, is never reused.
    Column("arrival", Integer, primary_key=True),
    Column("id", Uuid, nullable=False),
    *_stated_columns(),
    Column("published", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("standing", Text, nullable=False),  # Standing
    Column("taken_down", Integer, nullable=False),  # 1: by the operator; outlives re-ingest
    UniqueConstraint("id"),
    # Entries to withdraw at the end of a scan.
    Index("ix_entries_unseen", "arrival", sqlite_where=text("standing = 'unseen'")),
)

# Every key that an entry ever had; an entry keeps them for good.
entry_keys = Table(
    "entry_keys",
    metadata,
    Column("key", Uuid, primary_key=True),
    # Several entries share a key if their titles and first words are equal (a weekly column).
    Column("arrival", ForeignKey("entries.arrival"), primary_key=True),
    sqlite_with_rowid=False,
)

# An entry's place and wording in a seed.
sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seed", ForeignKey("seeds.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),  # from 1, in the listing's order
    Column("line", Integer, nullable=False),
    Column("arrival", ForeignKey("entries.arrival"), nullable=False),
    Column("edited", Integer, nullable=False),  # ingest that last changed the wording; 0: none
    Column("dropped", Integer, nullable=False),  # 1: no longer in its rolling listing
    Column("source_id", Text, nullable=False, server_default=""),  # a feed's guid; empty: none
    Column("digest", BigInteger),  # of all that the draft states; NULL: from a version before
    *_stated_columns(),
    # The previous drafts of a seed, in order.
    Index(None, "seed", "ordinal"),
    # The seeds that an entry is in.
    Index(None, "arrival"),
)

# The labels of an entry, also of a withdrawn one.
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

# Everything that has ever had an entry and can be subscribed to.
channels = Table(
    "channels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("region", Text, nullable=False),  # empty: any
    Column("country", Text, nullable=False),  # empty: any
    Column("topic", Text, nullable=False),  # empty: any
    Column("revision", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("entries", Integer, nullable=False),  # number of published entries
    Column("archives", Integer, nullable=False, server_default="0"),  # number of closed pages
    Column("archived", Integer, nullable=False, server_default="0"),  # last arrival number on them
    Column("open", Integer, nullable=False, server_default="0"),  # number of entries after that
    UniqueConstraint("region", "country", "topic"),
    # Channels that changed after a known revision.
    Index(None, "revision"),
)

# Which published entries are in which channel; the key serves a channel's newest arrivals.
memberships = Table(
    "memberships",
    metadata,
    Column("channel", ForeignKey("channels.id"), primary_key=True),
    Column("arrival", ForeignKey("entries.arrival"), primary_key=True),
    # The channels that an entry is in.
    Index(None, "arrival"),
    sqlite_with_rowid=False,
)

# The archive pages of a channel: fixed ranges of arrival numbers (RFC 5005 section 4). A page is
# closed once its channel has so many newer entries that the feed could drop one of its own.
archives = Table(
    "archives",
    metadata,
    Column("channel", ForeignKey("channels.id"), primary_key=True),
    Column("page", Integer, primary_key=True),  # 1 is the oldest
    Column("first", Integer, nullable=False),  # arrival numbers, both included
    Column("last", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    # The page of an entry that changed.
    Index(None, "channel", "last"),
    sqlite_with_rowid=False,
)
