"""The wheel contains everything that the program needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from feedsvc import __version__

ROOT = Path(__file__).parents[2]
SEED = """Growers in Kazakhstan save the blossom of Almaty

They had lit small fires between the rows of the orchards.
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout; that it is compiled has a test of its own."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    env = os.environ | {"PURE_PYTHON": "1"}
    subprocess.run(build, cwd=ROOT, env=env, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked into an empty folder outside the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def call(installed: Path, *arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "feedsvc", *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_installs_the_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        points = archive.read(f"feedsvc-{__version__}.dist-info/entry_points.txt").decode()
    assert "feedsvc = feedsvc.cli:main" in points


def test_it_contains_nothing_but_the_package(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"feedsvc", f"feedsvc-{__version__}.dist-info"}


def test_it_ingests_and_labels_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    seed = tmp_path / "seeds" / "orchard.txt"
    seed.parent.mkdir()
    seed.write_text(SEED)
    call(installed, "ingest", "seeds", cwd=tmp_path)
    assert "countries/kz" in call(installed, "channels", cwd=tmp_path)


def test_it_contains_templates_static_files_and_vocabulary(wheel: Path) -> None:
    folders = ("feedsvc/web/pages/static", "feedsvc/web/pages/templates", "feedsvc/taxonomy")
    wanted = {
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    with ZipFile(wheel) as archive:
        assert wanted <= set(archive.namelist())
