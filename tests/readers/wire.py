"""The published entries, to compare with what readers show."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.running import Running


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An entry as a reader has it; `published` is an aware datetime."""

    id: str
    title: str
    link: str
    published: datetime


def published_entries(service: Running, channel: str = "all") -> set[Read]:
    """Return the entries of a channel, from its JSON Feed."""
    items = json.loads(service.get(f"/feeds/{channel}.json"))["items"]
    return {read_item(item) for item in items}


def read_item(item: dict[str, Any]) -> Read:
    """Read an item of a JSON Feed."""
    return Read(
        id=item["id"],
        title=item["title"],
        link=item["url"],
        published=datetime.fromisoformat(item["date_published"]),
    )
