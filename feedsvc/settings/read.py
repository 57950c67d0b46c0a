"""Reads settings from flags, environment, file and defaults, and notes the source of each value."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from feedsvc.domain.near_names import closest
from feedsvc.settings.expected import describe_expected
from feedsvc.settings.model import Settings
from feedsvc.settings.values import mask_password, shorten

PREFIX = "FEEDSVC_"
CONFIG = f"{PREFIX}CONFIG"
USUAL_FILES = (Path("feedsvc.toml"), Path("/etc/feedsvc/feedsvc.toml"))

# Set by Kubernetes for a Service named feedsvc, unless enableServiceLinks is false.
_SERVICE_LINK = re.compile(
    r"SERVICE_(HOST|PORT(_\w+)?)|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?",
)
_SERVICE_ADDRESS = re.compile(r"(tcp|udp|sctp)://", re.IGNORECASE)


class SettingsError(ValueError):
    """The settings cannot be used; a line for each problem names setting, source and remedy."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Source(StrEnum):
    """Who set a value."""

    FLAG = "flag"
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """Settings, the source of each by name, the file read, and notes on what was ignored."""

    settings: Settings
    sources: Mapping[str, Source]
    file: Path | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    source: Source
    values: Mapping[str, Any]
    unknown: tuple[str, ...] = ()


def read_settings(
    *,
    environ: Mapping[str, str],
    flags: Mapping[str, Any] | None = None,
    config: Path | None = None,
    usual_files: tuple[Path, ...] = USUAL_FILES,
) -> Loaded:
    """Read the settings in force; `flags` holds values by field name, None for those not given.

    Raises:
        SettingsError: A name is unknown, a value is not allowed, or the file cannot be read.
    """
    file = _choose_file(config=config, environ=environ, usual_files=usual_files)
    own, links = _set_service_links_aside(environ)
    layers = (
        _flag_layer(flags or {}),
        _environment_layer(own),
        _file_layer(file),
    )
    problems = [problem for layer in layers for problem in layer.unknown]
    values, sources = _merge(layers)
    try:
        settings = Settings(**values)
    except ValidationError as error:
        problems += _explain(error, sources=sources, file=file)
    if problems:
        raise SettingsError(tuple(problems))
    return Loaded(
        settings=settings,
        sources={name: sources.get(name, Source.DEFAULT) for name in Settings.model_fields},
        file=file,
        notes=_note_links(links),
    )


def environment_name(name: str) -> str:
    """The environment variable of a setting: `FEEDSVC_FEED_SIZE` for `feed_size`."""
    return PREFIX + name.upper()


def _choose_file(
    *,
    config: Path | None,
    environ: Mapping[str, str],
    usual_files: tuple[Path, ...],
) -> Path | None:
    named = config or (Path(environ[CONFIG]) if environ.get(CONFIG) else None)
    return named or next((path for path in usual_files if path.is_file()), None)


def _set_service_links_aside(
    environ: Mapping[str, str],
) -> tuple[dict[str, str], tuple[str, ...]]:
    own = {name: value for name, value in environ.items() if name.startswith(PREFIX)}
    links = tuple(name for name, value in own.items() if _is_service_link(name, value))
    return {name: value for name, value in own.items() if name not in links}, links


def _is_service_link(name: str, value: str) -> bool:
    rest = name.removeprefix(PREFIX)
    if rest == "PORT":
        return bool(_SERVICE_ADDRESS.match(value))
    return bool(_SERVICE_LINK.fullmatch(rest))


def _note_links(links: tuple[str, ...]) -> tuple[str, ...]:
    if not links:
        return ()
    note = (
        f"{', '.join(sorted(links))}: ignored, since Kubernetes sets them for a Service of this "
        "name; set `enableServiceLinks: false` in the pod to avoid this"
    )
    return (note,)


def _flag_layer(flags: Mapping[str, Any]) -> _Layer:
    return _Layer(
        source=Source.FLAG,
        values={name: value for name, value in flags.items() if value is not None},
    )


def _environment_layer(own: Mapping[str, str]) -> _Layer:
    names = {environment_name(name): name for name in Settings.model_fields}
    known = {*names, CONFIG}
    return _Layer(
        source=Source.ENVIRONMENT,
        values={names[key]: value for key, value in own.items() if key in names},
        unknown=tuple(
            f"unknown setting {name}{_suggest(name, known)}"
            for name in sorted(own)
            if name not in known
        ),
    )


def _file_layer(file: Path | None) -> _Layer:
    if file is None:
        return _Layer(source=Source.FILE, values={})
    values = _read_file(file)
    known = set(Settings.model_fields)
    return _Layer(
        source=Source.FILE,
        values={name: value for name, value in values.items() if name in known},
        unknown=tuple(
            f"unknown setting {name} in {file}{_suggest(name, known)}"
            for name in values
            if name not in known
        ),
    )


def _read_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise SettingsError((f"{file}: no such file; --config or {CONFIG} must name a TOML file",))
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError((f"{file}: cannot be read as TOML: {error}",)) from error


def _suggest(name: str, known: set[str]) -> str:
    near = closest(name, known)
    return f"; did you mean {near}?" if near else ""


def _merge(layers: tuple[_Layer, ...]) -> tuple[dict[str, Any], dict[str, Source]]:
    values: dict[str, Any] = {}
    sources: dict[str, Source] = {}
    for layer in layers:
        for name, value in layer.values.items():
            if name not in values:
                values[name], sources[name] = value, layer.source
    return values, sources


def _explain(
    error: ValidationError,
    *,
    sources: Mapping[str, Source],
    file: Path | None,
) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_context=False):
        if problem["type"] == "default_factory_not_called":
            continue  # base_url is made from other settings, and the problem is one of those
        name = str(problem["loc"][0])
        source = sources.get(name, Source.DEFAULT)
        if problem["type"] == "extra_forbidden":
            flag = _place(name, source, file=file)
            yield f"unknown setting {flag}{_suggest(name, set(Settings.model_fields))}"
            continue
        own = problem["type"] == "value_error"
        reason = problem["msg"] if own else f"must be {describe_expected(name)}"
        given = _format_given(problem["input"])
        where = _place(name, source, file=file)
        yield f"{where}: {reason.removeprefix('Value error, ')} (got {given})"


def _format_given(value: object) -> str:
    """A value as it was written, shortened if it is long."""
    written = str(value).lower() if isinstance(value, bool) else repr(value)
    return shorten(mask_password(written))


def _place(name: str, source: Source, *, file: Path | None) -> str:
    match source:
        case Source.FLAG:
            return f"{name} (flag --{name.replace('_', '-')})"
        case Source.ENVIRONMENT:
            return f"{name} (environment {environment_name(name)})"
        case Source.FILE:
            return f"{name} ({file})"
        case Source.DEFAULT:
            return f"{name} (default)"
