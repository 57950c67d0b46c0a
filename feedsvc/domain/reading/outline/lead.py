"""Finds the headline that a paragraph or a list item begins with: a link or bold type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedsvc.domain.reading.listing.prose import sentence_points
from feedsvc.domain.reading.outline.read_more import is_read_more
from feedsvc.domain.reading.outline.words import Run, Words, gather_words, leads_away, single_space

_SEPARATOR = re.compile(r"[ \t]*(?:\n|[—–:|•·→]|--?(?= )|[.](?= )|,(?=\n))\s*")
_LABEL = re.compile(r"[^\w\n]*(?:\d{1,3}[.)])?[^\w\n]*")
# What kind of story it is, before its link: `[video] `.
_TAG = re.compile(r"\s*(\[[^\[\]]{2,20}\]|\([^()]{2,20}\))\s+")
_MARKS = re.compile(r"\W+")
_BYLINE = re.compile(r",? ?(?:by|von|par|por|av|af|door) [^\W\da-z][^.!?]{2,60}\.?")
_FEW_WORDS = 3
_MANY_WORDS = 4
_HALF = 0.5
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Lead:
    """A headline with its link, and the words after it.

    `marked` says that markup sets the headline apart; without, all words are in `rest`.
    """

    title: str
    link: str
    rest: Words
    marked: bool


def split_lead(words: Words) -> Lead:
    """The headline that words begin with, as markup alone shows it."""
    plain = Lead("", "", words, marked=False)
    runs = list(words.runs)
    tag = _TAG.fullmatch(runs[0].text) if len(runs) > 1 and not runs[0].href else None
    if tag:
        runs = runs[1:]
    if runs and not runs[0].href and not runs[0].bold and _LABEL.fullmatch(runs[0].text):
        runs = runs[1:]
    if not runs:
        return plain
    first = runs[0]
    if leads_away(first.href):
        size = _count(runs, [run.href == first.href for run in runs])
    elif first.bold:
        size = _count(runs, [run.bold for run in runs])
    else:
        return plain
    lead = _judge(runs[:size], gather_words(runs[size:], words.pictures))
    if lead and tag:
        lead = replace(lead, title=f"{tag[1]} {lead.title}")
    return lead or plain


def _count(runs: Sequence[Run], belongs: Sequence[bool]) -> int:
    size = 0
    while size < len(runs) and (belongs[size] or not runs[size].text.strip()):
        size += 1
    while size > 1 and not runs[size - 1].text.strip():
        size -= 1
    return size


def _judge(lead: Sequence[Run], rest: Words) -> Lead | None:
    """The lead, unless its words only stress or link a part of a sentence."""
    title = single_space("".join(run.text for run in lead))
    link = next((run.href for run in lead if leads_away(run.href)), "")
    if not title or len(title) > _LONGEST_TITLE or (link and is_read_more(title)):
        return None
    if not rest.text:
        return Lead(title.rstrip(":"), link, rest, marked=True)
    if link and _MARKS.fullmatch(rest.text):
        end = rest.text[0] if rest.text[0] in "?!…" else ""
        return Lead(f"{title}{end}", link, Words((), rest.pictures), marked=True)
    apart = _SEPARATOR.match(rest.runs[0].text)
    if title.endswith(":") or (apart and apart[0].strip().startswith(":")):
        return _judge_label(title.rstrip(": "), link, _cut(rest, apart))
    if apart or title.endswith((".", "?", "!", "…")):
        return Lead(title.removesuffix("."), link, _cut(rest, apart), marked=True)
    return _judge_opening(title, link, rest)


def _judge_opening(title: str, link: str, rest: Words) -> Lead | None:
    """What no mark sets apart from the words after it: part of a headline, or one of its own."""
    after = rest.text
    if after.startswith(("(", "[")) and after.endswith((")", "]")):
        return Lead(title, link, rest, marked=True)
    starts_anew = after[0].isupper() or after[0] in "(\"“«'"
    if starts_anew and len(title.split()) >= _MANY_WORDS:
        return Lead(title, link, rest, marked=True)
    if _BYLINE.fullmatch(after):
        return Lead(title, link, Words.plain(after.lstrip(", ")), marked=True)
    whole = f"{title}{after}" if after[0] in ",;:.!?" else f"{title} {after}"
    if sentence_points(whole) <= 0 and len(title) >= _HALF * len(whole):
        return Lead(whole, link, Words(), marked=True)
    return None


def _judge_label(title: str, link: str, rest: Words) -> Lead | None:
    """What is before a colon: a headline, or one or two words that open one (`Nigeria:`)."""
    after = rest.text
    if len(title.split()) > _FEW_WORDS or (link and not rest.links):
        return Lead(title, link, rest, marked=True)
    inner = split_lead(rest) if rest.runs and rest.runs[0].href else None
    if inner and inner.marked:
        return replace(inner, title=f"{title}: {inner.title}")
    if sentence_points(after) <= 0:
        return Lead(f"{title}: {after}", link, Words((), rest.pictures), marked=True)
    return None


def _cut(rest: Words, apart: re.Match[str] | None) -> Words:
    if not apart:
        return rest
    first = replace(rest.runs[0], text=rest.runs[0].text[apart.end() :])
    return gather_words((first, *rest.runs[1:]), rest.pictures)
