"""The checks find violations: each case breaks one rule in an otherwise valid document."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feed_rules import check_atom, check_json_feed, check_opml, check_rss

GOLDEN = Path(__file__).parents[1] / "domain/render/golden"
CHECKS = {
    ".rss": check_rss,
    ".atom": check_atom,
    ".json": check_json_feed,
    ".opml": check_opml,
}
SECOND_ID = "00000000-0000-0000-0000-000000000002"
FIRST_ID = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.name)
def test_a_good_document_passes(path: Path) -> None:
    CHECKS[path.suffix](path.read_bytes())


@pytest.mark.parametrize(
    ("name", "good", "broken"),
    [
        ("newest.rss", 'version="2.0">', 'version="0.9">'),
        ("newest.rss", "<title>Headline 2</title>", "<title> </title>"),
        ("newest.rss", "<title>Headline 2</title>", "<title>a</title><title>b</title>"),
        ("newest.rss", "<title>Headline 2</title>", "<title><b>a</b></title>"),
        ("newest.rss", "Teaser 2.", "&lt;b&gt;bold&lt;/b&gt;"),
        ("newest.rss", "Teaser 2.", "AT&amp;T"),
        ("newest.rss", "Wed, 04 Mar 2026 03", "Tue, 04 Mar 2026 03"),
        ("newest.rss", "Wed, 04 Mar 2026 03", "04 Mar 26 03"),
        (
            "newest.rss",
            "<atom:updated>2026-03-04T03:06:07+00:00",
            "<atom:updated>2026-03-04T03:06:07",
        ),
        ("newest.rss", "<ttl>15</ttl>", "<ttl>soon</ttl>"),
        ("newest.rss", "<language>en</language>", "<language>en_GB!</language>"),
        ("newest.rss", "<width>144</width>", "<width>145</width>"),
        ("newest.rss", "<height>72</height>", "<height>401</height>"),
        ("newest.rss", "<dc:language>kk", "<dc:language>of Almaty"),
        ("newest.rss", "<dc:creator>Aigerim &amp; Co", "<dc:creator> "),
        ("newest.rss", 'medium="image"', 'medium="film"'),
        ("newest.rss", 'rel="self"', 'rel="alternate"'),
        ("newest.rss", "<link>https://paper", "<link>/paper"),
        ("newest.rss", "<docs>", "<author>Ann</author><docs>"),
        ("newest.rss", 'isPermaLink="false"', 'isPermaLink="true"'),
        ("newest.rss", f"urn:uuid:{SECOND_ID}", f"urn:uuid:{FIRST_ID}"),
        ("newest.rss", 'domain="https://feeds.example.org/news/topics"', 'domain="topics"'),
        ("archive.rss", 'rel="current"', 'rel="related"'),
        ("archive.rss", "<fh:archive/>", "<fh:archive/><fh:complete/>"),
        ("archive.rss", "<fh:archive/>", "<fh:complete/>"),
        ("newest.atom", "<title>Headline 2</title>", ""),
        ("newest.atom", "<title>Headline 2</title>", "<title/>"),
        ("newest.atom", "<title>Headline 2</title>", '<title type="markdown">a</title>'),
        ("newest.atom", "<author>\n    <name>Gazette Press</name>\n  </author>", ""),
        ("newest.atom", "<name>Gazette Press</name>", ""),
        ("newest.atom", "<updated>2026-03-04T03", "<updated>2026-13-04T03"),
        ("newest.atom", "<updated>2026-03-04T03:06:07+00:00", "<updated>2026-03-04T03:06:07"),
        ("newest.atom", f"<id>urn:uuid:{SECOND_ID}</id>", f"<id>urn:uuid:{FIRST_ID}</id>"),
        ("newest.atom", 'rel="related"', 'rel="alternative"'),
        ("newest.atom", 'rel="self"', 'rel="related"'),
        ("newest.atom", 'rel="related" type="text/html"', 'rel="alternate"'),
        ("newest.atom", 'rel="related" type="text/html"', 'rel="related" type="html"'),
        ("newest.atom", 'term="labour" ', ""),
        ("newest.atom", "<icon>https:", "<icon>"),
        ("newest.atom", '<entry xml:lang="kk">', '<entry xml:lang="of Almaty">'),
        ("newest.json", "version/1.1", "version/2"),
        ("newest.json", '"title": "Headline 2"', '"title": null'),
        ("newest.json", '"title": "Headline 2"', '"headline": "Headline 2"'),
        ("newest.json", '"title": "Headline 2"', '"title": "a", "title": "b"'),
        ("newest.json", '"content_text": "Teaser 2."', '"title": "Headline 2"'),
        ("newest.json", '"content_text": "Teaser 2."', '"content_text": 2'),
        ("newest.json", f'"id": "urn:uuid:{SECOND_ID}"', '"id": 2'),
        ("newest.json", f'"id": "urn:uuid:{SECOND_ID}"', f'"id": "urn:uuid:{FIRST_ID}"'),
        ("newest.json", '"date_published": "2026-03-04T03:06:07+00:00"', '"date_published": "now"'),
        ("newest.json", '"image": "https:', '"image": "'),
        ("newest.json", '"language": "kk"', '"language": "of Almaty"'),
        ("newest.json", '"name": "Aigerim & Co"', '"name": ""'),
        ("newest.json", '"Labour"', '""'),
        ("archive.json", "archive/1.json", "archive/2.json"),
        ("channels.opml", 'version="2.0"', 'version="1.0"'),
        ("channels.opml", "<title>The Gazette &amp; Herald</title>", "<title/>"),
        ("channels.opml", "<ownerName>", "<author>a</author><ownerName>"),
        ("channels.opml", "Wed, 04 Mar 2026", "2026-03-04"),
        ("channels.opml", 'text="Regions"', 'text=""'),
        ("channels.opml", 'type="rss"', 'type="feed"'),
        ("channels.opml", 'xmlUrl="https:', 'xmlUrl="'),
        ("channels.opml", "/regions/asia.rss", "/all.rss"),
        ("channels.opml", 'text="Asia —', 'text="Asien —'),
        ("channels.opml", 'language="en"', 'language="English, please"'),
    ],
)
def test_a_violation_is_found(name: str, good: str, broken: str) -> None:
    document = (GOLDEN / name).read_text(encoding="utf-8")
    assert good in document
    changed = document.replace(good, broken, 1).encode()
    with pytest.raises(AssertionError):
        CHECKS[Path(name).suffix](changed)
