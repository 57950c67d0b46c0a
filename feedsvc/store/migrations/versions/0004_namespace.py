"""The namespace in which a database's ids are made; those from before keep the common one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

COMMON = "6f1c1f0e3f6b5b0e9a350d5f7c6a4e21"


def upgrade() -> None:
    """Add the column; every entry and feed keeps its id."""
    op.add_column("clock", sa.Column("namespace", sa.Uuid, nullable=False, server_default=COMMON))
