"""The names of months in languages that are written in Latin or Cyrillic letters."""

# ruff: noqa: E501, RUF001 - a language a line, in its own letters

from __future__ import annotations

from functools import cache

# A language a line; names that are the same in several stand once.
_NAMES = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber maerz april mai juni juli august september oktober november dezember
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
januar februar mars april mai juni juli august september oktober november desember
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
ledna února března dubna května června července srpna září října listopadu prosince
január február március április május június július augusztus szeptember október november december
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
"""
_SHORTEST = 3


def find_month(word: str) -> int:
    """The number of the month that a word or its first letters name; 0 if none."""
    name = word.casefold()
    if len(name) < _SHORTEST:
        return 0
    return _whole_names().get(name) or _short_names().get(name[:4], 0) * _is_short(name)


@cache
def _whole_names() -> dict[str, int]:
    return {
        name: number for names in _NAMES.split("\n") for number, name in enumerate(names.split(), 1)
    }


@cache
def _short_names() -> dict[str, int]:
    """The beginnings of three and four letters that mean one month alone, in any language."""
    found: dict[str, set[int]] = {}
    for name, number in _whole_names().items():
        for length in (3, 4):
            found.setdefault(name[:length], set()).add(number)
    return {short: months.copy().pop() for short, months in found.items() if len(months) == 1}


def _is_short(name: str) -> bool:
    return len(name) <= 4  # noqa: PLR2004 - `Sept`
