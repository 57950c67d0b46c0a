"""What moves of entries make of channels and their numbers."""

from __future__ import annotations

from uuid import UUID

from feedsvc.domain.batch.channels import ChannelRow, Channels, Shown
from feedsvc.domain.batch.decide import Restatement
from feedsvc.domain.batch.stamps import Stamp
from feedsvc.domain.model import Channel, channels_of
from tests.builders import label_plainly, stated

STAMP = Stamp(time=1000, ingest=7, revision=7, namespace=UUID(int=0))
LATER = Stamp(time=1001, ingest=8, revision=8, namespace=UUID(int=0))
ALL, WEATHER = Channel(), Channel(topic="weather")
RAIN = stated("Rain", "Drops")


def channels() -> Channels:
    """Everything, with a page up to arrival 4 and two entries after it."""
    every = ChannelRow(
        id=3, channel=ALL, revision=5, changed=900, entries=6, archives=1, archived=4, open=2
    )
    return Channels([every])


def shown(*paths: str) -> Shown:
    return Shown(channels=frozenset(map(Channel.parse, paths)))


def numbers(moved: Channels) -> dict[str, tuple[int, int, int]]:
    return {one.channel.path: (one.revision, one.entries, one.open) for one in moved.changed}


def test_a_new_entry_enters_its_channels_and_creates_those_that_are_missing() -> None:
    moved = channels()
    marks = label_plainly(RAIN)
    moved.restate(7, Shown(), [Restatement(stated=RAIN, shown=False, stamp=STAMP)], [marks])
    moves = moved.take_moves()
    assert [(row.id, row.channel) for row in moves.new_channels] == [(4, WEATHER)]
    assert moves.entering == [(3, 7), (4, 7)]
    assert moves.relabelled == {7: marks}
    assert (moves.leaving, moves.touches) == ([], [])
    assert numbers(moved) == {"all": (7, 7, 3), "topics/weather": (7, 1, 1)}


def test_an_entry_on_a_page_raises_the_page_and_not_the_number_after_it() -> None:
    moved = channels()
    moved.move(3, shown("all"), frozenset(), stamp=STAMP)
    moves = moved.take_moves()
    assert moves.leaving == [(3, 3)]
    assert [(one.channel, one.arrival, one.revision) for one in moves.touches] == [(3, 3, 7)]
    assert numbers(moved) == {"all": (7, 5, 2)}


def test_what_enters_and_leaves_again_is_not_written_but_raises_the_channel() -> None:
    moved = channels()
    moved.move(7, Shown(), frozenset([ALL]), stamp=STAMP)
    moved.move(7, shown("all"), frozenset(), stamp=LATER)
    moves = moved.take_moves()
    assert (moves.entering, moves.leaving) == ([], [])
    assert numbers(moved) == {"all": (8, 6, 2)}


def raised(*, seen: bool) -> dict[str, tuple[int, int, int]]:
    """The channels that an entry raises in which it stays."""
    moved = channels()
    marks = label_plainly(stated("Chess", "Boards"))
    step = Restatement(stated=stated("Chess", "Boards"), shown=seen, stamp=STAMP)
    moved.restate(5, Shown(labels=marks, channels=channels_of(marks)), [step], [marks])
    return numbers(moved)


def test_only_what_readers_see_raises_the_channels_in_which_an_entry_stays() -> None:
    assert raised(seen=False) == {}
    assert raised(seen=True) == {"all": (7, 6, 2)}


def test_what_is_taken_down_is_labelled_but_enters_no_channel() -> None:
    moved = channels()
    step = Restatement(stated=RAIN, shown=True, stamp=STAMP)
    moved.restate(5, Shown(taken_down=True), [step], [label_plainly(RAIN)])
    moves = moved.take_moves()
    assert (moves.entering, moves.new_channels, numbers(moved)) == ([], [], {})
    assert list(moves.relabelled) == [5]


def test_only_channels_with_enough_entries_are_asked_for_them() -> None:
    moved = channels()
    moved.move(7, Shown(), frozenset([ALL]), stamp=STAMP)
    moved.take_moves()
    assert moved.find_long(4) == []
    (row,) = moved.find_long(3)
    (page,) = moved.close_pages(row, [5, 6, 7], size=3)
    assert (page.number, page.first, page.last) == (2, 5, 7)
    assert (row.archives, row.archived, row.open) == (2, 7, 0)
