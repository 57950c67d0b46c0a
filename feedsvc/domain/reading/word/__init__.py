"""Word documents: their headings, lists and paragraphs become items (extra `word`)."""

from feedsvc.domain.reading.word.read import read_word

__all__ = ["read_word"]
