"""Small files of every suffix that is read, each with the same kind of stories."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from html import escape
from typing import NamedTuple


class Story(NamedTuple):
    """A headline and its teaser; `number` tells the stories of a file apart."""

    number: int
    title: str
    text: str


Stories = Sequence[Story]


def make_file(suffix: str, stories: Stories) -> bytes:
    """The bytes of a file of a suffix, with its stories."""
    return MAKERS[suffix](stories)


def _listing(stories: Stories) -> bytes:
    return "\n\n".join(f"{one.title}\n\n{one.text}" for one in stories).encode() + b"\n"


def _markdown(stories: Stories) -> bytes:
    return "\n\n".join(f"## {one.title}\n\n{one.text}" for one in stories).encode() + b"\n"


def _page(stories: Stories) -> bytes:
    articles = (f"<article><h2>{one.title}</h2><p>{one.text}</p></article>" for one in stories)
    return f"<!DOCTYPE html><html><body>{''.join(articles)}</body></html>\n".encode()


def _rss(stories: Stories) -> bytes:
    items = (
        f"<item><title>{one.title}</title><description>{one.text}</description></item>"
        for one in stories
    )
    return f'<rss version="2.0"><channel>{"".join(items)}</channel></rss>\n'.encode()


def _atom(stories: Stories) -> bytes:
    entries = (
        f"<entry><id>urn:x:{one.number}</id><title>{one.title}</title>"
        f"<summary>{one.text}</summary></entry>"
        for one in stories
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>\n'.encode()


def _rdf(stories: Stories) -> bytes:
    items = (
        f'<item rdf:about="https://example.org/{one.number}"><title>{one.title}</title>'
        f"<description>{one.text}</description></item>"
        for one in stories
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns="http://purl.org/rss/1.0/">{"".join(items)}</rdf:RDF>\n'
    ).encode()


def _json_feed(stories: Stories) -> bytes:
    items = [{"title": one.title, "content_text": one.text} for one in stories]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode()


def _delimited(stories: Stories, delimiter: str) -> bytes:
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows(_rows(stories))
    return table.getvalue().encode()


def _rows(stories: Stories) -> list[tuple[str, str]]:
    return [("title", "text"), *((one.title, one.text) for one in stories)]


def _xlsx(stories: Stories) -> bytes:
    rows = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{column}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
            for column, cell in zip("AB", cells, strict=True)
        )
        + "</row>"
        for number, cells in enumerate(_rows(stories), 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return _zip(
        {
            "[Content_Types].xml": _content_types(
                ("xl/workbook.xml", "spreadsheetml.sheet.main"),
                ("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet"),
            ),
            "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{related}"><sheets>'
            '<sheet name="News" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}'
            "</sheetData></worksheet>",
        }
    )


def _ods(stories: Stories) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
            "</table:table-cell>"
            for cell in cells
        )
        + "</table:table-row>"
        for cells in _rows(stories)
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    return _zip(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{oasis}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
            "content.xml": f'<office:document-content xmlns:office="{oasis}:office:1.0" '
            f'xmlns:table="{oasis}:table:1.0" xmlns:text="{oasis}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="News">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def _docx(stories: Stories) -> bytes:
    paragraphs = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{escape(one.title)}</w:t></w:r>'
        f"</w:p><w:p><w:r><w:t>{escape(one.text)}</w:t></w:r></w:p>"
        for one in stories
    )
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return _zip(
        {
            "[Content_Types].xml": _content_types(
                ("word/document.xml", "wordprocessingml.document.main"),
                ("word/styles.xml", "wordprocessingml.styles"),
            ),
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body>'
            "</w:document>",
            "word/styles.xml": f'<w:styles xmlns:w="{word}"><w:style w:type="paragraph" '
            'w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>',
        }
    )


def _content_types(*parts: tuple[str, str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument"
    overrides = (
        f'<Override PartName="/{name}" ContentType="{kind}.{of}+xml"/>' for name, of in parts
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(overrides)}</Types>'
    )


def _relation(kind: str, target: str) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def _zip(members: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in members.items():
            # The type of a document is stored as it is, to be seen without unpacking.
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, method)
    return data.getvalue()


def _mail(stories: Stories) -> bytes:
    """A saved mail is one entry, so of several stories it has the first."""
    return _message(stories[0])


def _mailbox(stories: Stories) -> bytes:
    messages = (
        b"From ana@example.org Mon Mar  2 08:00:00 2026\n" + _message(one) for one in stories
    )
    return b"\n".join(messages)


def _message(story: Story) -> bytes:
    message = EmailMessage()
    message["From"] = "Ana Example <ana@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = story.title
    message["Date"] = "Mon, 2 Mar 2026 08:00:00 +0000"
    message.set_content(f"{story.text}\n")
    return bytes(message)


MAKERS: dict[str, Callable[[Stories], bytes]] = {
    ".txt": _listing,
    ".text": _listing,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _page,
    ".htm": _page,
    ".rss": _rss,
    ".atom": _atom,
    ".rdf": _rdf,
    ".xml": _rss,
    ".json": _json_feed,
    ".csv": lambda stories: _delimited(stories, ","),
    ".tsv": lambda stories: _delimited(stories, "\t"),
    ".xlsx": _xlsx,
    ".ods": _ods,
    ".eml": _mail,
    ".mbox": _mailbox,
    ".docx": _docx,
}
