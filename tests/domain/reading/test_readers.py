"""Readers that are imported when they are needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

READ = """
import sys
from datetime import UTC
from feedsvc.domain.reading import ReadingRules, read_file
from feedsvc.domain.reading.readers import load_readers
from feedsvc.domain.taxonomy import Taxonomy

if {first}:
    load_readers()
before = set(sys.modules)
rules = ReadingRules(taxonomy=Taxonomy(regions={{}}, countries={{}}, topics={{}}), zone=UTC)
for name, data in {files!r}.items():
    read_file(name, data, rules=rules)
print(*(set(sys.modules) - before))
"""
FILES = {
    "a.txt": b"A headline\n\nA teaser of one sentence.\n",
    "b.txt": "Une grève à Orléans\n\nÇa continue.\n".encode("cp1252"),
    "c.md": b"# A headline\n\nA teaser.\n\n# Another\n\nWith its teaser.\n",
    "d.html": b"<!doctype html><h2><a href='https://example.org/1'>A headline</a></h2><p>Text.</p>",
    "e.xml": b"<rss><channel><item><title>A headline</title></item></channel></rss>",
    "f.json": b'[{"title": "A headline", "text": "A teaser."}]',
    "g.csv": b"title,text\nA headline,A teaser\n",
    "h.eml": b"From: a@example.org\nSubject: A headline\nTo: b@example.org\n\nText\n",
    "i.xlsx": b"PK\x03\x04 xl/",
    "j.docx": b"PK\x03\x04 word/",
}


def imported(files: dict[str, bytes], *, first: bool = False) -> set[str]:
    code = READ.format(files=files, first=first)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(ended.stdout.split())


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("c.md", "markdown_it"),
        ("d.html", "selectolax"),
        ("e.xml", "feedparser"),
        ("g.csv", "csv"),
        ("h.eml", "email.header"),
        ("i.xlsx", "python_calamine"),
    ],
)
def test_a_format_brings_its_library_and_a_plain_listing_none(name: str, library: str) -> None:
    assert library in imported({name: FILES[name]})
    assert library not in imported({"a.txt": FILES["a.txt"]})


def test_once_all_readers_are_loaded_no_file_waits_for_one() -> None:
    late = {name for name in imported(FILES, first=True) if name.startswith("feedsvc")}
    assert late == set()
