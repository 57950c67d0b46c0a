"""Marked-up documents of any kind: their blocks become items.

Markdown, HTML and Word documents are turned into the same blocks (`block`, `words`); what their
headings, lists and bold openings are is decided over the whole document (`roles`), and each entry
gathers what is below its headline (`gather`).
"""

from feedsvc.domain.reading.outline.compose import Outline, compose

__all__ = ["Outline", "compose"]
