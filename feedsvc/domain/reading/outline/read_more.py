"""Recognises words that only lead to the whole story: `Read more`, `Weiterlesen`."""

from __future__ import annotations

import re

from feedsvc.domain.reading.words.page import READ_MORE

# Words that a link may have instead.
_LABELS = frozenset(
    """
    link|here|source|via|permalink|original|original article|website|url|watch|listen|view online
    full report|read the report|more info|hier|quelle|ici|aquí|fuente|enlace|qui|fonte|aqui|bron
    källa|kilde|lue|czytaj|číst|читать
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|"),
) - {""}
_MARKS = re.compile(r"^[\s\[(<→➜►»›>…·•|–—:-]+|[\s\])>→➜►»›…·•|.!:–—-]+$")
_LONGEST = 40


def is_read_more(text: str) -> bool:
    """Whether words say nothing but that there is more to read."""
    if len(text) > _LONGEST:
        return False
    words = _MARKS.sub("", text).casefold()
    return not words or words in READ_MORE or words in _LABELS
