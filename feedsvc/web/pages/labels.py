"""Which labels of an entry are worth showing, and the channel of each."""

from __future__ import annotations

from feedsvc.domain.model import Channel, Entry, Kind, Label
from feedsvc.domain.taxonomy import Taxonomy

ORDER = (Kind.COUNTRY, Kind.REGION, Kind.TOPIC)  # places first, the nearest first


def get_channel(label: Label) -> Channel:
    """Return the channel that a label puts its entry into."""
    match label.kind:
        case Kind.REGION:
            return Channel(region=label.value)
        case Kind.COUNTRY:
            return Channel(country=label.value)
        case Kind.TOPIC:
            return Channel(topic=label.value)


def pick_labels(entry: Entry, taxonomy: Taxonomy) -> tuple[Label, ...]:
    """Return an entry's labels without regions that a narrower label implies.

    Labels that the taxonomy no longer contains are left out.
    """
    known = tuple(label for label in entry.labels if taxonomy.has(label.kind, label.value))
    wider = {region for label in known for region in find_wider_regions(label, taxonomy)}
    shown = [label for label in known if label.kind is not Kind.REGION or label.value not in wider]
    return tuple(sorted(shown, key=lambda label: ORDER.index(label.kind)))


def find_wider_regions(label: Label, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Return the slugs of the regions around a place; none for a topic."""
    match label.kind:
        case Kind.REGION:
            return taxonomy.regions[label.value].parents
        case Kind.COUNTRY:
            return taxonomy.countries[label.value].regions
        case Kind.TOPIC:
            return ()
