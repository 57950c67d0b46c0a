"""Settings as rows for people: name, value, who set it, meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ByteSize

from feedsvc.settings.model import Settings
from feedsvc.settings.values import mask_password

if TYPE_CHECKING:
    from feedsvc.settings.read import Loaded, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """One setting as it is told; a password inside of a value is masked."""

    name: str
    value: str
    source: Source
    meaning: str


def describe_settings(loaded: Loaded) -> tuple[SettingRow, ...]:
    """A row for every setting, in the order of the model."""
    return tuple(
        SettingRow(
            name=name,
            value=show_value(getattr(loaded.settings, name)),
            source=loaded.sources[name],
            meaning=field.description or "",
        )
        for name, field in Settings.model_fields.items()
    )


def show_value(value: object) -> str:
    """A value as one would write it in the environment; absent ones are empty."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case ByteSize():
            return value.human_readable()
        case tuple():
            return ", ".join(str(part) for part in value)
        case _:
            return mask_password(str(value))
