"""Which labels of an entry tell a reader something, and the channel that each leads to."""

from __future__ import annotations

from feedsvc.domain.model import Channel, Entry, Kind, Label
from feedsvc.domain.taxonomy import Taxonomy

ORDER = (Kind.COUNTRY, Kind.REGION, Kind.TOPIC)  # places first, the nearest first


def get_channel(label: Label) -> Channel:
    """The channel that a label puts its entry into."""
    match label.kind:
        case Kind.REGION:
            return Channel(region=label.value)
        case Kind.COUNTRY:
            return Channel(country=label.value)
        case Kind.TOPIC:
            return Channel(topic=label.value)


def pick_labels(entry: Entry, taxonomy: Taxonomy) -> tuple[Label, ...]:
    """Its labels without those regions that a narrower region or a country of it says already.

    Labels that the taxonomy no longer knows are left out.
    """
    known = tuple(label for label in entry.labels if taxonomy.has(label.kind, label.value))
    wider = {region for label in known for region in _wider(label, taxonomy)}
    telling = [
        label for label in known if label.kind is not Kind.REGION or label.value not in wider
    ]
    return tuple(sorted(telling, key=lambda label: ORDER.index(label.kind)))


def _wider(label: Label, taxonomy: Taxonomy) -> tuple[str, ...]:
    match label.kind:
        case Kind.REGION:
            return taxonomy.regions[label.value].parents
        case Kind.COUNTRY:
            return taxonomy.countries[label.value].regions
        case Kind.TOPIC:
            return ()
