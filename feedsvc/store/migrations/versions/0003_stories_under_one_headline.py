"""Kickers, sections, ids of sources, keys that several entries own, and skipped files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ADDED = (
    ("entries", "kicker"),
    ("entries", "section"),
    ("sightings", "kicker"),
    ("sightings", "section"),
    ("sightings", "source_id"),
)


def upgrade() -> None:
    """Add the columns; every entry keeps its id and its keys."""
    for table, column in ADDED:
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default=""))
    op.create_table(
        "entry_keys_of_several",
        sa.Column("key", sa.Uuid, nullable=False),
        sa.Column("arrival", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["arrival"], ["entries.arrival"], name="fk_entry_keys_arrival"),
        sa.PrimaryKeyConstraint("key", "arrival", name="pk_entry_keys"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO entry_keys_of_several SELECT key, arrival FROM entry_keys")
    op.drop_table("entry_keys")
    op.rename_table("entry_keys_of_several", "entry_keys")
    op.create_index("ix_entry_keys_arrival", "entry_keys", ["arrival"])
    op.create_table(
        "skipped_files",
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_skipped_files"),
        sqlite_with_rowid=False,
    )
