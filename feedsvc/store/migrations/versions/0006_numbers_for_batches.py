"""Numbers with which a batch of files is decided without asking about each channel and entry."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COUNT_OPEN = """
    UPDATE channels SET open = (
        SELECT count(*) FROM memberships
        WHERE memberships.channel = channels.id AND memberships.arrival > channels.archived
    )
"""


def upgrade() -> None:
    """Add and fill the columns; digests are filled as files are read again."""
    op.add_column("channels", sa.Column("open", sa.Integer, nullable=False, server_default="0"))
    op.execute(COUNT_OPEN)
    op.add_column("sightings", sa.Column("digest", sa.BigInteger, nullable=True))
