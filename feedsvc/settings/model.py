"""Defines every setting: type, bounds, default, meaning."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ByteSize, ConfigDict, Field

from feedsvc.domain.identity import namespace_of
from feedsvc.domain.reading.item import Selectors
from feedsvc.domain.reading.lengths import MAX_TEASER_CHARS
from feedsvc.settings.tables import parse_columns, parse_selectors
from feedsvc.settings.values import (
    Network,
    base_url_of,
    check_base_url,
    check_database_url,
    check_host,
    check_language,
    none_if_empty,
    parse_networks,
    parse_processes,
)
from feedsvc.store.database import DEFAULT_URL, Database

Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[int, Field(ge=0, le=31_536_000)]


class LogLevel(StrEnum):
    """The lowest level that is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How log lines look; `AUTO` means pretty on a terminal and JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    PRETTY = "pretty"


class Settings(BaseModel):
    """All settings, validated; a field's description is its help text."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        validate_default=True,
    )

    seeds_dir: Path = Field(Path("seeds"), description="Folder with the files to publish.")
    database_url: Annotated[str, AfterValidator(check_database_url)] = Field(
        DEFAULT_URL,
        description="Where entries are stored. Three slashes for a relative path, four for an "
        "absolute one.",
    )
    host: Annotated[str, AfterValidator(check_host)] = Field(
        "127.0.0.1",
        min_length=1,
        description="Address to listen on; 0.0.0.0 or :: for all.",
    )
    port: Port = Field(8080, description="Port to listen on; 0 picks a free one.")
    base_url: Annotated[str, AfterValidator(check_base_url)] = Field(
        default_factory=base_url_of,
        description="Public address of the service, including any path prefix. All links in feeds "
        "and pages start with it. Default: made from host and port.",
    )
    namespace: Annotated[UUID | None, BeforeValidator(none_if_empty)] = Field(
        None,
        description="UUID from which the IDs of entries and feeds are made. Used only when the "
        "database is created. Default: made from base_url.",
    )

    title: str = Field(
        "Listings",
        min_length=1,
        description="Site title, shown on pages and in feeds.",
    )
    publisher: str = Field(
        "feedsvc",
        min_length=1,
        description="Publisher name, used as the author of every feed.",
    )
    language: Annotated[str, AfterValidator(check_language)] = Field(
        "en",
        description="Language of the entries, as a BCP 47 tag.",
    )
    rights: str = Field("", description="Copyright line of every feed; empty for none.")

    feed_size: int = Field(50, ge=1, le=1000, description="Entries in a feed.")
    ttl: int = Field(
        15,
        ge=1,
        le=10_080,
        description="Minutes that feed readers are asked to wait between polls.",
    )
    processes: Annotated[int | Literal["auto"], BeforeValidator(parse_processes)] = Field(
        1,
        description="Processes that answer requests; auto for one per processor.",
    )
    max_age: Seconds = Field(60, description="Seconds that caches may keep a feed or page.")
    stale_while_revalidate: Seconds = Field(
        600,
        description="Seconds that a cache may serve an outdated copy while it fetches a new one.",
    )
    stale_if_error: Seconds = Field(
        86_400,
        description="Seconds that a cache may serve an outdated copy while the service is down.",
    )
    cache_bytes: ByteSize = Field(
        ByteSize(64 * 1024**2),
        ge=0,
        description="Memory for finished feeds, e.g. 64MiB; the least recently used are dropped.",
    )

    max_seed_bytes: ByteSize = Field(
        ByteSize(10 * 1024**2),
        ge=1,
        description="Largest file to read, e.g. 10MiB; larger ones are rejected.",
    )
    rolling: bool = Field(
        default=False,
        description="Keep entries published after they are deleted from a file.",
    )
    timezone: ZoneInfo = Field(
        ZoneInfo("UTC"),
        description="Time zone for dates without one, e.g. Europe/Lisbon.",
    )
    day_first: bool = Field(
        default=True,
        description="Read 03/04/2026 as 3 April; false reads it as March 4.",
    )
    verbatim: bool = Field(
        default=False,
        description="Keep every line of plain text files as text: recognise no bylines, dates or "
        "page furniture.",
    )
    teaser_only: bool = Field(
        default=False,
        description="Publish only the first paragraph below a headline; false joins the others "
        "to it.",
    )
    max_teaser_chars: int = Field(
        MAX_TEASER_CHARS,
        ge=500,
        le=10_000_000,
        description="Most characters of a teaser that are published; longer ones are cut between "
        "words.",
    )
    table_columns: Annotated[dict[str, str], BeforeValidator(parse_columns)] = Field(
        default_factory=dict,
        description="What the columns of your tables mean, if their names do not say so.",
    )
    html_selectors: Annotated[dict[str, Selectors], BeforeValidator(parse_selectors)] = Field(
        default_factory=dict,
        description="CSS selectors that say where HTML pages have their entries, by file or "
        "folder.",
    )
    poll: bool = Field(
        default=False,
        description="Find changes by polling, for network drives and some container mounts.",
    )
    settle_seconds: float = Field(
        0.5,
        ge=0,
        le=60,
        description="Seconds a file must be unchanged before it is read.",
    )
    rescan_seconds: float = Field(
        30,
        ge=0.1,
        le=86_400,
        description="Seconds between scans of the whole folder, even if nothing seems to change.",
    )
    taxonomy_dir: Annotated[Path | None, BeforeValidator(none_if_empty)] = Field(
        None,
        description="Folder with vocabulary files that extend the built-in ones.",
    )
    show_file_names: bool = Field(
        default=False,
        description="Show file names, lines of files and error details on the public status page "
        "and in the API.",
    )

    metrics_port: Annotated[Port | None, BeforeValidator(none_if_empty)] = Field(
        None,
        description="Separate port for /metrics; without it, /metrics is on the main port.",
    )
    query_seconds: float = Field(
        0.2,
        gt=0,
        le=60,
        description="Seconds that a search may take; one that takes longer is refused.",
    )
    rate_limit: float = Field(
        0,
        ge=0,
        le=10_000,
        description="Sustained requests per second allowed per client; 0 for no limit.",
    )
    rate_burst: int = Field(
        1000,
        ge=1,
        le=100_000,
        description="Requests that a client may make at once before the rate limit applies.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], BeforeValidator(parse_networks)] = Field(
        (),
        description="Addresses or networks of proxies whose X-Forwarded-For is trusted, "
        "separated by commas.",
    )
    idle_seconds: float = Field(
        75,
        gt=0,
        le=3600,
        description="Close a connection when the client sends no request, or does not read its "
        "answer, for this many seconds.",
    )
    header_seconds: float = Field(
        10,
        gt=0,
        le=600,
        description="Seconds a client may take to send the headers of a request.",
    )
    max_connections: int = Field(
        1000,
        ge=1,
        le=1_000_000,
        description="Most connections open at once; more are answered 503 and closed.",
    )
    shutdown_seconds: float = Field(
        20,
        gt=0,
        le=600,
        description="Seconds that open requests get to finish when the service stops.",
    )

    log_level: LogLevel = Field(
        LogLevel.INFO,
        description="Minimum log level: debug, info, warning or error.",
    )
    log_format: LogFormat = Field(
        LogFormat.AUTO,
        description="json, pretty or auto; auto means pretty on a terminal and JSON elsewhere.",
    )

    @property
    def database(self) -> Database:
        """The database that `database_url` names."""
        return Database.from_url(self.database_url)

    @property
    def initial_namespace(self) -> UUID:
        """The namespace of ids if the database is created now."""
        return self.namespace or namespace_of(self.base_url)
