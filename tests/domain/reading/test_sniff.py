"""Files go to the reader of what they hold, whatever they are called."""

from __future__ import annotations

from datetime import UTC

import pytest

from feedsvc.domain.reading import Listing, ReadingRules, Rejection, read_file
from tests.domain.reading.builders import TAXONOMY

RULES = ReadingRules(taxonomy=TAXONOMY, zone=UTC)


def _titles(name: str, text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    outcome = read_file(name, data, rules=RULES)
    assert isinstance(outcome, Listing), outcome
    return [draft.stated.title for draft in outcome.drafts]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"{\\rtf1\\ansi Ferry}", "RTF document"),
        (b"%PDF-1.7\nFerry", "PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word", "old Office document"),
        (b"\x89PNG\r\n\x1a\n", "PNG image"),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG image"),
        (b"\x1f\x8b\x08", "gzip archive"),
        (b"PK\x03\x04....notes/a.txt", "ZIP archive"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument text"),
        (b"....ftypheic", "picture or recording"),
        (b"SQLite format 3\x00", "SQLite database"),
        (b"\xef\xbb\xbf{\\rtf1\\ansi Ferry}", "RTF document"),
        (b"\n\n%PDF-1.4\nFerry", "PDF document"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture or recording"),
        (b"a.txt" + b"\0" * 252 + b"ustar\0", "tar archive"),
        (b"\x28\xb5\x2f\xfd\x04", "Zstandard archive"),
        (b"ID3\x04\0\0", "MP3 recording"),
        (b"PAR1\x15\x04", "Parquet table"),
        (b"\xffWPC\x10\0", "WordPerfect document"),
        (b"\\documentclass{article}\n\\begin{document}\nFerry\n", "LaTeX document"),
        (b"BEGIN:VCALENDAR\nVERSION:2.0\n", "calendar"),
        (b"BEGIN:VCARD\nFN:Ann\nEND:VCARD\n", "address card"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text>Ferry</text></svg>', "SVG picture"),
    ],
)
@pytest.mark.parametrize("file", ["a.txt", "a.md", "a.csv", "a.json", "a.html", "a.eml"])
def test_a_format_that_is_not_read_is_rejected_by_its_name(
    data: bytes, name: str, file: str
) -> None:
    outcome = read_file(file, data, rules=RULES)
    assert isinstance(outcome, Rejection)
    assert name in outcome.problem.reason
    assert outcome.problem.advice


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body><h2>Ferry Runs Again</h2><p>Boats leave.</p></body></html>",
        "<h2>Ferry Runs Again</h2>\n<p>Boats leave.</p>",
        "<rss><channel><item><title>Ferry Runs Again</title></item></channel></rss>",
        '<?xml version="1.0"?><feed><entry><title>Ferry Runs Again</title></entry></feed>',
        '{"items": [{"title": "Ferry Runs Again", "text": "Boats leave."}]}',
        '[{"title": "Ferry Runs Again", "text": "Boats leave."}]',
        'title,text\n"Ferry Runs Again","Boats leave."\n',
        "title;text\nFerry Runs Again;Boats leave.\n",
        "From: Ana <ana@example.org>\nSubject: Ferry Runs Again\n\nBoats leave.\n",
        "## Ferry Runs Again\n\nBoats leave.\n\n## Ferry Runs Again\n\nBoats leave.\n",
        "- [Ferry Runs Again](https://example.org/1)\n- [Ferry Runs Again](https://example.org/2)\n",
    ],
)
def test_content_decides_before_the_name(text: str) -> None:
    assert set(_titles("a.txt", text)) == {"Ferry Runs Again"}


@pytest.mark.parametrize(
    "text",
    [
        "<b>Ferry</b> Runs Again\n\nBoats leave.\n",
        "ID3 Tags Return\n\nBoats leave.\n",
        "PAR1 Contest Won\n\nBoats leave.\n",
        "# Ferry Runs Again\n\nBoats leave.\n",
        "{Ferry} Runs Again\n\nBoats leave.\n",
        "Ferry, Train, Bus: All Late\n\nBoats leave.\n",
        "From Norway to Kenya\n\nSubject: none. Boats leave.\n",
    ],
)
def test_a_listing_with_marks_stays_a_listing(text: str) -> None:
    assert _titles("a.txt", text) == [text.split("\n", 1)[0]]


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.text", "a"])
def test_a_plain_listing_may_have_another_name(name: str) -> None:
    assert _titles(name, "Ferry Runs Again\n\nBoats leave.\n\nRain\n\nIt falls.\n") == [
        "Ferry Runs Again",
        "Rain",
    ]
