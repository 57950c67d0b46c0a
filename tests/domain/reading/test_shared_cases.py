"""Files with faults that were reported in public are read as a person expects."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedsvc.domain.classify import Classifier
from feedsvc.domain.model import Draft
from feedsvc.domain.query import Query
from feedsvc.domain.reading import Listing, Rejection, read_file
from feedsvc.services.ingest.skip import why_reported, why_skipped
from feedsvc.services.vocabulary import load_vocabulary
from tests.domain.reading.described import real_rules
from tests.services.ingest.conftest import harness
from tests.services.ingest.harness import IngestHarness

__all__ = ["harness"]

CASES = Path(__file__).resolve().parents[4] / "shared" / "inputs" / "cases"
pytestmark = pytest.mark.skipif(
    not CASES.is_dir(), reason="the reported faults are not beside this checkout"
)

FERRY = "Harbour Ferry Resumes Its Winter Timetable"
RICE = "Rice Growers Near the Delta Try New Seed"
LIBRARY = "Library in Nakuru Opens Its Reading Garden"
TEASERS = {
    FERRY: "Boats leave the old pier every two hours until the end of March, the operator said.",
    RICE: "The first fields stood green after the flood tide, and buyers have already come.",
    LIBRARY: "Visitors may borrow books and deck chairs until sunset on all days but Monday.",
}


def bytes_of(number: str, name: str = "in.txt") -> bytes:
    (folder,) = CASES.glob(f"{number}-*")
    return (folder / name).read_bytes()


def outcome_of(number: str, name: str = "in.txt") -> Listing | Rejection:
    return read_file(name, bytes_of(number, name), rules=real_rules())


def listing_of(number: str, name: str = "in.txt") -> Listing:
    outcome = outcome_of(number, name)
    assert isinstance(outcome, Listing), outcome
    return outcome


def drafts_of(number: str, name: str = "in.txt") -> tuple[Draft, ...]:
    return listing_of(number, name).drafts


def texts_of(number: str, name: str = "in.txt") -> list[tuple[str, str]]:
    return [(draft.stated.title, draft.stated.text) for draft in drafts_of(number, name)]


def titles_of(number: str, name: str = "in.txt") -> list[str]:
    return [draft.stated.title for draft in drafts_of(number, name)]


def is_in_doubt(outcome: Listing | Rejection) -> bool:
    """Whether an editor is told that something is wrong."""
    return isinstance(outcome, Rejection) or bool(outcome.problems)


def stories(*titles: str) -> list[tuple[str, str]]:
    return [(title, TEASERS[title]) for title in titles]


def test_01_a_byline_below_a_headline_is_the_author() -> None:
    assert texts_of("01") == stories(FERRY, RICE, LIBRARY)
    assert [draft.stated.author for draft in drafts_of("01")] == [
        "Ana Example",
        "Bo Example",
        "Cy Example",
    ]
    assert not any(draft.stated.caption for draft in drafts_of("01"))


def test_02_a_date_below_a_headline_is_the_date_of_the_entry() -> None:
    assert texts_of("02") == stories(FERRY, RICE, LIBRARY)
    assert [str(draft.date)[:10] for draft in drafts_of("02")] == [
        "2026-03-12",
        "2026-03-11",
        "2026-03-10",
    ]


def test_03_source_and_time_and_bullet_are_not_part_of_a_headline() -> None:
    assert texts_of("03") == stories(FERRY, RICE, LIBRARY)
    assert [draft.stated.link for draft in drafts_of("03")] == [
        "https://news.example.org/ferry?at_campaign=rss",
        "https://news.example.org/rice",
        "https://news.example.org/library",
    ]
    assert drafts_of("03")[0].stated.source == "Harbour Gazette"


@pytest.mark.parametrize("number", ["04", "05"])
def test_04_and_05_an_address_of_its_own_is_the_link(number: str) -> None:
    assert texts_of(number) == stories(FERRY, RICE)
    assert [draft.stated.link for draft in drafts_of(number)] == [
        "https://example.org/news/ferry",
        "https://example.org/news/rice",
    ]


def test_06_read_more_is_not_an_entry() -> None:
    assert texts_of("06") == stories(FERRY, RICE, LIBRARY)


def test_07_section_headings_above_stories_are_not_entries() -> None:
    assert texts_of("07")[:3] == stories(FERRY, RICE, LIBRARY)
    briefs = drafts_of("07")[3:]
    assert [draft.stated.title or draft.stated.text for draft in briefs] == [
        "Bakers in Oslo raise the price of rye bread by a tenth.",
        "A tram driver in Porto found a lost violin and gave it back.",
    ]
    sections = [draft.stated.section for draft in drafts_of("07")]
    assert sections == ["ASIA", "ASIA", "AFRICA", "IN BRIEF", "IN BRIEF"]


def test_08_the_furniture_of_a_page_is_not_an_entry() -> None:
    assert texts_of("08") == stories(FERRY, RICE)


def test_09_a_second_paragraph_belongs_to_its_entry() -> None:
    assert titles_of("09") == [FERRY, RICE, LIBRARY]
    assert all(text.startswith(TEASERS[title]) for title, text in texts_of("09"))
    assert texts_of("09")[0][1].endswith("free of charge, but no dogs.")


def test_10_an_article_in_a_file_of_its_own_is_one_entry() -> None:
    assert titles_of("10") == [FERRY]
    assert texts_of("10")[0][1].startswith(TEASERS[FERRY])


def test_11_headlines_in_sentence_case_are_headlines() -> None:
    assert texts_of("11") == [
        ("Parmesan maker doubles its profit in spring", ""),
        ("Bad weather hits sales of ice cream", ""),
        ("Ports strike enters its second week", ""),
        ("Tram driver finds a lost violin in Porto", ""),
        ("Bakers raise the price of rye bread", ""),
        ("Two held after fire at paper mill", ""),
    ]


def test_12_headlines_in_rows_are_an_entry_each() -> None:
    assert texts_of("12") == [
        ("Parmesan Maker Doubles Its Profit in Spring", ""),
        ("Bad Weather Hits Sales of Ice Cream", ""),
        ("Ports Strike Enters Its Second Week", ""),
        ("Tram Driver Finds a Lost Violin in Porto", ""),
        ("Bakers Raise the Price of Rye Bread", ""),
    ]


def test_13_numbers_of_a_list_are_not_part_of_headlines() -> None:
    last = "Oslo raises the price of rye bread"
    assert titles_of("13") == [FERRY, RICE, LIBRARY, last]
    assert titles_of("13", "later.txt") == [
        "Bakers go on strike in Lagos",
        FERRY,
        RICE,
        LIBRARY,
        last,
    ]


async def test_13_entries_keep_their_ids_when_numbers_change(harness: IngestHarness) -> None:
    before = await ids_after(harness, a=bytes_of("13"))
    after = await ids_after(harness, a=bytes_of("13", "later.txt"))
    assert {title: after[title] for title in before} == before
    assert len(after) == len(before) + 1


def test_14_bullets_and_links_are_not_part_of_headlines() -> None:
    assert texts_of("14", "in.md") == stories(FERRY, RICE, LIBRARY)
    assert drafts_of("14", "in.md")[2].stated.link == "https://example.org/library"


def test_15_rtf_is_rejected_by_name() -> None:
    outcome = outcome_of("15")
    assert isinstance(outcome, Rejection)
    assert "RTF" in outcome.problem.message


@pytest.mark.parametrize("name", ["page.txt", "feed.txt", "items.txt", "list.txt"])
def test_16_another_format_in_a_text_file_is_read_as_it_is_or_reported(name: str) -> None:
    outcome = outcome_of("16", name)
    if not is_in_doubt(outcome):
        assert [title.split(" Try")[0] for title, _ in texts_of("16", name)] in (
            ["Harbour Ferry Resumes"],
            ["Harbour Ferry Resumes", "Rice Growers"],
        )
    if isinstance(outcome, Listing):
        shown = " ".join(f"{title} {text}" for title, text in texts_of("16", name))
        assert not set("<>{}") & set(shown)


def test_17_a_digest_of_mail_gives_its_subjects_and_no_address() -> None:
    outcome = outcome_of("17")
    if isinstance(outcome, Listing):
        assert len(outcome.drafts) == 2
        assert "Ferry Resumes Its Winter Timetable" in outcome.drafts[0].stated.title
        assert "Rice Growers Try New Seed" in outcome.drafts[1].stated.title
        assert "@" not in " ".join(map(str, outcome.drafts))


@pytest.mark.parametrize("name", ["mac.txt", "dos850.txt"])
def test_18_old_encodings_are_right_or_reported(name: str) -> None:
    expected = read_file("a.txt", bytes_of("18", "expected-text.txt.utf8"), rules=real_rules())
    assert isinstance(expected, Listing)
    wanted = [typewritten(draft) for draft in expected.drafts]
    outcome = outcome_of("18", name)
    if is_in_doubt(outcome):
        return
    assert isinstance(outcome, Listing)
    assert [typewritten(draft) for draft in outcome.drafts] == wanted


def typewritten(draft: Draft) -> tuple[str, str]:
    """Title and text with the signs that the old code pages have."""
    signs = str.maketrans({"“": '"', "”": '"', "’": "'", "–": "-", "…": "..."})
    return draft.stated.title.translate(signs), draft.stated.text.translate(signs)


@pytest.mark.parametrize("name", ["mac.txt", "dos850.txt"])
def test_18_no_letters_of_another_script_are_read(name: str) -> None:
    outcome = outcome_of("18", name)
    if isinstance(outcome, Listing):
        words = " ".join(f"{one.stated.title} {one.stated.text}" for one in outcome.drafts)
        assert [letter for letter in words if letter.isalpha() and ord(letter) > 0x24F] == []


def test_19_turkish_in_its_code_page_is_read_as_turkish() -> None:
    expected = read_file("a.txt", bytes_of("19", "expected-text.txt.utf8"), rules=real_rules())
    assert isinstance(expected, Listing)
    assert drafts_of("19") == expected.drafts


@pytest.mark.parametrize("name", ["in.txt", "in2.txt"])
def test_20_bytes_pasted_into_utf8_are_read_as_cp1252_and_reported(name: str) -> None:
    listing = listing_of("20", name)
    words = " ".join(f"{one.stated.title} {one.stated.text}" for one in listing.drafts)
    assert ("Café Owners in Málaga" if name == "in.txt" else "café owners") in words
    assert "owners’ union called the levy – ten euros – unfair" in words
    assert listing.problems


def test_21_invisible_characters_do_not_hide_a_country() -> None:
    classifier = Classifier(load_vocabulary())
    found = [
        {(str(label.kind), label.value) for label in classifier.classify(draft.stated)}
        for draft in drafts_of("21")
    ]
    assert {("country", "ke"), ("region", "eastern-africa")} <= found[0]
    assert {("country", "fj"), ("region", "oceania")} <= found[1]


async def test_21_invisible_characters_do_not_hide_a_word_from_search(
    harness: IngestHarness,
) -> None:
    await ids_after(harness, a=bytes_of("21"))
    for word in ("Kenya", "Pacific"):
        found = await harness.reader.find(Query(words=word), limit=10)
        assert len(found.entries) == 1


async def test_23_a_column_that_returns_gives_an_entry_each_week(harness: IngestHarness) -> None:
    (harness.folder / "week1.txt").write_bytes(bytes_of("23", "week1.txt"))
    await harness.settle()
    first = {entry.id for entry in await harness.entries()}
    (harness.folder / "week2.txt").write_bytes(bytes_of("23", "week2.txt"))
    await harness.settle()
    minutes = [entry for entry in await harness.entries() if entry.headline == "Council Minutes"]
    assert len(minutes) == 2
    assert len({entry.id for entry in minutes} & first) == 1


async def test_24_an_entry_keeps_its_id_when_its_spelling_is_corrected(
    harness: IngestHarness,
) -> None:
    before = await ids_after(harness, a=bytes_of("24"))
    after = await ids_after(harness, a=bytes_of("24", "later.txt"))
    assert list(before.values()) == list(after.values())
    assert list(after) == ["Harbour Ferry Resumes Services"]


async def ids_after(harness: IngestHarness, **files: bytes) -> dict[str, str]:
    """The IDs of all entries by headline, once the files have been read."""
    for name, data in files.items():
        (harness.folder / f"{name}.txt").write_bytes(data)
    await harness.settle()
    return {entry.headline: str(entry.id) for entry in await harness.entries()}


def test_25_conflict_copies_and_backups_are_skipped_and_reported() -> None:
    (folder,) = CASES.glob("25-*")
    names = sorted(path.name for path in folder.iterdir() if path.suffix == ".txt")
    assert [name for name in names if not why_skipped(name)] == ["a.txt"]
    assert all(why_reported(name) for name in names if name != "a.txt")


def test_29_a_field_name_in_wrapped_prose_stays_prose() -> None:
    council, museum = texts_of("29")
    assert council[0] == "Council Votes on the Water Tariff"
    assert council[1] == (
        "The council voted on Monday after a long debate about the only source: the spring "
        "above the town, which runs dry in summer, as a report says."
    )
    assert museum[0] == "Museum Shows Old Maps"
    assert museum[1] == (
        "The new hall has room for one image: a map of the coast that was drawn four hundred "
        "years ago by a monk."
    )


def test_30_a_headline_right_above_a_wrapped_teaser_is_a_headline() -> None:
    assert titles_of("30") == [
        "Mayor buys two copies of song",
        "Ports strike enters its second week as dockers stay away in three towns",
        "Ferry line named in port inquiry",
    ]
    assert [(text.split()[0], text.split()[-1]) for _, text in texts_of("30")] == [
        ("Mayor", "hospital."),
        ("Dockers", "Friday."),
        ("Harbour", "May."),
    ]
