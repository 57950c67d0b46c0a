"""Guesses the encoding of bytes that are not UTF-8, and says how sure the guess is.

Code pages of one byte a character are weighed here, by letters and their neighbours; those of East
Asia are left to charset-normalizer.
"""

from __future__ import annotations

from feedsvc.domain.reading.charset.guess import Guess, guess_charset, repair_utf8

__all__ = ["Guess", "guess_charset", "repair_utf8"]
