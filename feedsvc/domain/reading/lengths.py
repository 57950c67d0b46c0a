"""Cuts what is too long to be published."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from feedsvc.domain.model import Draft, Stated
from feedsvc.domain.reading.outcome import Listing, Problem

# Fifty entries of this length are less than a megabyte, in any script.
MAX_TEASER_CHARS = 5_000
_ELLIPSIS = "…"
_ENDS = " \t\n\u00a0,;:–—-.…"
# The start of the last word. Chinese, Thai and others have no spaces, and are cut anywhere.
_LAST_WORD = re.compile(r"\s\S{0,100}\Z")
_ADVICE = "Shorten it, or raise max_teaser_chars."


def cut_long_texts(listing: Listing, *, most: int) -> Listing:
    """The listing with at most so many characters in each text; each cut is a problem."""
    long = [draft for draft in listing.drafts if _is_long(draft.stated, most)]
    if not long:
        return listing
    problems = (*listing.problems, *(_report(draft, most) for draft in long))
    return replace(
        listing,
        drafts=tuple(
            _cut(draft, most) if _is_long(draft.stated, most) else draft for draft in listing.drafts
        ),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def cut_text(text: str, *, most: int) -> str:
    """A text with at most so many characters; it is cut between words and gets an ellipsis."""
    if len(text) <= most:
        return text
    end = most - len(_ELLIPSIS)
    if not text[end].isspace() and (word := _LAST_WORD.search(text, max(0, end - 101), end)):
        end = word.start()
    # A mark belongs to the letter before it.
    while end and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip(_ENDS) + _ELLIPSIS


def _is_long(stated: Stated, most: int) -> bool:
    return (
        len(stated.text) > most
        or len(stated.title) > most
        or len(stated.caption) > most
        or len(stated.kicker) > most
        or len(stated.section) > most
    )


def _cut(draft: Draft, most: int) -> Draft:
    stated = draft.stated
    return replace(
        draft,
        stated=replace(
            stated,
            title=cut_text(stated.title, most=most),
            text=cut_text(stated.text, most=most),
            caption=cut_text(stated.caption, most=most),
            kicker=cut_text(stated.kicker, most=most),
            section=cut_text(stated.section, most=most),
        ),
    )


def _report(draft: Draft, most: int) -> Problem:
    stated = draft.stated
    words = {
        "teaser": stated.text,
        "headline": stated.title,
        "caption": stated.caption,
        "kicker": stated.kicker,
        "section heading": stated.section,
    }
    name, length = next((name, len(text)) for name, text in words.items() if len(text) > most)
    reason = f"the {name} has {length:,} characters; it was cut after {most:,}"
    return Problem(draft.line, reason, _ADVICE)
