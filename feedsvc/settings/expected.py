"""Describes the values a setting accepts, derived from the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedsvc.settings.model import Settings


def describe_expected(name: str) -> str:
    """The values a setting accepts, in words: `a whole number from 0 to 65535`."""
    schema = Settings.model_json_schema()
    field = schema["properties"][name]
    if "$ref" in field:
        return _describe(schema["$defs"][field["$ref"].rpartition("/")[2]])
    first, *others = field.get("anyOf", [field])
    optional = {"type": "null"} in others
    return _describe({"ge": field.get("ge"), **first}) + (", or empty" if optional else "")


def _describe(shape: Mapping[str, Any]) -> str:
    match shape:
        case {"enum": [*names, last]}:
            words = f"{', '.join(names)} or {last}"
        case {"type": "boolean"}:
            words = "true or false"
        case {"type": "integer"}:
            words = f"a whole number {_describe_bounds(shape)}"
        case {"type": "number"}:
            words = f"a number {_describe_bounds(shape)}"
        case {"format": "path"}:
            words = "the path of a folder"
        case {"format": "uuid"}:
            words = "a UUID such as 6ba7b811-9dad-11d1-80b4-00c04fd430c8"
        case {"format": "zoneinfo"}:
            words = "a time zone such as Europe/Lisbon"
        case {"pattern": _, "ge": least}:  # pydantic's schema of a ByteSize
            words = "a size such as 64MiB" + (f", at least {least} byte" if least else "")
        case {"minLength": _}:
            words = "a text that is not empty"
        case _:
            words = "a text"
    return words


def _describe_bounds(shape: Mapping[str, Any]) -> str:
    if "exclusiveMinimum" in shape:
        return f"above {shape['exclusiveMinimum']} and up to {shape['maximum']}"
    return f"from {shape['minimum']} to {shape['maximum']}"
