"""The endings of the names of files that are read."""

from __future__ import annotations

LISTINGS = (".txt", ".text")
MARKDOWN = (".md", ".markdown")
PAGES = (".html", ".htm")
FEEDS = (".rss", ".atom", ".rdf", ".xml", ".json")
TABLES = (".csv", ".tsv", ".xlsx", ".ods")
MAIL = (".eml", ".mbox")
WORD = (".docx",)
SUFFIXES = (*LISTINGS, *MARKDOWN, *PAGES, *FEEDS, *TABLES, *MAIL, *WORD)
