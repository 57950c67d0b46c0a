"""Every command as people run it."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from uuid import UUID

import pytest

from feedsvc.cli.flags import METAVARS
from feedsvc.cli.main import COMMANDS
from feedsvc.settings import Settings
from feedsvc.store.database import Database
from feedsvc.store.lock import writer_lock
from tests.cli.conftest import LISTING, Desk

BINARY = b"\x00\x01\x02"
OUTSIDE = "Ferry stops\n\nAfter a hundred years the last boat was tied up on Sunday evening.\n"


def is_one_plain_line(text: str) -> bool:
    return bool(re.fullmatch(r"feedsvc: [^\n\x1b]+\n", text))


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_says_what_it_does(desk: Desk, name: str) -> None:
    told = desk.run(name, "--help")
    assert told.exit_code == 0
    assert told.stdout.startswith(f"Usage: feedsvc {name}")
    assert len(told.stdout.splitlines()) > 4
    assert f"  {name} " in desk.run("--help").stdout


def test_the_version_is_printed(desk: Desk) -> None:
    assert re.fullmatch(r"feedsvc \d+\.\d+\S* \(not compiled\)\n", desk.run("--version").stdout)


def test_every_flag_shows_the_kind_of_value_it_takes(desk: Desk) -> None:
    assert set(METAVARS) == set(Settings.model_fields)
    told = desk.run("serve", "--help").stdout
    assert "--seeds-dir FOLDER " in told
    assert "--port PORT " in told
    assert "--idle-seconds SECONDS " in told
    assert "--rolling true|false " in told
    assert "VALUE" not in told


def test_an_unknown_command_is_an_error(desk: Desk) -> None:
    assert desk.run("publish").exit_code == 2


def test_a_bad_setting_is_an_error_of_one_line(desk: Desk) -> None:
    told = desk.run("seeds", database_url="mysql://a/b")
    assert (told.exit_code, is_one_plain_line(told.stderr)) == (2, True)


def test_an_unknown_setting_is_an_error(desk: Desk) -> None:
    told = desk.run("settings", sedes_dir="here")
    assert told.exit_code == 2
    assert "FEEDSVC_SEDES_DIR" in told.stderr


class TestCheck:
    def test_it_shows_what_would_be_published(self, desk: Desk) -> None:
        desk.write("a.txt")
        told = desk.run("check", desk.seeds)
        assert told.exit_code == 0
        assert "a.txt: 2 entries, utf-8" in told.stdout
        assert "     1  Tram drivers in Kazakhstan go on strike" in told.stdout
        assert "     5  A late frost spares the orchards" in told.stdout
        assert "kz  Kazakhstan" in told.stdout
        assert not desk.database.exists()

    def test_it_fails_on_a_rejected_file_and_shows_the_others(self, desk: Desk) -> None:
        desk.write("a.txt", BINARY)
        desk.write("b.txt")
        told = desk.run("check", desk.seeds)
        assert told.exit_code == 1
        assert "a.txt, line 1: rejected: binary" in told.stdout
        assert "b.txt: 2 entries" in told.stdout

    def test_it_shows_problems_with_their_lines(self, desk: Desk) -> None:
        file = desk.write("a.txt", "A title\nregions: atlantis\n\nA teaser of some words here.\n")
        told = desk.run("check", file)
        assert "a.txt: 1 entry, utf-8" in told.stdout
        assert told.exit_code == 0
        assert re.search(r"a\.txt, line 2: .*regions", told.stdout)

    def test_it_names_untitled_entries_as_such(self, desk: Desk) -> None:
        desk.write("a.txt", "A teaser without any title stands in this file all alone.\n")
        assert "(untitled)" in desk.run("check", desk.seeds / "a.txt").stdout

    def test_a_file_that_is_never_published_is_a_failure(self, desk: Desk) -> None:
        told = desk.run("check", desk.write("a.pdf"))
        assert told.exit_code == 1
        assert "skipped: only .txt and .md files are read" in told.stderr

    def test_a_readme_is_skipped(self, desk: Desk) -> None:
        told = desk.run("check", desk.write("readme (1).txt"))
        assert told.exit_code == 1
        assert "readme (1).txt: skipped: README files are never published" in told.stderr

    def test_a_folder_without_files_is_no_failure(self, desk: Desk) -> None:
        told = desk.run("check", desk.seeds)
        assert told.exit_code == 0
        assert "no .txt or .md files in this folder" in told.stderr

    def test_a_missing_path_is_an_error(self, desk: Desk) -> None:
        assert desk.run("check", desk.seeds / "none.txt").exit_code == 2

    def test_a_file_that_is_too_large_is_rejected(self, desk: Desk) -> None:
        told = desk.run("check", desk.write("a.txt"), "--max-seed-bytes", "100")
        assert told.exit_code == 1
        assert "rejected: " in told.stdout

    def test_names_and_titles_cannot_control_the_terminal(self, desk: Desk) -> None:
        desk.write("a\x1b[2J\n.txt", "A title\x1b]0;own\x07\n\nA teaser of some words, \x9b31m.\n")
        desk.write("b\x1b.txt", BINARY)
        told = desk.start("check", desk.seeds)
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", told.stdout + told.stderr)
        assert "a\\x1b[2J\\n.txt: 1 entry" in told.stdout


class TestExplain:
    def test_a_headline_is_explained(self, desk: Desk) -> None:
        told = desk.run("explain", "Floods in Kazakhstan")
        assert told.exit_code == 0
        assert "“Kazakhstan” in the title" in told.stdout

    def test_further_words_are_the_teaser(self, desk: Desk) -> None:
        told = desk.run("explain", "Floods", "Rivers rise in Kazakhstan")
        assert "“Kazakhstan” in the text" in told.stdout

    def test_every_entry_of_a_file_is_explained(self, desk: Desk) -> None:
        told = desk.run("explain", desk.write("a.txt"))
        assert "kz  Kazakhstan" in told.stdout
        assert "pt  Portugal" in told.stdout

    def test_a_listing_is_read_from_standard_input(self, desk: Desk) -> None:
        told = desk.run("explain", "-", given=LISTING)
        assert "pt  Portugal" in told.stdout

    def test_a_text_without_labels_says_so(self, desk: Desk) -> None:
        assert "in `all` only" in desk.run("explain", "Nothing of note").stdout

    def test_a_file_that_cannot_be_read_is_an_error(self, desk: Desk) -> None:
        told = desk.run("explain", desk.write("a.txt", BINARY))
        assert (told.exit_code, is_one_plain_line(told.stderr)) == (2, True)
        assert "a.txt, line 1: binary" in told.stderr

    def test_a_text_longer_than_a_name_is_a_text(self, desk: Desk) -> None:
        assert desk.run("explain", "word " * 2000).exit_code == 0


class TestClassify:
    def test_lines_are_answered_in_order(self, desk: Desk) -> None:
        lines = [
            {"id": 7, "title": "Strike in Kazakhstan", "text": "Words."},
            {"id": "b", "title": "Nothing of note", "text": ""},
        ]
        given = "\n\n".join(json.dumps(line) for line in lines) + "\n"
        told = desk.run("classify", "--jsonl", given=given)
        first, second = map(json.loads, told.stdout.splitlines())
        assert (first["id"], first["countries"]) == (7, ["KZ"])
        assert "central-asia" in first["regions"]
        assert second == {"id": "b", "countries": [], "regions": [], "topics": [], "evidence": []}

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("{", "line 2: not a JSON object"),
            ("[1]", "line 2: not a JSON object but a list"),
            ('{"title": 3}', "line 2: 'title' is not a string"),
        ],
    )
    def test_a_bad_line_is_an_error_with_its_number(
        self, desk: Desk, line: str, reason: str
    ) -> None:
        told = desk.run("classify", "--jsonl", given=f"{{}}\n{line}\n")
        assert told.exit_code == 2
        assert is_one_plain_line(told.stderr)
        assert reason in told.stderr

    def test_bytes_that_are_not_utf8_are_an_error(self, desk: Desk) -> None:
        told = desk.start("classify", "--jsonl", given=b'{"title": "caf\xe9"}\n')
        assert (told.returncode, is_one_plain_line(told.stderr)) == (2, True)

    def test_any_json_string_is_answered(self, desk: Desk) -> None:
        told = desk.start("classify", "--jsonl", given=b'{"id": "\\ud800", "title": "\\udfff"}\n')
        assert (told.returncode, told.stderr) == (0, "")
        assert json.loads(told.stdout)["id"] == "\ud800"


class TestIngest:
    def test_files_are_read_once(self, filled: Desk) -> None:
        told = filled.run("seeds")
        assert re.search(r"^a\.txt +accepted +2 ", told.stdout, re.MULTILINE)
        assert filled.start("ingest", filled.seeds).returncode == 0

    def test_the_result_for_each_path_is_printed(self, filled: Desk) -> None:
        assert filled.start("ingest", filled.seeds).stdout == f"{filled.seeds}: nothing new\n"
        new = filled.write("b.txt", OUTSIDE)
        assert filled.start("ingest", new).stdout == f"{new}: 1 published\n"

    def test_a_file_that_is_never_published_is_reported(self, filled: Desk) -> None:
        ended = filled.start("ingest", filled.write("b.bak", OUTSIDE))
        assert ended.returncode == 1
        assert "b.bak: skipped: looks like a backup" in ended.stderr

    def test_nothing_outside_the_path_is_withdrawn(self, filled: Desk) -> None:
        other = filled.write("sub/b.txt", OUTSIDE)
        filled.write("sub/c.txt", OUTSIDE.replace("Ferry", "Boat"))
        assert filled.start("ingest", other.parent).returncode == 0
        (filled.seeds / "a.txt").unlink()
        other.unlink()
        assert filled.start("ingest", other.parent).returncode == 0
        told = filled.run("seeds").stdout
        assert "a.txt" in told
        assert "sub/b.txt" not in told
        assert re.search(r"^all +3 ", filled.run("channels").stdout, re.MULTILINE)

    def test_a_path_may_be_written_in_any_way(self, filled: Desk) -> None:
        (filled.place / "link").symlink_to(filled.seeds)
        ways = ["seeds/../seeds/a.txt", "seeds/a.txt", "link/a.txt", "seeds", "link", "./seeds/."]
        assert filled.start("ingest", *ways, filled.seeds / "a.txt").returncode == 0
        assert len(filled.run("seeds").stdout.splitlines()) == 2

    def test_a_rejected_file_is_reported(self, desk: Desk) -> None:
        desk.write("a.txt", BINARY)
        desk.write("b.txt")
        ended = desk.start("ingest", desk.seeds)
        assert ended.returncode == 1
        assert ended.stderr.splitlines()[-1] == (
            "feedsvc: files rejected: 1; run `feedsvc seeds` to see why"
        )
        told = desk.run("seeds").stdout
        assert "a.txt, line 1: binary" in told
        assert re.search(r"^b\.txt +accepted", told, re.MULTILINE)

    def test_removals_held_back_are_reported(self, filled: Desk) -> None:
        (filled.seeds / "a.txt").unlink()
        ended = filled.start("ingest", filled.seeds)
        assert ended.returncode == 1
        assert "feedsvc: 1 of 1 files have disappeared" in ended.stderr
        assert "missing" in filled.run("seeds").stdout

    def test_it_waits_for_the_process_that_writes(self, desk: Desk) -> None:
        desk.write("a.txt")
        lock = writer_lock(Database(desk.database))
        assert lock.try_hold()
        started = subprocess.Popen(
            [sys.executable, "-m", "feedsvc", "ingest", str(desk.seeds)],
            env=desk.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        with started:
            assert started.stderr is not None
            assert started.stderr.readline() == (
                "feedsvc: waiting for the running server to finish its scan\n"
            )
            assert started.poll() is None
            lock.let_go()
            assert started.wait(timeout=60) == 0
        assert "accepted" in desk.run("seeds").stdout

    def test_a_file_from_elsewhere_is_kept_by_its_whole_path(self, filled: Desk) -> None:
        other = filled.place / "other.txt"
        other.write_text(OUTSIDE)
        assert filled.start("ingest", other).returncode == 0
        assert str(other) in filled.run("seeds").stdout
        assert filled.start("ingest", filled.seeds).returncode == 0
        assert str(other) in filled.run("seeds").stdout


def ids(desk: Desk) -> list[UUID]:
    connection = sqlite3.connect(desk.database)
    rows = connection.execute("SELECT id FROM entries ORDER BY arrival").fetchall()
    connection.close()
    return [UUID(row[0]) for row in rows]


class TestTakedown:
    def test_an_entry_is_withdrawn_and_restored(self, filled: Desk) -> None:
        entry = ids(filled)[0]
        told = filled.run("withdraw", f"urn:uuid:{entry}")
        assert told.exit_code == 0
        assert "feedsvc restore" in told.stdout
        assert re.search(r"^all +1 ", filled.run("channels").stdout, re.MULTILINE)
        assert filled.start("ingest", filled.seeds).returncode == 0
        assert re.search(r"^all +1 ", filled.run("channels").stdout, re.MULTILINE)
        told = filled.run("restore", f"https://news.example/entries/{entry}/")
        assert (told.exit_code, told.stdout) == (0, f"{entry} is published again.\n")
        assert re.search(r"^all +2 ", filled.run("channels").stdout, re.MULTILINE)
        told = filled.run("restore", str(entry))
        assert (told.exit_code, "nothing to restore" in told.stdout) == (0, True)

    def test_a_restored_entry_without_a_file_waits_for_one(self, filled: Desk) -> None:
        entry = ids(filled)[1]
        assert filled.run("withdraw", str(entry)).exit_code == 0
        filled.write("a.txt", LISTING.partition("\n\nA late")[0])
        assert filled.start("ingest", filled.seeds).returncode == 0
        for gone in ids(filled):
            told = filled.run("restore", str(gone)).stdout
            assert ("no file contains it" in told) == (gone != ids(filled)[1])

    @pytest.mark.parametrize("command", ["withdraw", "restore"])
    def test_a_bad_id_is_an_error(self, filled: Desk, command: str) -> None:
        told = filled.run(command, "42")
        assert told.exit_code == 2
        assert "'42' is not an entry ID" in told.stderr

    @pytest.mark.parametrize("command", ["withdraw", "restore"])
    def test_an_unknown_entry_is_an_error(self, filled: Desk, command: str) -> None:
        told = filled.run(command, str(UUID(int=1)))
        assert (told.exit_code, is_one_plain_line(told.stderr)) == (2, True)
        assert "no entry with that ID" in told.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("channels",),
        ("seeds",),
        ("accept-removals",),
        ("backup", "saved.db"),
        ("withdraw", str(UUID(int=1))),
    ],
)
def test_a_missing_database_is_an_error_and_none_is_created(
    desk: Desk, words: tuple[str, ...]
) -> None:
    told = desk.run(*words)
    assert told.exit_code == 2
    assert re.fullmatch(
        r"feedsvc: .*feedsvc\.db: no database yet; run .* FEEDSVC_DATABASE_URL\n", told.stderr
    )
    assert not desk.database.exists()


def test_the_help_says_when_the_service_relabels_on_its_own(desk: Desk) -> None:
    told = " ".join(desk.run("relabel", "--help").stdout.split())
    assert "after a reload (SIGHUP) or restart if the vocabulary has changed" in told


def test_relabelling_needs_a_database(desk: Desk) -> None:
    told = desk.start("relabel", "--dry-run")
    assert (told.returncode, is_one_plain_line(told.stderr)) == (2, True)
    assert not desk.database.exists()


def test_removals_are_accepted(filled: Desk) -> None:
    assert "nothing to accept" in filled.run("accept-removals").stdout
    (filled.seeds / "a.txt").unlink()
    assert filled.start("ingest", filled.seeds).returncode == 1
    assert filled.run("accept-removals", rescan_seconds="20").stdout == (
        "Missing files to be removed at the next scan: 1. "
        "A running server scans every 20 seconds (rescan_seconds).\n"
    )
    assert filled.start("ingest", filled.seeds).returncode == 0
    assert "a.txt" not in filled.run("seeds").stdout


def test_channels_are_listed_with_their_feeds(filled: Desk) -> None:
    told = filled.run("channels", "--base-url", "https://news.example/p")
    assert "https://news.example/p/feeds/countries/kz.atom" in told.stdout
    filled.run("withdraw", str(ids(filled)[1]))
    assert "countries/kz" not in filled.run("channels").stdout
    assert "countries/kz" in filled.run("channels", "--all").stdout


def test_settings_are_shown_with_their_sources(desk: Desk) -> None:
    told = desk.run("settings", "--title", "The Paper", "--meanings")
    assert re.search(r"^title +The Paper +flag", told.stdout, re.MULTILINE)
    assert re.search(r"^seeds_dir +\S+ +environment", told.stdout, re.MULTILINE)
    file = desk.place / "feedsvc.toml"
    file.write_text('title = "The File"\n')
    assert "The File" in desk.run("--config", str(file), "settings").stdout


def test_relabelling_can_be_previewed(filled: Desk) -> None:
    connection = sqlite3.connect(filled.database)
    with connection:
        connection.execute("UPDATE labels SET value = 'economy' WHERE value = 'labour'")
    connection.close()
    before = filled.run("channels").stdout
    told = filled.start("relabel", "--dry-run").stdout
    assert "  + topic labour\n" in told
    assert "  - topic economy\n" in told
    assert told.splitlines()[-1].startswith("Entries that would change: 1, in channels: ")
    assert filled.run("channels").stdout == before
    ended = filled.start("relabel")
    assert (ended.returncode, "current vocabulary" in ended.stdout) == (0, True)
    assert not ended.stdout.endswith("channels that changed: 0.\n")
    assert filled.start("relabel").stdout.endswith("channels that changed: 0.\n")
    assert "would change: 0" in filled.start("relabel", "--dry-run").stdout


@pytest.mark.parametrize(
    "words",
    [("check", "seeds"), ("classify", "--jsonl"), ("explain", "A headline")],
    ids=lambda words: words[0],
)
def test_commands_without_store_or_server_load_neither(desk: Desk, words: tuple[str, ...]) -> None:
    desk.write("a.txt")
    code = (
        "import sys\nfrom feedsvc.cli import main\n"
        f"try: main({list(words)!r})\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'alembic', 'aiohttp', 'aiosqlite', 'watchfiles', 'feedgen'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=desk.environment,
        cwd=desk.place,
        capture_output=True,
        text=True,
        check=True,
        input="",
    )
    assert ended.stderr.splitlines()[-1] == "[]"


def test_a_file_that_is_not_a_database_is_an_error(desk: Desk) -> None:
    desk.database.write_bytes(b"Dear diary, " * 500)
    for words in (("seeds",), ("accept-removals",), ("ingest", str(desk.seeds))):
        told = desk.start(*words)
        assert told.returncode == 2
        assert "feedsvc.db" in told.stderr
        assert "Traceback" not in told.stderr
    assert desk.database.read_bytes().startswith(b"Dear")
