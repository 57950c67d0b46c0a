"""Markdown: headings, linked lists, bold leads and front matter become items."""

from feedsvc.domain.reading.markdown.read import read_markdown

__all__ = ["read_markdown"]
