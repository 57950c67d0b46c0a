"""What the store says of drafts that are not written."""

from __future__ import annotations

from feedsvc.domain.reconcile import Verdict
from tests.builders import drafts
from tests.store.harness import StoreHarness

RAIN = ("Rain floods the harbour", "Boats were lifted onto the quay by the tide overnight.")
STRIKE = ("Tram drivers on strike", "The union asks for shorter shifts and better pay.")
FROST = ("A late frost spares the orchards", "Growers lit small fires between the rows.")


async def test_drafts_are_compared_and_nothing_is_written(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN, STRIKE)
    before = await store.entries()
    found = await store.reader.compare("a.txt", drafts(RAIN, FROST))
    assert [one.verdict for one in found.outcome.placements] == [Verdict.SAME, Verdict.NEW]
    assert [one.draft.stated.title for one in found.outcome.gone] == [STRIKE[0]]
    assert not any(one.elsewhere or one.withdrawn for one in found.entries.values())
    assert {one.id for one in found.entries.values()} == {entry.id for entry in before}
    assert await store.entries() == before


async def test_a_file_that_is_not_known_has_only_new_and_shared_entries(
    store: StoreHarness,
) -> None:
    await store.publish("a.txt", RAIN)
    found = await store.reader.compare("b.txt", drafts(RAIN, FROST))
    assert [one.verdict for one in found.outcome.placements] == [Verdict.SEEN, Verdict.NEW]
    (stored,) = found.entries.values()
    assert stored.elsewhere


async def test_withdrawn_entries_and_those_taken_down_are_known(store: StoreHarness) -> None:
    await store.publish("a.txt", RAIN)
    await store.publish("b.txt", STRIKE)
    (strike,) = [one for one in await store.entries() if one.stated.title == STRIKE[0]]
    async with store.writer.transaction() as transaction:
        await transaction.take_down(strike.id, now=store.clock.now)
    await store.remove("a.txt")
    found = await store.reader.compare("c.txt", drafts(RAIN, STRIKE))
    rain, other = (found.entries[one.entry or 0] for one in found.outcome.placements)
    assert (rain.withdrawn, rain.taken_down) == (True, False)
    assert (other.withdrawn, other.taken_down) == (False, True)
