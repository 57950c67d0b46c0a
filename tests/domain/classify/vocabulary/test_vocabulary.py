"""The fingerprint, and names of files that nothing reads."""

from __future__ import annotations

import pytest

from feedsvc.domain.classify.vocabulary import VocabularyError, VocabularyFile, read_vocabulary

REGIONS = VocabularyFile(name="regions.toml", text="[asia]\nname='Asia'\ncountries='KZ Kazakhstan'")
BLOCKS = VocabularyFile(name="blocks.toml", text="[mine]\nterms='Astana tea'")


def test_the_fingerprint_changes_with_the_rules_and_with_every_file() -> None:
    fingerprints = [
        read_vocabulary([REGIONS], rules=1).fingerprint,
        read_vocabulary([REGIONS], rules=2).fingerprint,
        read_vocabulary([REGIONS, BLOCKS], rules=1).fingerprint,
    ]
    assert len(set(fingerprints)) == 3
    assert [fingerprint.partition(":")[0] for fingerprint in fingerprints] == ["1", "2", "1"]


def test_the_same_files_have_the_same_fingerprint() -> None:
    first, second = (read_vocabulary([REGIONS, BLOCKS], rules=1) for _ in range(2))
    assert first.fingerprint == second.fingerprint


def test_a_file_that_nothing_reads_is_an_error() -> None:
    file = VocabularyFile(name="region.toml", text="")
    with pytest.raises(VocabularyError, match=r"^region\.toml: not a vocabulary file; use reg"):
        read_vocabulary([REGIONS, file], rules=1)
