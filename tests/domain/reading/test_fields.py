from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from feedsvc.domain.model import Draft, Kind, Stated
from feedsvc.domain.taxonomy import Taxonomy
from tests.domain.reading.builders import TAXONOMY, accepted, complaints, only, parse, words

TITLE = "Port Reopens After Storm"
TEASER = "Ships are back at the quay."


def _stated(line: str) -> Draft:
    return only(f"{TITLE}\n{line}\n\n{TEASER}\n")


def test_field_lines_stand_under_a_title() -> None:
    draft = only(
        f"{TITLE}\nlink: https://example.org/port\ndate: 2026-03-01 08:30\nregions: Asia\n"
        "countries: ke, Norway\ntopics: weather; labour\nauthor: The Harbour Desk\n"
        "image: http://example.org/port.jpg\nlanguage: en_gb\nsource: Harbour Gazette\n\n"
        f"{TEASER}\n"
    )
    assert draft == Draft(
        ordinal=1,
        line=1,
        date=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
        stated=Stated(
            title=TITLE,
            text=TEASER,
            link="https://example.org/port",
            author="The Harbour Desk",
            image="http://example.org/port.jpg",
            language="en-GB",
            source="Harbour Gazette",
            regions=("asia",),
            countries=("ke", "no"),
            topics=("weather", "labour"),
        ),
    )


@pytest.mark.parametrize(
    "seed",
    [
        f"{TITLE}\nauthor: Desk\n\n{TEASER}\n",
        f"{TITLE}\n\nauthor: Desk\n\n{TEASER}\n",
        f"{TITLE}\n\nauthor: Desk\n{TEASER}\n",
        f"{TITLE}\n\n{TEASER}\nauthor: Desk\n",
        f"{TITLE}\n\n{TEASER}\n\nauthor: Desk\n",
        f"{TITLE}\nAuthor : Desk\n{TEASER}\n",
        f"{TITLE}\n{TEASER}\nAUTHOR: Desk\n",
    ],
)
def test_field_lines_may_stand_anywhere_in_an_entry(seed: str) -> None:
    draft = only(seed)
    assert (draft.stated.title, draft.stated.text, draft.stated.author) == (TITLE, TEASER, "Desk")


def test_field_lines_under_caption_and_title_keep_both() -> None:
    seed = f"Harbour at dawn\n{TITLE}\nauthor: Desk\n"
    assert words(f"{seed}{TEASER}\n") == [("Harbour at dawn", TITLE, TEASER)]
    assert words(f"{seed}\n{TEASER}\n") == [("Harbour at dawn", TITLE, TEASER)]


def test_an_untitled_entry_may_have_fields() -> None:
    draft = only(f"{TEASER}\nlink: https://example.org/\n")
    assert (draft.stated.title, draft.stated.text, draft.stated.link) == (
        "",
        TEASER,
        "https://example.org/",
    )


def test_a_title_that_looks_like_a_field_stays_a_title() -> None:
    seed = f"Source: Minister to Resign\n\n{TEASER}\n"
    assert words(seed) == [("", "Source: Minister to Resign", TEASER)]


def test_fields_above_all_entries_are_a_problem() -> None:
    seed = f"author: Desk\nlink: https://example.org/\n\n{TITLE}\n\n{TEASER}\n"
    assert words(seed) == [("", TITLE, TEASER)]
    assert complaints(seed)[0] == (
        1,
        (
            "`author` comes before the first headline and was ignored. "
            "Move it below a headline or into the front matter."
        ),
    )


def test_a_field_without_a_value_states_nothing() -> None:
    assert _stated("topics:").stated.topics is None
    assert complaints(f"{TITLE}\ntopics:\n") == []


def test_a_field_stated_twice_counts_once() -> None:
    seed = f"{TITLE}\nlink: ftp://x\nlink: https://a.example/\nlink: https://b.example/\n"
    assert only(seed).stated.link == "https://a.example/"
    assert complaints(seed) == [
        (
            2,
            (
                "link `ftp://x` not understood, ignored. "
                "Write an address that starts with http:// or https://."
            ),
        ),
        (4, "`link` appears twice; the first one was used"),
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2026-03-01", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01 08:30", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01T08:30:59.75", datetime(2026, 3, 1, 8, 30, 59, tzinfo=UTC)),
        ("2026-03-01T08:30:00Z", datetime(2026, 3, 1, 8, 30, tzinfo=UTC)),
        ("2026-03-01 08:30 +05:30", datetime(2026, 3, 1, 3, tzinfo=UTC)),
        ("2026-03-01t08:30-0300", datetime(2026, 3, 1, 11, 30, tzinfo=UTC)),
    ],
)
def test_a_date_is_iso_8601(stated: str, expected: datetime) -> None:
    date = _stated(f"date: {stated}").date
    assert date == expected
    assert date is not None
    assert date.tzinfo is UTC


def test_a_date_without_an_offset_is_meant_in_the_set_zone() -> None:
    seed = f"{TITLE}\ndate: 2026-07-01 08:30\n\n{TEASER}\n"
    assert only(seed, zone=ZoneInfo("Asia/Seoul")).date == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("hours", [-12, -8, 0, 11])
def test_a_day_means_noon_so_that_it_stays_on_its_day(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    date = only(f"{TITLE}\ndate: 2026-07-01\n\n{TEASER}\n", zone=zone).date
    assert date == datetime(2026, 7, 1, 12, tzinfo=zone)


@pytest.mark.parametrize(
    "stated",
    [
        "yesterday",
        "2026-02-30",
        "2026-13-01",
        "2026-03-01 25:00",
        "2026-03-01 08:30 +99:00",
        "0999-01-01",
        "0001-01-01 00:00 +14:00",
        "9999-12-31 23:00 -14:00",
        "May 2026",
        "29 November",
    ],
)
def test_what_is_no_date_is_a_problem(stated: str) -> None:
    ((line, reason),) = complaints(f"{TITLE}\ndate: {stated}\n")
    assert (line, reason.split(" not ")[0]) == (2, f"date `{stated}`")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        ("HTTP://Example.org:8080/", "http://Example.org:8080/"),
        ("<https://example.org/>", "https://example.org/"),
        ("https://example.org/größe|x", "https://example.org/gr%C3%B6%C3%9Fe%7Cx"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ],
)
def test_an_address_is_stored_as_a_uri(stated: str, expected: str) -> None:
    assert _stated(f"link: {stated}").stated.link == expected
    assert _stated(f"image: {stated}").stated.image == expected


@pytest.mark.parametrize(
    "stated",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "example.org",
        "https://",
        "https:///path",
        "http://[::1",
        "http://example.org:port/",
        "https://" + "ü" * 300 + ".example/",
        "https://example.org/" + "a" * 2000,
        "https://example.org/" + "ü" * 600,
        "data:text/html,x",
    ],
)
def test_an_address_that_is_none_is_a_problem(stated: str) -> None:
    seed = f"{TITLE}\nlink: {stated}\n\n{TEASER}\n"
    assert (only(seed).stated.title, only(seed).stated.link) == (TITLE, "")
    ((line, reason),) = complaints(seed)
    advice = "Write http:// or " if stated.startswith("http") else "Write an address that starts "
    assert (line, f"not understood, ignored. {advice}" in reason) == (2, True)


def test_blanks_in_an_address_are_named() -> None:
    for stated in ("https://example.org/a b", "HTTP://example.org/ä ö"):
        ((_, reason),) = complaints(f"{TITLE}\nlink: {stated}\n\n{TEASER}\n")
        assert reason.endswith("Write the address without spaces, or with %20 for each.")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("EN", "en"), ("pt_br", "pt-BR"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"),
     ("sl-rozaj", "sl-rozaj"), ("de-1996", "de-1996")],
)  # fmt: skip
def test_a_language_is_a_tag(stated: str, expected: str) -> None:
    assert _stated(f"language: {stated}").stated.language == expected


@pytest.mark.parametrize("stated", ["English", "e", "en-", "en--GB", "x" * 40, "en" + "-abcde" * 9])
def test_what_is_no_language_tag_is_a_problem(stated: str) -> None:
    assert complaints(f"{TITLE}\nlanguage: {stated}\n")[0][1].endswith(
        "Write a language tag such as en or pt-BR."
    )


def test_names_are_slugs_codes_or_names_in_any_case() -> None:
    assert _stated("regions: SOUTH AMERICA, 142").stated.regions == ("south-america", "asia")
    assert _stated("region: asia, Asia").stated.regions == ("asia",)
    assert _stated("topic: medtop:09000000").stated.topics == ("labour",)


def test_a_name_may_hold_a_comma() -> None:
    assert _stated("country: Korea, Republic of").stated.countries == ("kr",)
    assert _stated("countries: Korea, Republic of; KE").stated.countries == ("kr", "ke")


def test_none_states_that_there_is_none() -> None:
    assert _stated("topics: none").stated.topics == ()


def test_unknown_names_are_a_problem_and_the_others_count() -> None:
    seed = f"{TITLE}\ncountries: Kenya, Atlantis, Mu\nregions: Middle-earth\n"
    assert (only(seed).stated.countries, only(seed).stated.regions) == (("ke",), None)
    assert complaints(seed) == [
        (
            2,
            (
                "`Atlantis`, `Mu` in `countries` is not the name of a country, ignored. "
                "Use the slug, code or English name of a country."
            ),
        ),
        (
            3,
            (
                "`Middle-earth` in `regions` is not the name of a region, ignored. "
                "Use the slug, code or English name of a region."
            ),
        ),
    ]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("topics: labor", "Did you mean `labour`?"),
        ("regions: asai", "Did you mean `asia`?"),
        ("countries: Kenia", "Did you mean `ke` (Kenya)?"),
        (
            "regions: asai, Middle-earth, South Amerika",
            "Did you mean `asia` for `asai`, `south-america` for `South Amerika`?",
        ),
        ("countries: kx", "Use the slug, code or English name of a country."),
    ],
)
def test_where_a_known_name_is_near_it_is_told(line: str, hint: str) -> None:
    ((_, reason),) = complaints(f"{TITLE}\n{line}\n")
    kind = {"topics": "topic", "regions": "region", "countries": "country"}[line.partition(":")[0]]
    assert reason.endswith(f" is not the name of a {kind}, ignored. {hint}")


@dataclass(frozen=True, kw_only=True)
class CountingTaxonomy(Taxonomy):
    """Counts how often it is asked what may have been meant."""

    asked: list[str] = field(default_factory=list)

    def nearest(self, kind: Kind, words: str) -> str | None:
        self.asked.append(words)
        return super().nearest(kind, words)


def test_a_file_of_unknown_names_alone_is_read_soon() -> None:
    few = TAXONOMY
    counting = CountingTaxonomy(regions=few.regions, countries=few.countries, topics=few.topics)
    entries = (f"{TITLE} {n}\ntopics: nothing {n}\n\nWords.\n" for n in range(300))
    parse("\n".join(entries), taxonomy=counting)
    assert 0 < len(counting.asked) <= 200


def test_too_many_names_are_a_problem() -> None:
    seed = f"{TITLE}\ncountries: {', '.join(['ke'] * 40)}\n"
    assert only(seed).stated.countries == ("ke",)
    assert complaints(seed) == [(2, "too many names in `countries`; the first 32 were used")]


def test_a_very_long_name_is_shown_cut() -> None:
    ((_, reason),) = complaints(f"{TITLE}\ncountries: {'a' * 5000}\n")
    assert len(reason) < 200


def test_an_author_is_short() -> None:
    assert complaints(f"{TITLE}\nauthor: {'a' * 201}\n")[0][1].endswith(
        "Write at most 200 characters."
    )


def test_one_bad_entry_does_not_cost_the_others() -> None:
    seed = (
        f"{TITLE}\ndate: soon\nlink: nowhere\n\n{TEASER}\n\nBread Gets Dearer\n\nWheat is short.\n"
    )
    listing = accepted(seed)
    assert [draft.stated.title for draft in listing.drafts] == [TITLE, "Bread Gets Dearer"]
    assert [problem.line for problem in listing.problems] == [2, 3]


@pytest.mark.parametrize("address", ["http://192.168.1.7/a.jpg", "http://localhost:8080/"])
def test_an_address_that_is_not_public_is_a_problem(address: str) -> None:
    seed = f"{TITLE}\nimage: {address}\n"
    assert only(seed).stated.image == ""
    (problem,) = complaints(seed)
    assert problem == (
        2,
        (
            f"image `{address}` is not a public address, ignored. "
            "Write an address that everyone can open, without a user name or password."
        ),
    )


def test_credentials_in_an_address_are_not_repeated() -> None:
    ((_, reason),) = complaints(f"{TITLE}\nlink: https://ana:secret@news.example/7\n")
    assert reason.startswith("link `https://***@news.example/7` is not a public address, ignored.")


@pytest.mark.parametrize(
    "address", ["http://192.168.1.5/plans/7", "http://localhost:8080/a", "https://10.0.0.7/"]
)
def test_a_line_that_is_only_a_private_address_is_a_problem(address: str) -> None:
    seed = f"{TITLE}\n\n{TEASER}\n{address}\n"
    draft = only(seed)
    assert (draft.stated.title, draft.stated.text, draft.stated.link) == (TITLE, TEASER, "")
    assert complaints(seed) == [
        (
            4,
            (
                f"`{address}` is not a public address, ignored. "
                "Write an address that everyone can open, without a user name or password."
            ),
        )
    ]


def test_a_public_address_in_a_line_of_its_own_is_no_problem() -> None:
    seed = f"{TITLE}\n\n{TEASER}\nhttps://news.example/7\n"
    assert only(seed).stated.link == "https://news.example/7"
    assert complaints(seed) == []
