"""Drafts as plain values, the way that examples and golden files write them."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC
from functools import cache
from typing import Any

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reading import ReadingRules
from feedsvc.services.vocabulary import load_vocabulary


@cache
def real_rules() -> ReadingRules:
    """Rules over all regions, countries and topics."""
    return ReadingRules(taxonomy=load_vocabulary().taxonomy, zone=UTC)


def describe(draft: Draft) -> dict[str, Any]:
    """What a draft states, without what it leaves empty."""
    stated = {field.name: getattr(draft.stated, field.name) for field in fields(Stated)}
    told = {
        name: list(value) if isinstance(value, tuple) else value for name, value in stated.items()
    }
    told |= {"date": draft.date.isoformat() if draft.date else "", "line": draft.line}
    return {name: value for name, value in told.items() if value not in ("", None)}
