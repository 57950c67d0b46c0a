"""Every channel of real files follows the rules of every format."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pytest

from feedsvc.domain.classify.classifier import Classifier
from feedsvc.domain.model import Channel, Draft, Entry, channels_of
from feedsvc.domain.reading import Listing, ReadingRules, read_file
from feedsvc.domain.render import Format, ListedChannel, build_feed, render, render_opml
from feedsvc.services.vocabulary import load_vocabulary
from tests.domain.render.builders import CHANGED, SITE
from tests.domain.render.reading import CHECKS, read
from tests.feed_rules import check_opml

ROOT = Path(__file__).parents[3]
FOLDERS = [ROOT / "seeds", ROOT.parent / "shared/listings"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_channel_of_a_folder_is_valid_in_every_format(folder: Path) -> None:
    paths = [path for path in sorted(folder.rglob("*.txt")) if path.is_file()]
    if not paths:
        pytest.skip(f"{folder} has no listings")
    vocabulary = load_vocabulary()
    classifier = Classifier(vocabulary)
    channels: dict[Channel, dict[str, Entry]] = defaultdict(dict)
    for path in paths:
        rules = ReadingRules(taxonomy=vocabulary.taxonomy, zone=UTC)
        listing = read_file(path.name, path.read_bytes(), rules=rules)
        assert isinstance(listing, Listing), path
        for draft in listing.drafts:
            entry = stored(draft, classifier)
            for channel in channels_of(entry.labels):
                channels[channel][entry.id.urn] = entry
    for channel, entries in channels.items():
        feed = build_feed(SITE, vocabulary.taxonomy, channel, entries.values(), changed=CHANGED)
        for form in Format:
            document = render(feed, form)
            CHECKS[form](document)
            assert [it.id for it in read(document, form)] == list(entries)
    listed = [ListedChannel(channel=it, entries=len(channels[it])) for it in channels]
    check_opml(render_opml(SITE, vocabulary.taxonomy, listed, changed=CHANGED))


def stored(draft: Draft, classifier: Classifier) -> Entry:
    """The draft as the store would hold it, were it the first ever seen."""
    seen = CHANGED - timedelta(seconds=draft.ordinal)
    return Entry(
        id=uuid5(NAMESPACE_OID, f"{draft.stated.title}\n{draft.stated.text}"),
        stated=draft.stated,
        published=draft.date or seen,
        updated=seen,
        arrival=1,
        labels=classifier.classify(draft.stated),
    )
