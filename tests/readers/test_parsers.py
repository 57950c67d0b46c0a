"""Feed parsers from npm read the same entries from every format."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.readers.wire import Read, published_entries
from tests.running import Running

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def parsers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the parsers, installed as the lock file pins them."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("parsers")
    for name in ("package.json", "package-lock.json", ".npmrc", "parse.cjs"):
        shutil.copy(HERE / name, folder)
    install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"npm cannot install the parsers: {done.stderr[-200:]}")
    return folder


@pytest.mark.parametrize(
    ("parser", "form"),
    [
        ("rss-parser", "rss"),
        ("rss-parser", "atom"),
        ("feedsmith", "rss"),
        ("feedsmith", "atom"),
        ("feedsmith", "json"),
    ],
)
def test_a_parser_reads_every_published_entry(
    service: Running, parsers: Path, parser: str, form: str
) -> None:
    document = service.get(f"/feeds/all.{form}")
    done = subprocess.run(
        ["node", "parse.cjs", parser], cwd=parsers, input=document, capture_output=True, check=True
    )
    read = [
        Read(
            id=item["id"],
            title=item["title"],
            link=item["link"],
            published=moment(item["published"]),
        )
        for item in json.loads(done.stdout)
    ]
    assert len(read) == 5
    assert set(read) == published_entries(service)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
