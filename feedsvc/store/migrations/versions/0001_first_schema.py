"""The first schema; feedsvc/store/schema.py says what each column means."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "channels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
        sa.UniqueConstraint(
            "region", "country", "topic", name=op.f("uq_channels_region_country_topic")
        ),
    )
    op.create_index(op.f("ix_channels_revision"), "channels", ["revision"], unique=False)
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("ingests", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ingested", sa.Integer(), nullable=True),
        sa.Column("scanned", sa.Integer(), nullable=True),
        sa.Column("braked", sa.Integer(), nullable=False),
        sa.Column("presentation", sa.Text(), nullable=False),
        sa.Column("vocabulary", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_table(
        "entries",
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("taken_down", sa.Integer(), nullable=False),
        sa.Column("regions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("countries", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("arrival", name=op.f("pk_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_entries_id")),
    )
    op.create_index(
        "ix_entries_unseen",
        "entries",
        ["arrival"],
        unique=False,
        sqlite_where=sa.text("standing = 'unseen'"),
    )
    op.create_table(
        "seeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mtime", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("ingested", sa.Integer(), nullable=True),
        sa.Column("removal_accepted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seeds")),
        sa.UniqueConstraint("path", name=op.f("uq_seeds_path")),
    )
    op.create_index(op.f("ix_seeds_hash"), "seeds", ["hash"], unique=False)
    op.create_index(op.f("ix_seeds_status_path"), "seeds", ["status", "path"], unique=False)
    op.create_table(
        "entry_keys",
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrival"], ["entries.arrival"], name=op.f("fk_entry_keys_arrival")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_entry_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_entry_keys_arrival"), "entry_keys", ["arrival"], unique=False)
    op.create_table(
        "labels",
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["arrival"], ["entries.arrival"], name=op.f("fk_labels_arrival")),
        sa.PrimaryKeyConstraint("arrival", "kind", "rank", name=op.f("pk_labels")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "memberships",
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["arrival"], ["entries.arrival"], name=op.f("fk_memberships_arrival")
        ),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_memberships_channel")),
        sa.PrimaryKeyConstraint("channel", "arrival", name=op.f("pk_memberships")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_memberships_arrival"), "memberships", ["arrival"], unique=False)
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("edited", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("regions", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("countries", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("topics", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["arrival"], ["entries.arrival"], name=op.f("fk_sightings_arrival")
        ),
        sa.ForeignKeyConstraint(["seed"], ["seeds.id"], name=op.f("fk_sightings_seed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index(op.f("ix_sightings_arrival"), "sightings", ["arrival"], unique=False)
    op.create_index(
        op.f("ix_sightings_seed_ordinal"), "sightings", ["seed", "ordinal"], unique=False
    )
