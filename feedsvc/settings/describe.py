"""Describes settings for people: name, value, source, meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass

from pydantic import ByteSize

from feedsvc.settings.model import Settings
from feedsvc.settings.read import Loaded, Source
from feedsvc.settings.values import mask_password


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """A setting as it is shown; a password in its value is masked."""

    name: str
    value: str
    source: Source
    meaning: str


def describe_settings(loaded: Loaded) -> tuple[SettingRow, ...]:
    """A row for every setting, in the order of the model."""
    return tuple(
        SettingRow(
            name=name,
            value=format_value(getattr(loaded.settings, name)),
            source=loaded.sources[name],
            meaning=field.description or "",
        )
        for name, field in Settings.model_fields.items()
    )


def format_value(value: object) -> str:
    """A value as written in an environment variable; empty for None."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case ByteSize():
            return value.human_readable()
        case tuple():
            return ", ".join(str(part) for part in value)
        case Mapping():
            return json.dumps(dict(map(_plain_item, value.items()))) if value else ""
        case _:
            return mask_password(str(value))


def _plain_item(item: tuple[str, object]) -> tuple[str, object]:
    """A table's item as JSON writes it; what is empty is left out."""
    name, value = item
    if not is_dataclass(value) or isinstance(value, type):
        return name, value
    return name, {key: one for key, one in asdict(value).items() if one}
