"""Expands a term of a topic file: its alternatives, its plural, the forms of its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, product
from math import prod

_ALTERNATIVES = re.compile(r"\(([^()]*)\)")
_MARKS = frozenset("()|=")
_SPECIAL = _MARKS | {"~"}
_HISSING = ("s", "x", "z", "ch", "sh")
_DOUBLING = re.compile(r"[^aeiou]?[^aeiou][aeiou][bdgmnprt]")
_PLURAL_FROM = 3
# A term with three long lists would mean a million phrases.
MOST_FORMS = 1000
_TOO_MANY = f"more than {MOST_FORMS} phrases; use cues (`&`) instead"


def expand(term: str) -> tuple[str, ...]:
    """All phrases that a term means, without repeats, the plainest first.

    `(pay|wage) talks` is two phrases, `(the|) pound` has an optional word, `resign~` means resign,
    resigns, resigned and resigning. A phrase that ends in a lower-case word also means its plural,
    unless the term ends in `=`. Capitals and accents are kept.

    Raises:
        ValueError: Parentheses do not match, the term is empty, or it has more than `MOST_FORMS`
            alternatives.
    """
    if not term:
        raise ValueError("a term is missing between two bars")
    if _SPECIAL.isdisjoint(term):
        plain = " ".join(term.split()) if "  " in term else term
        plural = _plural(plain)
        return (plain, plural) if plural else (plain,)
    exact = term.endswith("=")
    spelt: dict[str, None] = {}
    for number, phrase in enumerate(_alternatives(term.removesuffix("=").strip())):
        if not phrase:
            raise ValueError("the term is empty")
        if number == MOST_FORMS:
            raise ValueError(_TOO_MANY)
        for form in _verb_forms(phrase) if "~" in phrase else (phrase,):
            spelt[form] = None
            if not exact and "~" not in phrase and (plural := _plural(form)):
                spelt[plural] = None
    return tuple(spelt)


def _alternatives(term: str) -> Iterator[str]:
    pieces = _ALTERNATIVES.split(term)
    lists = [piece.split("|") if number % 2 else [piece] for number, piece in enumerate(pieces)]
    if not _MARKS.isdisjoint("".join(chain(*lists))):
        if not pieces[1:]:
            raise ValueError("parentheses do not match, or `=` is not at the end")
        # A list within a list: expand the innermost first.
        before, choices, after = _ALTERNATIVES.split(term, maxsplit=1)
        return chain.from_iterable(
            _alternatives(before + choice + after) for choice in choices.split("|")
        )
    if prod(map(len, lists)) > MOST_FORMS:
        raise ValueError(_TOO_MANY)
    phrases = map("".join, product(*lists))
    listed = chain.from_iterable(lists[1::2])
    if "  " in term or any(not choice or choice != choice.strip() for choice in listed):
        return (" ".join(phrase.split()) for phrase in phrases)
    return phrases


def _verb_forms(phrase: str) -> tuple[str, ...]:
    stem, _, rest = phrase.partition("~")
    head, _, verb = stem.rpartition(" ")
    lead = f"{head} " if head else ""
    return tuple(lead + form + rest for form in _conjugated(verb))


def _conjugated(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    third = verb + ("es" if verb.endswith(_HISSING) else "s")
    if _DOUBLING.fullmatch(verb):
        verb_doubled = verb + verb[-1]
        return verb, third, verb_doubled + "ed", verb_doubled + "ing"
    return verb, third, verb + "ed", verb + "ing"


def _plural(phrase: str) -> str:
    last = phrase[-1:]
    if last == "s" or not last.islower():
        return ""
    word = phrase[phrase.rfind(" ") + 1 :]
    if len(word) < _PLURAL_FROM or not (word.isalpha() and word.islower()):
        return ""
    if last in "hxz":
        return phrase + ("es" if word.endswith(_HISSING) else "s")
    if last == "y" and word[-2] not in "aeiou":
        return phrase[:-1] + "ies"
    return phrase + "s"
