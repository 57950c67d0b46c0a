"""Which of an entry's regions an editor would list: what it speaks of, not all that contains it."""

from __future__ import annotations

from collections.abc import Sequence

from feedsvc.domain.model import Kind, Label
from feedsvc.domain.taxonomy import Taxonomy


def listed_regions(labels: Sequence[Label], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The slugs of the region labels, best first, without regions between others that go unnamed.

    Between a sub-region and its continent M49 has one region, Latin America and the Caribbean: a
    story of Brazil is in its channel, but nobody lists it as a region of that story. It is listed
    where the words say it.
    """
    regions = [label for label in labels if label.kind is Kind.REGION]
    known = taxonomy.regions
    around = {parent for label in regions for parent in known[label.value].parents}
    between = {slug for slug in around if known[slug].parents}
    if not between:
        return tuple([label.value for label in regions])
    said = {
        evidence
        for label in labels
        if label.kind is not Kind.TOPIC and label.value not in around
        for evidence in label.evidence
    }
    return tuple(
        label.value
        for label in regions
        if label.value not in between or not said.issuperset(label.evidence)
    )
