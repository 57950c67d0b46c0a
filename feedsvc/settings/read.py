"""Settings from flags, environment, file and defaults, each value with its source."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_settings import EnvSettingsSource, TomlConfigSettingsSource

from feedsvc.settings.expected import tell_expected
from feedsvc.settings.model import Settings
from feedsvc.settings.values import mask_password, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX = "FEEDSVC_"
CONFIG = f"{PREFIX}CONFIG"
USUAL_FILES = (Path("feedsvc.toml"), Path("/etc/feedsvc/feedsvc.toml"))

# What Kubernetes sets for a Service called feedsvc, unless enableServiceLinks is false.
_SERVICE_LINK = re.compile(
    r"SERVICE_(HOST|PORT(_\w+)?)|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?",
)
_SERVICE_ADDRESS = re.compile(r"(tcp|udp|sctp)://", re.IGNORECASE)


class SettingsError(ValueError):
    """Settings that cannot be used: one line for each, naming setting, source and expectation."""

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
    """Settings, who set each (`sources`, by name), the file read and what was set aside."""

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
    """The settings in force; `flags` holds values by field name, None where not given.

    Raises:
        SettingsError: A name is unknown, a value out of bounds, or the file unreadable.
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
    """The environment's name for a setting: `feed_size` is `FEEDSVC_FEED_SIZE`."""
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
        f"{', '.join(sorted(links))}: set by Kubernetes for a Service of this name and not used; "
        "`enableServiceLinks: false` in the pod keeps them away"
    )
    return (note,)


def _flag_layer(flags: Mapping[str, Any]) -> _Layer:
    return _Layer(
        source=Source.FLAG,
        values={name: value for name, value in flags.items() if value is not None},
    )


class _GivenEnvironment(EnvSettingsSource):
    """Reads the environment it is given instead of the process' own."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(Settings)
        self.env_vars = {name.lower(): value for name, value in environ.items()}


def _environment_layer(own: Mapping[str, str]) -> _Layer:
    known = {environment_name(name) for name in Settings.model_fields} | {CONFIG}
    return _Layer(
        source=Source.ENVIRONMENT,
        values=_GivenEnvironment(own)(),
        unknown=tuple(
            f"{name} (environment) is no setting{_suggest(name, known)}"
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
            f"{name} ({file}) is no setting{_suggest(name, known)}"
            for name in values
            if name not in known
        ),
    )


def _read_file(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise SettingsError((f"{file}: no such file; expected a TOML file with settings",))
    try:
        return dict(TomlConfigSettingsSource(Settings, toml_file=file)())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError((f"{file}: expected a TOML file with settings: {error}",)) from error


def _suggest(name: str, known: set[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""


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
            continue  # base_url follows others, and one of those is the problem
        name = str(problem["loc"][0])
        where = _place(name, sources.get(name, Source.DEFAULT), file=file)
        if problem["type"] == "extra_forbidden":
            yield f"{where} is no setting{_suggest(name, set(Settings.model_fields))}"
            continue
        own = problem["type"] == "value_error"
        reason = problem["msg"] if own else f"expected {tell_expected(name)}"
        given = _tell_given(problem["input"])
        yield f"{where}: {reason.removeprefix('Value error, ')}, not {given}"


def _tell_given(value: object) -> str:
    """A value as it was written, its end cut off where it is long."""
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
