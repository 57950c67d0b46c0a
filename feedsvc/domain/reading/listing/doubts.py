"""Finds files that look wrong as a whole although they were read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedsvc.domain.model import Draft
from feedsvc.domain.reading.listing.chain import CLOSE, Read
from feedsvc.domain.reading.listing.roles import Role
from feedsvc.domain.reading.outcome import Problem

_CHECK = "Check the entries below; write a headline, a blank line and a teaser for each."
_VERBATIM = "If every line is meant as text, put `verbatim: true` into the front matter."
_JOIN = "If it is one article, remove its subheadings."
_FEWEST = 4
_FEWEST_SUBHEADINGS, _SUBHEADING_WORDS, _PARAGRAPH_LENGTH = 2, 5, 80
_MARKUP = re.compile(
    r"</?[a-z][a-z0-9]{0,10}(?: [^<>]{0,200})?/?>|\]\(https?:|\{\\|\*\*\S|&[a-z]{2,8};|^#{1,6} "
)
_MANY_LINES = 12


def find_doubts(drafts: Sequence[Draft], read: Read) -> Iterator[Problem]:
    """What an editor should look at because the file may be laid out in an unknown way."""
    untitled = sum(not draft.stated.title for draft in drafts)
    if len(drafts) >= _FEWEST and len(drafts) > untitled > len(drafts) // 2:
        reason = f"{untitled} of {len(drafts)} entries have no headline"
        yield Problem(drafts[0].line, reason, _CHECK)
    marked = [draft for draft in drafts if _MARKUP.search(draft.stated.title)]
    if len(marked) * 4 >= len(drafts):
        yield Problem(marked[0].line, "headlines with markup in them", _CHECK)
    if _may_be_article(drafts):
        reason = f"{len(drafts)} entries were read, but this may be one article with subheadings"
        yield Problem(drafts[0].line, reason, _JOIN)
    if len(drafts) == 1 and read.roles.count(Role.MORE_TEASER) >= _MANY_LINES and not read.wrapped:
        yield Problem(drafts[0].line, "many lines were read as one entry", _CHECK)
    elif len(drafts) >= _FEWEST and read.margin < CLOSE:
        reason = f"the layout is unclear: read as “{read.layout.label}”"
        yield Problem(drafts[0].line, reason, f"{_CHECK} {_VERBATIM}")


def _may_be_article(drafts: Sequence[Draft]) -> bool:
    """Whether only the first of several entries has an author, and short headlines follow."""
    first, *rest = (draft.stated for draft in drafts)
    if len(rest) < _FEWEST_SUBHEADINGS or not first.author:
        return False
    if any(one.author or one.source or one.link or one.kicker for one in rest):
        return False
    short = sum(
        0 < len(one.title.split()) <= _SUBHEADING_WORDS and len(one.text) >= _PARAGRAPH_LENGTH
        for one in rest
    )
    return short * 4 >= len(rest) * 3
