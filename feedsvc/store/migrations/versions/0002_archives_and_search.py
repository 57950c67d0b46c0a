"""Archive pages of channels, and full-text search over titles and texts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SEARCH = (
    """
    CREATE VIRTUAL TABLE search USING fts5(
        title, text, content='entries', content_rowid='arrival',
        tokenize="unicode61 remove_diacritics 2"
    )
    """,
    """
    CREATE TRIGGER search_insert AFTER INSERT ON entries BEGIN
        INSERT INTO search(rowid, title, text) VALUES (new.arrival, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER search_update AFTER UPDATE OF title, text ON entries
    WHEN old.title IS NOT new.title OR old.text IS NOT new.text BEGIN
        INSERT INTO search(search, rowid, title, text)
        VALUES ('delete', old.arrival, old.title, old.text);
        INSERT INTO search(rowid, title, text) VALUES (new.arrival, new.title, new.text);
    END
    """,
    "INSERT INTO search(search) VALUES ('rebuild')",
)


def upgrade() -> None:
    """Add tables and triggers; existing channels get their pages as they change."""
    op.add_column("channels", sa.Column("archives", sa.Integer, nullable=False, server_default="0"))
    op.add_column("channels", sa.Column("archived", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "archives",
        sa.Column("channel", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=op.f("fk_archives_channel")),
        sa.PrimaryKeyConstraint("channel", "page", name=op.f("pk_archives")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_archives_channel_last"), "archives", ["channel", "last"])
    for statement in SEARCH:
        op.execute(statement)
