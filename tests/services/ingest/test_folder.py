"""Which files of a folder are found, and which are skipped and why."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir

import pytest

from feedsvc.services.ingest.folder import Folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("words")


def found(root: Path) -> list[str]:
    outcome = Folder(root=root).find()
    assert outcome.unreadable == ()
    assert outcome.readable
    return [seed.path for seed in outcome.files]


def test_text_files_in_the_folder_and_its_subfolders_are_found(root: Path) -> None:
    write(root, "b.txt", "a.md", "sub/deep/c.TXT", "d.Md")
    write(root, "e.pdf", "f.txt.gz", "g", "txt", "h.rtf")
    assert found(root) == ["a.md", "b.txt", "d.Md", "sub/deep/c.TXT"]


def test_hidden_folders_are_skipped(root: Path) -> None:
    write(root, ".git/a.txt", "sub/.cache/b.txt", "sub/c.txt")
    assert found(root) == ["sub/c.txt"]


def test_folders_that_other_tools_ignore_are_searched(root: Path) -> None:
    write(root, "node_modules/a.txt", "venv/b.txt")
    assert found(root) == ["node_modules/a.txt", "venv/b.txt"]


def test_links_that_stay_inside_are_followed(root: Path) -> None:
    write(root, "real/a.txt")
    (root / "again.txt").symlink_to("real/a.txt")
    (root / "absolute.txt").symlink_to(root / "real" / "a.txt")
    assert found(root) == ["absolute.txt", "again.txt", "real/a.txt"]


def test_links_out_of_the_folder_are_not_followed(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "elsewhere/b.txt")
    (root / "a.txt").symlink_to("../secret.txt")
    (root / "b").symlink_to(tmp_path / "elsewhere")
    (root / "c").symlink_to("..")
    (root / "inner").symlink_to("a.txt")
    (root / "d.txt").symlink_to("inner")
    assert found(root) == []


def test_links_to_nothing_and_to_themselves_are_skipped(root: Path) -> None:
    (root / "a.txt").symlink_to("gone.txt")
    (root / "b.txt").symlink_to("b.txt")
    (root / "c").symlink_to("d")
    (root / "d").symlink_to("c")
    assert found(root) == []


def test_a_loop_of_links_finds_nothing_twice(root: Path) -> None:
    write(root, "sub/a.txt")
    (root / "sub" / "up").symlink_to(root)
    (root / "sub" / "here").symlink_to(".")
    assert found(root) == ["sub/a.txt"]


def test_a_folder_that_is_a_link_is_searched(root: Path, tmp_path: Path) -> None:
    write(root, "a.txt")
    (root / "b.txt").symlink_to("a.txt")
    (tmp_path / "link").symlink_to(root)
    assert found(tmp_path / "link") == ["a.txt", "b.txt"]


def test_pipes_sockets_and_folders_named_like_files_are_skipped(root: Path) -> None:
    os.mkfifo(root / "pipe.txt")
    write(root, "folder.txt/a.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(root / "socket.txt"))
        assert found(root) == ["folder.txt/a.txt"]


def test_names_that_are_not_utf8_are_shown_escaped(root: Path) -> None:
    (Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.txt"))).write_text("words")
    write(root, "café.txt")
    (seed, other) = Folder(root=root).find().files
    assert (seed.path, other.path) == ("caf\\xe9.txt", "café.txt")
    assert seed.file.read_text() == "words"
    assert seed.path.encode()


def test_two_names_that_are_shown_alike_are_one_seed(root: Path) -> None:
    """One name has a byte that is shown as an escape; the other spells that escape out."""
    (Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.txt"))).write_text("words")
    write(root, "caf\\xe9.txt")
    assert found(root) == ["caf\\xe9.txt"]


def test_folders_may_be_nested_a_thousand_deep(root: Path) -> None:
    place = root
    for _ in range(1500):
        place /= "d"
        place.mkdir()
    (place / "a.txt").write_text("words")
    assert len(found(root)) == 1
    # shutil.rmtree would exceed the recursion limit.
    subprocess.run(["rm", "-rf", str(root)], check=True)


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    outcome = Folder(root=tmp_path / "none").find()
    assert (outcome.files, outcome.readable) == ((), False)
    (lost,) = outcome.unreadable
    assert (lost.place, lost.reason) == (str(tmp_path / "none"), "No such file or directory")


def test_part_of_the_folder_is_found_under_the_same_paths(root: Path) -> None:
    write(root, "a.txt", "sub/b.txt", "subway.txt")
    part = Folder(root=root, within=root / "sub")
    assert [seed.path for seed in part.find().files] == ["sub/b.txt"]
    assert part.covers("sub/b.txt")
    assert not part.covers("a.txt")
    assert not part.covers("subway.txt")
    one = Folder(root=root, within=root / "a.txt")
    assert [seed.path for seed in one.find().files] == ["a.txt"]
    assert one.covers("a.txt")
    assert not one.covers("sub/b.txt")


def test_a_file_outside_the_folder_is_stored_with_its_full_path(root: Path, tmp_path: Path) -> None:
    write(tmp_path, "else/a.txt")
    part = Folder(root=root, within=tmp_path / "else")
    (seed,) = part.find().files
    assert seed.path == str(tmp_path / "else" / "a.txt")
    assert part.covers(seed.path)
    assert not Folder(root=root).covers(seed.path)


FIND = """
import pathlib, sys
from feedsvc.services.ingest.folder import Folder
found = Folder(root=pathlib.Path(sys.argv[1])).find()
shut = [f"{one.place}: {one.reason}" for one in found.unreadable]
print([seed.path for seed in found.files], shut, found.hidden, found.readable)
print(found.would_show("shut/a.txt"), found.would_show("shutter/a.txt"))
"""


def find_as_nobody(root: Path) -> str:
    """What an unprivileged user finds; root can read everything."""
    user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    as_user = [] if os.geteuid() else user
    finished = subprocess.run(
        [*as_user, sys.executable, "-c", FIND, str(root)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    if finished.returncode:
        pytest.skip(f"no other user can run the tests here: {finished.stderr[-200:]}")
    return finished.stdout


@pytest.fixture
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose parents another user can enter."""
    folder = tmp_path_factory.mktemp("shared")
    top = Path(gettempdir())
    for place in (folder, *(parent for parent in folder.parents if top in parent.parents)):
        place.chmod(place.stat().st_mode | 0o011)
    return folder


def test_nothing_is_missing_below_an_unreadable_subfolder(shared: Path) -> None:
    write(shared, "a.txt", "shut/a.txt")
    shared.chmod(0o755)
    (shared / "shut").chmod(0)
    output = find_as_nobody(shared)
    (shared / "shut").chmod(0o755)
    assert output.splitlines() == [
        f"['a.txt'] ['{shared}/shut: Permission denied'] ('shut/',) True",
        "False True",
    ]


def test_an_unreadable_folder_is_reported(shared: Path) -> None:
    write(shared, "seeds/a.txt")
    (shared / "seeds").chmod(0)
    output = find_as_nobody(shared / "seeds")
    (shared / "seeds").chmod(0o755)
    assert output.startswith(f"[] ['{shared}/seeds: Permission denied'] () False")


def test_a_folder_below_an_unreadable_one_is_reported(shared: Path) -> None:
    write(shared, "place/seeds/a.txt")
    (shared / "place").chmod(0)
    output = find_as_nobody(shared / "place" / "seeds")
    (shared / "place").chmod(0o755)
    assert output.startswith(f"[] ['{shared}/place/seeds: Permission denied'] () False")


def test_files_that_somebody_may_expect_are_listed_with_the_reason(root: Path) -> None:
    write(root, "a.txt", "notes.pdf", "sub/a (conflicted copy 2026-03-03).txt", ".DS_Store", "x~")
    skipped = Folder(root=root).find().skipped
    assert [file.path for file in skipped] == [
        "notes.pdf",
        "sub/a (conflicted copy 2026-03-03).txt",
    ]
    assert all(file.reason for file in skipped)


def test_a_file_that_is_as_it_was_is_the_same_seed(root: Path) -> None:
    write(root, "a.txt", "sub/b.txt", "c.md")
    folder = Folder(root=root)
    before = {seed.path: seed for seed in folder.find().files}
    (root / "c.md").write_text("other words")
    (root / "sub" / "b.txt").unlink()
    write(root, "d.txt")
    after = {seed.path: seed for seed in folder.find().files}
    assert list(after) == ["a.txt", "c.md", "d.txt"]
    assert after["a.txt"] is before["a.txt"]
    assert after["c.md"] != before["c.md"]
    assert folder == Folder(root=root)
