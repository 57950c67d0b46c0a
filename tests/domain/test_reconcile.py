from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.continuation import Known
from feedsvc.domain.identity import keys_of
from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import Owner, Reconciliation, Verdict, reconcile
from tests.builders import base_key, draft, drafts, known, restate

BRIDGE = ("Bridge opens", "The mayor cut a ribbon and the first trams rolled over the river again")
FERRY = ("Ferry stops", "After a hundred years the last boat was tied up on Sunday evening")
FROST = ("", "A late frost has spared most of the orchards, growers in the valley said on Friday")


def verdicts(outcome: Reconciliation) -> list[Verdict]:
    return [placement.verdict for placement in outcome.placements]


def run(
    standing: tuple[Known, ...],
    stated: tuple[Draft, ...],
    *,
    elsewhere: dict[Draft, int] | None = None,
) -> Reconciliation:
    """Reconcile where every standing sighting's key is owned by its entry, as the store has it."""
    return reconcile(
        standing,
        stated,
        keys={index: keys_of(one) for index, one in enumerate(stated)},
        owners=owners_of(standing, elsewhere or {}),
        same={},
    )


def owners_of(
    standing: tuple[Known, ...], elsewhere: Mapping[Draft, int]
) -> dict[UUID, list[Owner]]:
    owners: dict[UUID, list[Owner]] = {}
    for draft_, entry in [*elsewhere.items(), *((one.draft, one.entry) for one in standing)]:
        key = base_key(draft_)
        found = owners.setdefault(key, [])
        if entry not in [owner.entry for owner in found]:
            found.append(Owner(entry=entry, key=key, text=draft_.stated.text))
    return owners


def test_a_first_reading_is_all_new() -> None:
    outcome = run((), drafts(BRIDGE, FROST))
    assert verdicts(outcome) == [Verdict.NEW, Verdict.NEW]
    assert [placement.entry for placement in outcome.placements] == [None, None]
    assert outcome.gone == ()


def test_reading_again_changes_nothing() -> None:
    listing = drafts(BRIDGE, FERRY, FROST)
    outcome = run(known(listing), listing)
    assert verdicts(outcome) == [Verdict.SAME] * 3
    assert [placement.entry for placement in outcome.placements] == [1, 2, 3]
    assert outcome.gone == ()


def test_moving_within_a_listing_changes_nothing() -> None:
    outcome = run(known(drafts(BRIDGE, FERRY)), drafts(FERRY, BRIDGE))
    assert verdicts(outcome) == [Verdict.SAME, Verdict.SAME]
    assert [placement.entry for placement in outcome.placements] == [2, 1]


def test_words_known_from_another_seed_are_seen() -> None:
    listing = drafts(BRIDGE)
    outcome = run((), listing, elsewhere={listing[0]: 7})
    assert verdicts(outcome) == [Verdict.SEEN]
    assert outcome.placements[0].entry == 7


def test_a_changed_end_of_a_teaser_is_an_edit_under_the_same_key() -> None:
    title, text = BRIDGE
    outcome = run(known(drafts(BRIDGE)), drafts((title, text + " on time")))
    assert verdicts(outcome) == [Verdict.EDITED]
    assert outcome.placements[0].entry == 1


def test_a_title_edited_over_an_unchanged_teaser_keeps_its_entry() -> None:
    outcome = run(known(drafts(BRIDGE, FERRY)), drafts(("Trams are back", BRIDGE[1]), FERRY))
    assert verdicts(outcome) == [Verdict.EDITED, Verdict.SAME]
    assert outcome.placements[0].entry == 1
    assert outcome.gone == ()


def test_a_teaser_edited_by_two_thirds_keeps_its_entry() -> None:
    text = "one two three four five six seven eight nine"
    edited = "a b c d e f one two three"
    outcome = run(known(drafts(("Title", text))), drafts(("Title", edited)))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_a_teaser_edited_by_more_is_another_entry() -> None:
    text = "one two three four five six seven eight nine"
    edited = "a b c d e f g one two"
    outcome = run(known(drafts(("Title", text))), drafts(("Title", edited)))
    assert verdicts(outcome) == [Verdict.NEW]
    assert [before.entry for before in outcome.gone] == [1]


@pytest.mark.parametrize(("before", "after"), [("", FERRY[1]), (FERRY[1], "")])
def test_adding_or_removing_a_teaser_is_an_edit(before: str, after: str) -> None:
    outcome = run(known(drafts(("Ferry stops", before))), drafts(("Ferry stops", after)))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_of_several_teasers_under_one_title_the_most_similar_is_continued() -> None:
    standing = known(
        drafts(
            ("Weather", "rain in the north and wind on the coast"),
            ("Weather", "sun in the south and wind on the hills"),
            ("Weather", ""),
        )
    )
    outcome = run(standing, drafts(("Weather", "some sun in the south and wind on the hills")))
    assert outcome.placements[0].entry == 2
    assert [before.entry for before in outcome.gone] == [1, 3]


def test_an_untitled_entry_with_half_of_its_words_keeps_its_entry() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    edited = " ".join(["a", "b", "c", "d", *words[:4]])
    outcome = run(known(drafts(("", " ".join(words)))), drafts(("", edited)))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_an_untitled_entry_with_fewer_of_its_words_is_another() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    edited = " ".join(["a", "b", "c", "d", "e", *words[:3]])
    outcome = run(known(drafts(("", " ".join(words)))), drafts(("", edited)))
    assert verdicts(outcome) == [Verdict.NEW]


def test_adding_or_removing_a_title_is_an_edit() -> None:
    assert verdicts(run(known(drafts(FROST)), drafts(("Frost", FROST[1])))) == [Verdict.EDITED]
    assert verdicts(run(known(drafts(FERRY)), drafts(("", FERRY[1])))) == [Verdict.EDITED]


def test_edits_are_never_found_across_seeds() -> None:
    edited = drafts(("Trams are back", BRIDGE[1]))
    outcome = run((), edited, elsewhere={drafts(BRIDGE)[0]: 7})
    assert verdicts(outcome) == [Verdict.NEW]


def test_an_entry_edited_into_anothers_words_joins_that_entry() -> None:
    edited = drafts(("Trams are back", BRIDGE[1]))
    outcome = run(known(drafts(BRIDGE)), edited, elsewhere={edited[0]: 7})
    assert verdicts(outcome) == [Verdict.JOINED]
    assert outcome.placements[0].entry == 7
    assert outcome.placements[0].known is not None


def test_two_entries_edited_into_the_same_words_become_one() -> None:
    text = BRIDGE[1]
    standing = known(drafts(("Bridge opens", text), ("Bridge is open", text)))
    outcome = run(standing, drafts(("Trams are back", text), ("Trams are back", text)))
    assert verdicts(outcome) == [Verdict.EDITED, Verdict.JOINED]
    assert [placement.entry for placement in outcome.placements] == [1, 1]


def test_the_same_words_twice_in_a_listing_are_one_key() -> None:
    outcome = run((), drafts(BRIDGE, BRIDGE))
    assert verdicts(outcome) == [Verdict.NEW, Verdict.NEW]
    assert len({placement.key for placement in outcome.placements}) == 1


def test_a_copy_of_an_edited_entry_is_that_entry() -> None:
    """The words are new to the store: the sighting that brings them owns them."""
    edited = ("Trams are back", BRIDGE[1])
    outcome = run(known(drafts(BRIDGE)), drafts(edited, edited))
    assert verdicts(outcome) == [Verdict.EDITED, Verdict.SEEN]
    assert [placement.entry for placement in outcome.placements] == [1, 1]


def test_stories_with_one_title_that_swap_places_keep_their_entries() -> None:
    one, other = ("Weather", "Rain all day in the hills"), ("Weather", "Sun on the whole coast")
    outcome = run(known(drafts(one, other)), drafts(other, one))
    assert [placement.entry for placement in outcome.placements] == [2, 1]
    assert verdicts(outcome) == [Verdict.SAME, Verdict.SAME]


def test_a_changed_fact_is_an_edit() -> None:
    (stated,) = drafts(BRIDGE)
    outcome = run(known((stated,)), (restate(stated, link="https://a.example/"),))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_another_line_or_date_is_not_an_edit() -> None:
    (stated,) = drafts(BRIDGE)
    assert verdicts(run(known((stated,)), (replace(stated, line=90, ordinal=5),))) == [Verdict.SAME]


def test_a_sighting_without_a_draft_is_gone() -> None:
    outcome = run(known(drafts(BRIDGE, FERRY)), drafts(FERRY))
    assert [before.entry for before in outcome.gone] == [1]


def test_long_listings_of_similar_words_are_matched_in_bounded_steps() -> None:
    """Far from a hundred million pairs."""
    count = 10_000
    before = drafts(
        *(("Prices", f"stall {n} sells pears for {n} coins today") for n in range(count))
    )
    after = drafts(*(("Prices", f"now stall {n} sells pears for {n} coins") for n in range(count)))
    outcome = run(known(before, first=1), after)
    assert [placement.entry for placement in outcome.placements] == list(range(1, count + 1))


COLUMN = "The takings of the night market by the river came to {} crowns on {}, the stewards say"
FIRST = ("Night market", COLUMN.format(900, "3 May"))
SECOND = ("Night market", COLUMN.format(850, "10 May"))


def test_the_next_issue_of_a_column_in_another_file_is_a_new_entry() -> None:
    first, second = drafts(FIRST, SECOND)
    assert base_key(first) == base_key(second)
    (placement,) = run((), (second,), elsewhere={first: 7}).placements
    assert (placement.verdict, placement.entry) == (Verdict.NEW, None)
    assert placement.key == keys_of(second).full
    assert set(placement.claims) == {keys_of(second).base, keys_of(second).full}


def test_each_issue_of_a_column_is_found_again_by_its_own_words() -> None:
    first, second = drafts(FIRST, SECOND)
    cut = draft("Night market", SECOND[1][:80])
    for stated, entry in ((first, 7), (second, 8), (cut, 8)):
        (placement,) = run((), (stated,), elsewhere={first: 7, second: 8}).placements
        assert (placement.verdict, placement.entry) == (Verdict.SEEN, entry)


def test_two_issues_of_a_column_in_one_file_are_two_entries() -> None:
    listing = drafts(FIRST, SECOND)
    outcome = run((), listing)
    assert [placement.key for placement in outcome.placements] == [
        keys_of(listing[0]).base,
        keys_of(listing[1]).full,
    ]


def test_an_issue_added_above_the_last_one_does_not_take_its_entry() -> None:
    outcome = run(known(drafts(FIRST)), drafts(SECOND, FIRST))
    assert verdicts(outcome) == [Verdict.NEW, Verdict.SAME]
    assert outcome.placements[1].entry == 1


def test_a_figure_corrected_in_its_own_file_is_an_edit() -> None:
    outcome = run(known(drafts(FIRST)), drafts((FIRST[0], COLUMN.format(901, "3 May"))))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_an_entry_keeps_the_words_from_before_an_edit() -> None:
    before, after = drafts(FIRST, (FIRST[0], COLUMN.format(901, "3 May")))
    (placement,) = run(known((before,)), (after,)).placements
    assert keys_of(before).full in placement.claims


def test_a_spelling_run_over_headline_and_teaser_is_an_edit() -> None:
    before = drafts(BRIDGE, ("Harbor clerks organize", "The color of the new pier is gray"), FERRY)
    after = drafts(BRIDGE, ("Harbour clerks organise", "The colour of the new pier is grey"), FERRY)
    outcome = run(known(before), after)
    assert verdicts(outcome) == [Verdict.SAME, Verdict.EDITED, Verdict.SAME]


def test_nearly_the_same_words_in_another_place_are_not_an_edit() -> None:
    before = drafts(BRIDGE, FERRY, ("Harbor clerks organize", "The color of the pier is gray"))
    after = drafts(("Harbour clerks organise", "The colour of the pier is grey"), BRIDGE, FERRY)
    assert verdicts(run(known(before), after)) == [Verdict.NEW, Verdict.SAME, Verdict.SAME]


def test_an_entry_with_an_id_of_its_source_stays_itself_whatever_its_words() -> None:
    before = replace(draft(*BRIDGE), source_id="https://a.example/?p=1")
    after = replace(draft(*FERRY), source_id="https://a.example/?p=1")
    outcome = run(known((before,)), (after,))
    assert verdicts(outcome) == [Verdict.EDITED]
    assert keys_of(after).source in outcome.placements[0].claims


def test_an_entry_that_a_feed_and_a_listing_both_have_is_one() -> None:
    listed = draft(*BRIDGE)
    fed = replace(listed, source_id="https://a.example/?p=1")
    (placement,) = run((), (fed,), elsewhere={listed: 7}).placements
    assert (placement.verdict, placement.entry) == (Verdict.SEEN, 7)
    assert placement.claims == (keys_of(fed).source,)


WORD = st.sampled_from(
    ["rain", "sun", "wind", "frost", "bridge", "ferry", "tram", "mayor", "valley", "river"]
)
STORY = st.tuples(
    st.lists(WORD, max_size=2).map(" ".join),
    st.lists(WORD, min_size=1, max_size=6).map(" ".join),
)
LISTING = st.lists(STORY, max_size=8).map(lambda words: drafts(*words))


@settings(max_examples=200, deadline=None)
@given(LISTING, LISTING)
def test_matching_is_one_to_one_and_complete(
    before: tuple[Draft, ...], now: tuple[Draft, ...]
) -> None:
    standing = known(before)
    outcome = run(standing, now)
    continued = [one.known.sighting for one in outcome.placements if one.known is not None]
    assert len(continued) == len(set(continued))
    assert sorted(continued + [one.sighting for one in outcome.gone]) == [
        one.sighting for one in standing
    ]
    assert [one.draft for one in outcome.placements] == list(now)


@settings(max_examples=200, deadline=None)
@given(LISTING)
def test_any_listing_read_again_stays_the_same(listing: tuple[Draft, ...]) -> None:
    outcome = run(known(listing), listing)
    assert set(verdicts(outcome)) <= {Verdict.SAME}
    assert outcome.gone == ()


@settings(max_examples=200, deadline=None)
@given(LISTING, st.data())
def test_an_edited_title_over_its_own_teaser_keeps_its_entry(
    listing: tuple[Draft, ...],
    data: st.DataObject,
) -> None:
    listing = tuple(
        restate(one, text=f"{one.stated.text} teaser{number}") for number, one in enumerate(listing)
    )
    if not listing:
        return
    index = data.draw(st.integers(0, len(listing) - 1))
    title = data.draw(st.sampled_from(["An entirely new title", ""]))
    edited = (*listing[:index], restate(listing[index], title=title), *listing[index + 1 :])
    outcome = run(known(listing), edited)
    assert outcome.placements[index].entry == index + 1


def test_the_place_of_a_draft_does_not_count_as_its_wording() -> None:
    one = draft("Title", "Text")
    assert verdicts(run(known((one,)), (replace(one, ordinal=4, line=40),))) == [Verdict.SAME]
