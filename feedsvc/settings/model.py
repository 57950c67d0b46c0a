"""Every setting with its type, bounds, default and meaning."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ByteSize, Field
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from feedsvc.settings.values import (
    Network,
    absent_if_empty,
    base_url_of,
    check_base_url,
    check_database_url,
    check_host,
    check_language,
    networks_of,
)

Port = Annotated[int, Field(ge=0, le=65535)]
Seconds = Annotated[int, Field(ge=0, le=31_536_000)]


class LogLevel(StrEnum):
    """The least severe lines that are written."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How log lines look; `AUTO` is pretty on a terminal and JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    PRETTY = "pretty"


class Settings(BaseSettings):
    """All settings, checked; a field's description is what people are told of it."""

    model_config = SettingsConfigDict(
        env_prefix="FEEDSVC_",
        extra="forbid",
        frozen=True,
        str_strip_whitespace=True,
        validate_default=True,
    )

    seeds_dir: Path = Field(Path("seeds"), description="Folder with the listings to publish.")
    database_url: Annotated[str, AfterValidator(check_database_url)] = Field(
        "sqlite+aiosqlite:///var/feedsvc.db",
        description="Where entries are stored; three slashes for a relative path, four for an "
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
        description="Public address of the service, with its path prefix if it has one. All links "
        "in feeds and pages start with it. Default: made from host and port.",
    )

    title: str = Field(
        "Listings",
        min_length=1,
        description="Name of the whole, at the head of feeds and pages.",
    )
    publisher: str = Field(
        "feedsvc",
        min_length=1,
        description="Name of who publishes: the author of every feed.",
    )
    language: Annotated[str, AfterValidator(check_language)] = Field(
        "en",
        description="Language of the listings as a BCP 47 tag.",
    )
    rights: str = Field("", description="Copyright line of every feed; empty for none.")

    feed_size: int = Field(50, ge=1, le=1000, description="Entries in a feed document.")
    ttl: int = Field(
        15,
        ge=1,
        le=10_080,
        description="Minutes that readers are asked to wait between two polls.",
    )
    max_age: Seconds = Field(60, description="Seconds that caches may keep a feed or page.")
    stale_while_revalidate: Seconds = Field(
        600,
        description="Seconds that a cache may go on to serve a stale answer while it asks anew.",
    )
    stale_if_error: Seconds = Field(
        86_400,
        description="Seconds that a cache may serve a stale answer while the service fails.",
    )
    cache_bytes: ByteSize = Field(
        ByteSize(64 * 1024**2),
        ge=0,
        description="Memory for finished documents, such as 64MiB; the least used go first.",
    )

    max_seed_bytes: ByteSize = Field(
        ByteSize(10 * 1024**2),
        ge=1,
        description="Largest seed that is read, such as 10MiB; a larger one is rejected.",
    )
    rolling: bool = Field(
        default=False,
        description="Keep entries that merely dropped off a listing.",
    )
    timezone: ZoneInfo = Field(
        ZoneInfo("UTC"),
        description="Zone of stated dates that name none, such as Europe/Lisbon.",
    )
    poll: bool = Field(
        default=False,
        description="Look for changes by polling: for network and some container mounts.",
    )
    settle_seconds: float = Field(
        0.5,
        ge=0,
        le=60,
        description="Seconds for which a file has to stand still before it is read.",
    )
    rescan_seconds: float = Field(
        30,
        ge=0.1,
        le=86_400,
        description="Seconds between two scans of the whole folder, events or not.",
    )
    taxonomy_dir: Annotated[Path | None, BeforeValidator(absent_if_empty)] = Field(
        None,
        description="Folder with vocabulary files that extend the built-in ones.",
    )
    show_file_names: bool = Field(
        default=False,
        description="Show everybody the names of seeds and the details of what is amiss.",
    )

    metrics_port: Annotated[Port | None, BeforeValidator(absent_if_empty)] = Field(
        None,
        description="Port of /metrics alone; without it, /metrics is on the main port.",
    )
    rate_limit: float = Field(
        0,
        ge=0,
        le=10_000,
        description="Requests a second that one address may make in the long run; 0: no limit.",
    )
    rate_burst: int = Field(
        1000,
        ge=1,
        le=100_000,
        description="Requests that one address may make at once before the rate limit counts.",
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(networks_of)] = Field(
        (),
        description="Addresses or networks of proxies whose X-Forwarded-For is believed, "
        "separated by commas.",
    )
    idle_seconds: float = Field(
        75,
        gt=0,
        le=3600,
        description="Seconds after which a connection is closed that sends no request, or does "
        "not take its answer.",
    )
    header_seconds: float = Field(
        10,
        gt=0,
        le=600,
        description="Seconds within which the head of a request has to be complete.",
    )
    max_connections: int = Field(
        1000,
        ge=1,
        le=1_000_000,
        description="Connections open at once; further ones are answered 503 and closed.",
    )
    shutdown_seconds: float = Field(
        20,
        gt=0,
        le=600,
        description="Seconds that open requests get to finish when the service stops.",
    )

    log_level: LogLevel = Field(
        LogLevel.INFO,
        description="Least severe lines that are logged: debug, info, warning or error.",
    )
    log_format: LogFormat = Field(
        LogFormat.AUTO,
        description="json, pretty, or auto: pretty on a terminal and JSON elsewhere.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Values as given alone: `read_settings` asks each source, to know which one spoke."""
        return (init_settings,)
