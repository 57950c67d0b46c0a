"""Weighs how well a sign beyond ASCII (a quote, a dash, a currency) fits between its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from math import log

USUAL, FITTING, RARE = log(0.08), log(0.03), log(0.012)
ODD, BROKEN = log(0.0005), log(0.00001)
_SELDOM = log(0.003)


def _apart(before: str, after: str) -> bool:
    return not (before.isalnum() and after.isalnum())


def _joins_words(before: str, after: str) -> bool:
    return before.isalnum() and after.isalnum()


def _follows_letter(before: str, _after: str) -> bool:
    return before.isalpha()


def _trails_off(before: str, after: str) -> bool:
    return after == " " and not before.isspace()


def _closes(before: str, after: str) -> bool:
    return not before.isspace() and not after.isalnum()


def _opens(before: str, after: str) -> bool:
    return not before.isalnum() and not after.isspace()


def _opens_lower(before: str, after: str) -> bool:
    return before == "\n" and after.islower()


def _joins_lower(before: str, after: str) -> bool:
    return before.islower() and after.islower()


def _balanced(before: str, after: str) -> bool:
    return before.isspace() == after.isspace()


def _by_number(before: str, after: str) -> bool:
    return before.isdigit() or after.isdigit() or not (before.isalnum() or after.isalnum())


def _free(before: str, after: str) -> bool:
    return not (before.isalnum() or after.isalnum())


def _anywhere(_before: str, _after: str) -> bool:
    return True


_FRAMES = "".join(map(chr, range(0x2500, 0x25A0)))
_MARKS = "".join(map(chr, range(0x300, 0x370)))
_CONTROLS = "".join(map(chr, range(0x80, 0xA0))) + "\ufffd"
# The first rule that fits decides.
_RULES: tuple[tuple[str, Callable[[str, str], bool], float], ...] = (
    (_MARKS, _follows_letter, USUAL),
    (_MARKS, _anywhere, BROKEN),
    (_CONTROLS, _anywhere, BROKEN),
    (_FRAMES, _free, RARE),
    ("\xa0", _apart, RARE),
    ("\xa0", _anywhere, _SELDOM),
    ("\xad", _anywhere, RARE),
    ("…", _trails_off, RARE),
    ("’", _joins_words, USUAL),
    ("”’“‘»›…«", _closes, USUAL),
    ("“‘„«‚‹¿¡", _opens_lower, ODD),
    ("“„«¿¡", _opens, USUAL),
    ("‚‹‘", _opens, RARE),
    ("”«»", _apart, RARE),
    ("–", _joins_lower, ODD),
    ("–—", _balanced, USUAL),
    ("–—", _anywhere, _SELDOM),
    ("€£¥¢°½¼¾²³±×º", _by_number, FITTING),
    ("©®™§•·†¶", _apart, RARE),
)


def weigh_sign(before: str, char: str, after: str) -> float:
    """The logarithm of how probable a sign is where it stands."""
    for signs, fits, weight in _RULES:
        if char in signs and fits(before, after):
            return weight
    return ODD - before.isalnum() - after.isalnum()
