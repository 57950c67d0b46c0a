"""A question to the entries: which regions, countries, topics and words, and which not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from feedsvc.domain.model import Kind
from feedsvc.domain.taxonomy import Taxonomy

MOST_VALUES = 20  # of a name
MOST_CHARACTERS = 200
MOST_TERMS = 12

_TERM = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))(?=\s|$)')


class QueryError(ValueError):
    """A query that cannot be read; the message says what is wrong and repeats nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or phrase that an entry must or must not contain; with `prefix`, only its start."""

    words: str
    wanted: bool
    prefix: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Values of one name are alternatives, different names must all match; slugs are sorted."""

    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    not_regions: tuple[str, ...] = ()
    not_topics: tuple[str, ...] = ()
    words: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms in `words`."""
        return parse_words(self.words)

    def encode(self) -> str:
        """Return the one canonical query string, without a question mark."""
        pairs = [(name, value) for name, field in FIELDS.items() for value in getattr(self, field)]
        pairs += [("q", self.words)] if self.words else []
        return urlencode(pairs, quote_via=quote)


FIELDS = {
    "region": "regions",
    "country": "countries",
    "topic": "topics",
    "not-region": "not_regions",
    "not-topic": "not_topics",
}
KINDS = {
    "region": Kind.REGION,
    "country": Kind.COUNTRY,
    "topic": Kind.TOPIC,
    "not-region": Kind.REGION,
    "not-topic": Kind.TOPIC,
}


def parse_query(pairs: Iterable[tuple[str, str]], *, taxonomy: Taxonomy) -> Query:
    """Parse the decoded pairs of a query string; empty values count as absent.

    Raises:
        QueryError: A name or value is unknown, too long or too many, or `q` cannot be read.
    """
    values: dict[str, list[str]] = {name: [] for name in FIELDS}
    words: list[str] = []
    for name, value in pairs:
        if name == "q":
            words.append(value)
        elif name not in FIELDS:
            raise QueryError(f"unknown parameter; allowed: {', '.join(FIELDS)} and q")
        elif value:
            values[name].append(_check_slug(name, value.lower(), taxonomy))
    if max(map(len, values.values())) > MOST_VALUES:
        raise QueryError(f"too many values; at most {MOST_VALUES} for one parameter")
    return Query(
        words=_check_words(words),
        **{field: tuple(sorted(set(values[name]))) for name, field in FIELDS.items()},
    )


def parse_words(words: str) -> tuple[Term, ...]:
    """Parse the terms of a search: words, "phrases", begin* and -not.

    Raises:
        QueryError: A quotation mark is open, a term is empty, too many, or none is wanted.
    """
    terms = []
    rest = words.strip()
    while rest:
        match = _TERM.match(rest)
        if match is None:
            raise QueryError('misplaced quotation mark; write phrases as "minimum wage"')
        terms.append(_term(match))
        rest = rest[match.end() :].strip()
    if len(terms) > MOST_TERMS:
        raise QueryError(f"too many words; use at most {MOST_TERMS} words or phrases")
    if terms and not any(term.wanted for term in terms):
        raise QueryError("only excluded words; add at least one word to look for")
    return tuple(terms)


def _term(match: re.Match[str]) -> Term:
    text = match["phrase"] if match["word"] is None else match["word"]
    prefix = match["word"] is not None and text.endswith("*")
    plain = text.rstrip("*") if prefix else text
    if not any(character.isalnum() for character in plain):
        raise QueryError("type at least one word, for example: strike Kenya")
    return Term(words=plain, wanted=match["minus"] is None, prefix=prefix)


def _check_slug(name: str, slug: str, taxonomy: Taxonomy) -> str:
    if not taxonomy.has(KINDS[name], slug):
        raise QueryError(f"unknown {KINDS[name].value}; see /api/v1/channels for the list")
    return slug


def _check_words(given: Sequence[str]) -> str:
    words = " ".join(" ".join(given).split())
    if len(words) > MOST_CHARACTERS:
        raise QueryError(f"too long; use at most {MOST_CHARACTERS} characters")
    if any(not character.isprintable() for character in words):
        raise QueryError("the search contains control characters; remove them")
    parse_words(words)
    return words
