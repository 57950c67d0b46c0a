"""Where settings come from, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from feedsvc.settings import Loaded, Settings, SettingsError, Source, read_settings


def read(environ: dict[str, str] | None = None, **arguments: Any) -> Loaded:
    return read_settings(environ=environ or {}, usual_files=(), **arguments)


def problems(environ: dict[str, str] | None = None, **arguments: Any) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        read(environ, **arguments)
    return caught.value.problems


def toml(folder: Path, text: str) -> Path:
    path = folder / "feedsvc.toml"
    path.write_text(text)
    return path


def test_without_anything_defaults_hold() -> None:
    loaded = read()
    assert loaded.settings == Settings()
    assert set(loaded.sources.values()) == {Source.DEFAULT}
    assert loaded.file is None
    assert loaded.notes == ()


def test_a_flag_outranks_the_environment_and_that_the_file(tmp_path: Path) -> None:
    config = toml(tmp_path, 'title = "file"\nfeed_size = 7\nport = 1\n')
    loaded = read(
        {"FEEDSVC_FEED_SIZE": "8", "FEEDSVC_PORT": "2"},
        flags={"port": 3, "host": None},
        config=config,
    )
    settings, sources = loaded.settings, loaded.sources
    assert (settings.title, sources["title"]) == ("file", Source.FILE)
    assert (settings.feed_size, sources["feed_size"]) == (8, Source.ENVIRONMENT)
    assert (settings.port, sources["port"]) == (3, Source.FLAG)
    assert (settings.host, sources["host"]) == ("127.0.0.1", Source.DEFAULT)
    assert loaded.file == config


def test_the_file_is_named_by_flag_then_environment_then_custom(tmp_path: Path) -> None:
    named, usual = tmp_path / "named.toml", tmp_path / "usual.toml"
    named.write_text("port = 1\n")
    usual.write_text("port = 2\n")
    by_environment = {"FEEDSVC_CONFIG": str(named)}
    usual_files = (tmp_path / "absent.toml", usual)
    assert read_settings(environ={}, usual_files=usual_files).settings.port == 2
    assert read_settings(environ=by_environment, usual_files=usual_files).settings.port == 1
    loaded = read_settings(environ=by_environment, usual_files=usual_files, config=usual)
    assert loaded.settings.port == 2


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"FEEDSVC_TRUSTED_PROXIES": "10.0.0.1/8, ::1"}, ("10.0.0.0/8", "::1/128")),
        ({"FEEDSVC_TRUSTED_PROXIES": ""}, ()),
    ],
)
def test_a_list_is_written_with_commas(environ: dict[str, str], expected: tuple[str, ...]) -> None:
    assert tuple(map(str, read(environ).settings.trusted_proxies)) == expected


def test_a_list_of_the_file_is_a_list(tmp_path: Path) -> None:
    config = toml(tmp_path, 'trusted_proxies = ["10.0.0.1"]\n')
    assert str(read(config=config).settings.trusted_proxies[0]) == "10.0.0.1/32"


def test_sizes_have_units_and_empty_optional_values_are_unset() -> None:
    settings = read(
        {
            "FEEDSVC_CACHE_BYTES": "3MiB",
            "FEEDSVC_METRICS_PORT": "",
            "FEEDSVC_TAXONOMY_DIR": "",
            "FEEDSVC_ROLLING": "yes",
            "FEEDSVC_TIMEZONE": "Asia/Almaty",
        },
    ).settings
    assert settings.cache_bytes == 3 * 1024**2
    assert settings.metrics_port is None
    assert settings.taxonomy_dir is None
    assert settings.rolling
    assert str(settings.timezone) == "Asia/Almaty"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "http://127.0.0.1:8080"),
        ({"FEEDSVC_PORT": "9"}, "http://127.0.0.1:9"),
        ({"FEEDSVC_HOST": "0.0.0.0"}, "http://127.0.0.1:8080"),  # noqa: S104
        ({"FEEDSVC_HOST": "::"}, "http://[::1]:8080"),
        ({"FEEDSVC_HOST": "news.example"}, "http://news.example:8080"),
        ({"FEEDSVC_BASE_URL": "https://news.example/feeds/"}, "https://news.example/feeds"),
    ],
)
def test_the_base_url_follows_host_and_port(environ: dict[str, str], expected: str) -> None:
    assert read(environ).settings.base_url == expected


def test_unknown_names_are_errors_with_the_nearest_known_one(tmp_path: Path) -> None:
    config = toml(tmp_path, "titel = 'x'\n[table]\na = 1\n")
    assert problems({"FEEDSVC_PROT": "1"}, config=config) == (
        "FEEDSVC_PROT (environment) is no setting; did you mean FEEDSVC_PORT?",
        f"titel ({config}) is no setting; did you mean title?",
        f"table ({config}) is no setting; did you mean title?",
    )


def test_an_unknown_flag_is_an_error_too() -> None:
    assert problems(flags={"nonsense": 1}) == (
        "nonsense (flag --nonsense): Extra inputs are not permitted, not 1",
    )


def test_variables_of_other_programs_are_none_of_ours() -> None:
    assert read({"PATH": "/bin", "FEED": "1"}).settings == Settings()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("port", "abc", "Input should be a valid integer"),
        ("port", "65536", "Input should be less than or equal to 65535"),
        ("feed_size", "0", "Input should be greater than or equal to 1"),
        ("base_url", "news.example", "expected an http or https URL"),
        ("base_url", "https://user@news.example", "expected an http or https URL"),
        ("base_url", "https://news.example/?a=b", "expected an http or https URL"),
        ("base_url", 'https://news.example/">', "expected an http or https URL"),
        ("database_url", "mysql://h/d", "expected sqlite+aiosqlite:///PATH"),
        ("database_url", "sqlite+aiosqlite:///", "expected sqlite+aiosqlite:///PATH"),
        ("language", "english!", "expected a BCP 47 language tag"),
        ("timezone", "Mars/Olympus", "invalid timezone"),
        ("trusted_proxies", "proxy", "'proxy' is none"),
        ("log_level", "loud", "Input should be 'debug', 'info', 'warning' or 'error'"),
        ("title", "", "String should have at least 1 character"),
    ],
)
def test_an_error_names_setting_source_and_expectation(
    name: str,
    value: str,
    expected: str,
) -> None:
    (problem,) = problems({f"FEEDSVC_{name.upper()}": value})
    assert problem.startswith(f"{name} (environment FEEDSVC_{name.upper()}): ")
    assert expected in problem
    assert problem.endswith(f"not {value!r}")


def test_an_error_in_the_file_names_the_file_and_one_in_a_flag_the_flag(tmp_path: Path) -> None:
    config = toml(tmp_path, "port = -1\ntrusted_proxies = 1\n")
    (first, second) = problems(config=config)
    assert first.startswith(f"port ({config}): ")
    assert second.startswith(f"trusted_proxies ({config}): expected addresses")
    (flag,) = problems(flags={"feed_size": "x"})
    assert flag.startswith("feed_size (flag --feed-size): ")


def test_a_password_is_not_repeated_in_an_error() -> None:
    (problem,) = problems({"FEEDSVC_DATABASE_URL": "postgresql://me:secret@host/d"})
    assert "secret" not in problem


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    config = tmp_path / "feedsvc.toml"
    if content is not None:
        config.write_bytes(content)
    (problem,) = problems(config=config)
    assert problem.startswith(f"{config}: ")
    assert "expected a TOML file with settings" in problem


def test_what_kubernetes_sets_for_a_service_is_set_aside_and_told() -> None:
    links = {
        "FEEDSVC_PORT": "tcp://10.0.0.7:80",
        "FEEDSVC_PORT_80_TCP": "tcp://10.0.0.7:80",
        "FEEDSVC_PORT_80_TCP_ADDR": "10.0.0.7",
        "FEEDSVC_PORT_80_TCP_PORT": "80",
        "FEEDSVC_PORT_80_TCP_PROTO": "tcp",
        "FEEDSVC_SERVICE_HOST": "10.0.0.7",
        "FEEDSVC_SERVICE_PORT": "80",
        "FEEDSVC_SERVICE_PORT_HTTP": "80",
    }
    loaded = read(links)
    assert loaded.settings == Settings()
    (note,) = loaded.notes
    assert all(name in note for name in links)
    assert "enableServiceLinks" in note


def test_a_base_url_that_cannot_be_made_is_an_error_too() -> None:
    (problem,) = problems({"FEEDSVC_HOST": "a b"})
    assert problem.startswith("base_url (default): expected an http or https URL")
