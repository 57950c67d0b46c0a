"""Says which values a setting takes, by the model alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedsvc.settings.model import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping


def tell_expected(name: str) -> str:
    """What a setting takes, in words: `a whole number from 0 to 65535`."""
    schema = Settings.model_json_schema()
    field = schema["properties"][name]
    if "$ref" in field:
        return _tell(schema["$defs"][field["$ref"].rpartition("/")[2]])
    first, *others = field.get("anyOf", [field])
    may_be_absent = {"type": "null"} in others
    return _tell({"ge": field.get("ge"), **first}) + (", or nothing" if may_be_absent else "")


def _tell(shape: Mapping[str, Any]) -> str:
    match shape:
        case {"enum": [*names, last]}:
            words = f"{', '.join(names)} or {last}"
        case {"type": "boolean"}:
            words = "true or false"
        case {"type": "integer"}:
            words = f"a whole number {_tell_bounds(shape)}"
        case {"type": "number"}:
            words = f"a number {_tell_bounds(shape)}"
        case {"format": "path"}:
            words = "the path of a folder"
        case {"format": "zoneinfo"}:
            words = "a time zone such as Europe/Lisbon"
        case {"pattern": _, "ge": least}:  # what pydantic says of a ByteSize
            words = "a size such as 64MiB" + (f", {least} byte at least" if least else "")
        case {"minLength": _}:
            words = "a text that is not empty"
        case _:
            words = "a text"
    return words


def _tell_bounds(shape: Mapping[str, Any]) -> str:
    if "exclusiveMinimum" in shape:
        return f"above {shape['exclusiveMinimum']} and up to {shape['maximum']}"
    return f"from {shape['minimum']} to {shape['maximum']}"
