"""An index of the seeds that somebody should look at; and one that no query uses is gone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the one, drop the other."""
    op.create_index(
        "ix_seeds_troubled",
        "seeds",
        ["path"],
        sqlite_where=sa.text("status <> 'accepted' OR problems <> '[]'"),
    )
    op.drop_index("ix_entry_keys_arrival", "entry_keys")
