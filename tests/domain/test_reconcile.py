from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedsvc.domain.identity import key_of
from feedsvc.domain.model import Draft
from feedsvc.domain.reconcile import Known, Reconciliation, Verdict, reconcile
from tests.builders import draft, drafts, known, restate

BRIDGE = ("Bridge opens", "The mayor cut a ribbon and the first trams rolled over the river again")
FERRY = ("Ferry stops", "After a hundred years the last boat was tied up on Sunday evening")
FROST = ("", "A late frost has spared most of the orchards, growers in the valley said on Friday")


def verdicts(outcome: Reconciliation) -> list[Verdict]:
    return [placement.verdict for placement in outcome.placements]


def run(
    standing: tuple[Known, ...],
    stated: tuple[Draft, ...],
    *,
    elsewhere: dict[UUID, int] | None = None,
) -> Reconciliation:
    """Reconcile where every standing sighting's key is owned by its entry, as the store has it."""
    owners = {key_of(one.draft): one.entry for one in standing} | (elsewhere or {})
    return reconcile(standing, stated, owners=owners)


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


def test_words_known_from_elsewhere_are_seen() -> None:
    listing = drafts(BRIDGE)
    outcome = run((), listing, elsewhere={key_of(listing[0]): 7})
    assert verdicts(outcome) == [Verdict.SEEN]
    assert outcome.placements[0].entry == 7


def test_a_later_end_of_a_teaser_is_an_edit_under_the_same_key() -> None:
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
def test_a_teaser_that_comes_or_goes_under_its_title_is_an_edit(before: str, after: str) -> None:
    outcome = run(known(drafts(("Ferry stops", before))), drafts(("Ferry stops", after)))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_of_several_teasers_under_one_title_the_most_alike_is_continued() -> None:
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


def test_a_title_that_comes_or_goes_over_its_teaser_is_an_edit() -> None:
    assert verdicts(run(known(drafts(FROST)), drafts(("Frost", FROST[1])))) == [Verdict.EDITED]
    assert verdicts(run(known(drafts(FERRY)), drafts(("", FERRY[1])))) == [Verdict.EDITED]


def test_edits_are_never_found_across_seeds() -> None:
    edited = drafts(("Trams are back", BRIDGE[1]))
    outcome = run((), edited, elsewhere={key_of(drafts(BRIDGE)[0]): 7})
    assert verdicts(outcome) == [Verdict.NEW]


def test_edited_into_words_of_another_entry_it_joins_that_entry() -> None:
    edited = drafts(("Trams are back", BRIDGE[1]))
    outcome = run(known(drafts(BRIDGE)), edited, elsewhere={key_of(edited[0]): 7})
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


def test_stories_of_one_title_that_swap_places_keep_their_entries() -> None:
    one, other = ("Weather", "Rain all day in the hills"), ("Weather", "Sun on the whole coast")
    outcome = run(known(drafts(one, other)), drafts(other, one))
    assert [placement.entry for placement in outcome.placements] == [2, 1]
    assert verdicts(outcome) == [Verdict.SAME, Verdict.SAME]


def test_a_changed_fact_is_an_edit() -> None:
    (stated,) = drafts(BRIDGE)
    outcome = run(known((stated,)), (restate(stated, link="https://a.example/"),))
    assert verdicts(outcome) == [Verdict.EDITED]


def test_another_line_or_date_is_no_edit() -> None:
    (stated,) = drafts(BRIDGE)
    assert verdicts(run(known((stated,)), (replace(stated, line=90, ordinal=5),))) == [Verdict.SAME]


def test_what_is_no_longer_stated_is_gone() -> None:
    outcome = run(known(drafts(BRIDGE, FERRY)), drafts(FERRY))
    assert [before.entry for before in outcome.gone] == [1]


def test_long_listings_of_like_words_are_matched_in_bounded_steps() -> None:
    """Far from a hundred million pairs."""
    count = 10_000
    before = drafts(
        *(("Prices", f"stall {n} sells pears for {n} coins today") for n in range(count))
    )
    after = drafts(*(("Prices", f"now stall {n} sells pears for {n} coins") for n in range(count)))
    outcome = run(known(before, first=1), after)
    assert [placement.entry for placement in outcome.placements] == list(range(1, count + 1))


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
def test_any_listing_read_again_is_the_same(listing: tuple[Draft, ...]) -> None:
    owners: dict[UUID, int] = {}
    for number, one in enumerate(listing, 1):
        owners.setdefault(key_of(one), number)
    standing = tuple(replace(one, entry=owners[key_of(one.draft)]) for one in known(listing))
    outcome = reconcile(standing, listing, owners=owners)
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


def test_a_draft_says_what_its_file_states_and_not_where() -> None:
    one = draft("Title", "Text")
    assert verdicts(run(known((one,)), (replace(one, ordinal=4, line=40),))) == [Verdict.SAME]
