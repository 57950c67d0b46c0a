"""Short ways to a parsed listing, over a taxonomy of a few names."""

from __future__ import annotations

from datetime import UTC, tzinfo

from feedsvc.domain.model import Draft
from feedsvc.domain.reading import Listing, ReadingRules, Rejection, read_file
from feedsvc.domain.taxonomy import Country, Region, Taxonomy, Topic

TAXONOMY = Taxonomy(
    regions={
        "asia": Region(slug="asia", name="Asia", code="142", parents=()),
        "south-america": Region(
            slug="south-america", name="South America", code="005", parents=("americas",)
        ),
    },
    countries={
        "ke": Country(slug="ke", name="Kenya", regions=("eastern-africa", "africa")),
        "kr": Country(slug="kr", name="Korea, Republic of", regions=("eastern-asia", "asia")),
        "no": Country(slug="no", name="Norway", regions=("northern-europe", "europe")),
    },
    topics={
        "labour": Topic(slug="labour", name="Labour", code="medtop:09000000", definition=""),
        "weather": Topic(slug="weather", name="Weather", code="medtop:17000000", definition=""),
    },
)


def parse(
    seed: str | bytes,
    *,
    zone: tzinfo = UTC,
    taxonomy: Taxonomy = TAXONOMY,
    name: str = "a.txt",
) -> Listing | Rejection:
    data = seed.encode("utf-8", "surrogatepass") if isinstance(seed, str) else seed
    return read_file(name, data, rules=ReadingRules(taxonomy=taxonomy, zone=zone))


def accepted(seed: str | bytes, *, zone: tzinfo = UTC) -> Listing:
    outcome = parse(seed, zone=zone)
    assert isinstance(outcome, Listing), outcome
    return outcome


def rejected(seed: str | bytes) -> Rejection:
    outcome = parse(seed)
    assert isinstance(outcome, Rejection), outcome
    return outcome


def only(seed: str | bytes, *, zone: tzinfo = UTC) -> Draft:
    (draft,) = accepted(seed, zone=zone).drafts
    return draft


def words(seed: str | bytes) -> list[tuple[str, str, str]]:
    """Caption, title and text of every draft."""
    return [
        (draft.stated.caption, draft.stated.title, draft.stated.text)
        for draft in accepted(seed).drafts
    ]


def complaints(seed: str | bytes) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in accepted(seed).problems]
