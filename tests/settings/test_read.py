"""Where settings come from, and which are rejected."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_DNS, NAMESPACE_URL, uuid5

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


def test_defaults_apply_when_nothing_is_set() -> None:
    loaded = read()
    assert loaded.settings == Settings()
    assert set(loaded.sources.values()) == {Source.DEFAULT}
    assert loaded.file is None
    assert loaded.notes == ()


def test_flags_take_precedence_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
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


def test_the_file_is_found_by_flag_then_environment_then_usual_place(tmp_path: Path) -> None:
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
def test_a_list_in_the_environment_is_separated_by_commas(
    environ: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert tuple(map(str, read(environ).settings.trusted_proxies)) == expected


@pytest.mark.parametrize(("given", "read_as"), [("1", 1), (" 64 ", 64), ("auto", "auto")])
def test_processes_are_a_number_or_as_many_as_there_are_processors(
    given: str, read_as: int | str
) -> None:
    assert read({"FEEDSVC_PROCESSES": given}).settings.processes == read_as


@pytest.mark.parametrize("given", ["0", "65", "-1", "1.5", "many", ""])
def test_another_number_of_processes_is_an_error(given: str) -> None:
    (problem,) = problems({"FEEDSVC_PROCESSES": given})
    assert problem == (
        "processes (environment FEEDSVC_PROCESSES): must be auto or a whole number from 1 to 64 "
        f"(got {given!r})"
    )


def test_a_list_in_the_file_is_a_list(tmp_path: Path) -> None:
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
def test_the_base_url_is_made_from_host_and_port(environ: dict[str, str], expected: str) -> None:
    assert read(environ).settings.base_url == expected


def test_the_namespace_of_a_new_database_is_made_from_the_base_url() -> None:
    unset = read({"FEEDSVC_BASE_URL": "https://news.example/", "FEEDSVC_NAMESPACE": ""}).settings
    assert unset.namespace is None
    assert unset.initial_namespace == uuid5(NAMESPACE_URL, "https://news.example")


def test_a_stated_namespace_counts_whatever_the_base_url() -> None:
    stated = {"FEEDSVC_BASE_URL": "https://news.example", "FEEDSVC_NAMESPACE": str(NAMESPACE_DNS)}
    assert read(stated).settings.initial_namespace == NAMESPACE_DNS


def test_unknown_names_are_errors_that_suggest_a_known_one(tmp_path: Path) -> None:
    config = toml(tmp_path, "titel = 'x'\n[table]\na = 1\n")
    assert problems({"FEEDSVC_PROT": "1"}, config=config) == (
        "unknown setting FEEDSVC_PROT; did you mean FEEDSVC_PORT?",
        f"unknown setting titel in {config}; did you mean title?",
        f"unknown setting table in {config}; did you mean title?",
    )


def test_an_unknown_flag_is_an_error_too() -> None:
    assert problems(flags={"nonsense": 1}) == ("unknown setting nonsense (flag --nonsense)",)


def test_variables_of_other_programs_are_ignored() -> None:
    assert read({"PATH": "/bin", "FEED": "1"}).settings == Settings()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("port", "abc", "must be a whole number from 0 to 65535"),
        ("port", "65536", "must be a whole number from 0 to 65535"),
        ("port", "1.5", "must be a whole number from 0 to 65535"),
        ("metrics_port", "x", "must be a whole number from 0 to 65535, or empty"),
        ("feed_size", "0", "must be a whole number from 1 to 1000"),
        ("rescan_seconds", "0", "must be a number from 0.1 to 86400"),
        ("idle_seconds", "-1", "must be a number above 0 and up to 3600"),
        ("rolling", "perhaps", "must be true or false"),
        ("cache_bytes", "64 boxes", "must be a size such as 64MiB"),
        ("max_seed_bytes", "0", "must be a size such as 64MiB, at least 1 byte"),
        ("host", "a b", "must be an IP address or a host name"),
        ("host", "", "must be a text that is not empty"),
        ("host", "news.example/x", "must be an IP address or a host name"),
        ("base_url", "news.example", "must be a full URL, such as https://example.org/news"),
        (
            "base_url",
            "https://user@news.example",
            "must be a full URL, such as https://example.org/news",
        ),
        (
            "base_url",
            "https://news.example/?a=b",
            "must be a full URL, such as https://example.org/news",
        ),
        (
            "base_url",
            'https://news.example/">',
            "must be a full URL, such as https://example.org/news",
        ),
        ("namespace", "news", "must be a UUID such as"),
        ("database_url", "mysql://h/d", "must be sqlite+aiosqlite:///PATH"),
        ("database_url", "sqlite+aiosqlite:///", "must be sqlite+aiosqlite:///PATH"),
        ("language", "english!", "must be a BCP 47 language tag"),
        ("timezone", "Mars/Olympus", "must be a time zone such as Europe/Lisbon"),
        ("trusted_proxies", "proxy", "must be addresses or networks such as 10.0.0.0/8 (got"),
        ("trusted_proxies", "10.0.0.1, proxy", "; 'proxy' is not one"),
        ("log_level", "loud", "must be debug, info, warning or error"),
        ("log_format", "xml", "must be auto, json or pretty"),
        ("title", "", "must be a text that is not empty"),
    ],
)
def test_an_error_names_setting_source_and_allowed_values(
    name: str,
    value: str,
    expected: str,
) -> None:
    (problem,) = problems({f"FEEDSVC_{name.upper()}": value})
    assert problem.startswith(f"{name} (environment FEEDSVC_{name.upper()}): ")
    assert expected in problem
    assert problem.endswith(f"(got {value!r})")


def test_an_error_names_the_file_or_the_flag_it_comes_from(tmp_path: Path) -> None:
    config = toml(tmp_path, "port = -1\ntrusted_proxies = 1\n")
    (first, second) = problems(config=config)
    assert first.startswith(f"port ({config}): ")
    assert second.startswith(f"trusted_proxies ({config}): must be addresses")
    (flag,) = problems(flags={"feed_size": "x"})
    assert flag.startswith("feed_size (flag --feed-size): ")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("title = 3", "title ({}): must be a text that is not empty (got 3)"),
        ("rights = []", "rights ({}): must be a text (got [])"),
        ("log_format = true", "log_format ({}): must be auto, json or pretty (got true)"),
        ("seeds_dir = 1", "seeds_dir ({}): must be the path of a folder (got 1)"),
        ("taxonomy_dir = 1", "taxonomy_dir ({}): must be the path of a folder, or empty (got 1)"),
        ("timezone = 1", "timezone ({}): must be a time zone such as Europe/Lisbon (got 1)"),
        ("cache_bytes = -1", "cache_bytes ({}): must be a size such as 64MiB (got -1)"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error(tmp_path: Path, line: str, expected: str) -> None:
    config = toml(tmp_path, f"{line}\n")
    assert problems(config=config) == (expected.format(config),)


@given(
    name=st.sampled_from(list(Settings.model_fields)),
    value=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.text())),
)
@example(name="feed_size", value="1" * 5000)
def test_every_error_is_one_short_line_of_our_own(name: str, value: object) -> None:
    try:
        read(flags={name: value})
    except SettingsError as error:
        (problem,) = error.problems
        assert problem.startswith(f"{name} (flag --{name.replace('_', '-')}): must be ")
        assert "\n" not in problem
        assert len(problem) < 300


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
    assert "TOML" in problem


def test_variables_kubernetes_sets_for_a_service_are_ignored_with_a_note() -> None:
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
