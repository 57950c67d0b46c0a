"""All that the classifier knows, made from its files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.domain.classify.catalogue import REGIONS, TOPICS, read_taxonomy
from feedsvc.domain.classify.gazetteer import (
    BLOCKS,
    CONTEXT,
    COUNTRIES,
    EXCHANGES,
    GROUPS,
    Gazetteer,
    read_gazetteer,
)
from feedsvc.domain.classify.generated import GENERATED
from feedsvc.domain.classify.lexicon import Lexicon
from feedsvc.domain.classify.sense import Sense
from feedsvc.domain.classify.source import Source, VocabularyError
from feedsvc.domain.classify.topic_senses import Meaning
from feedsvc.domain.classify.topic_table import TERMS, TopicTable, read_topic_table
from feedsvc.domain.taxonomy import Taxonomy

_FILES = (REGIONS, TOPICS, GROUPS, BLOCKS, CONTEXT, EXCHANGES)
_FOLDERS = (COUNTRIES, TERMS, GENERATED)
_PLACES = f"{COUNTRIES}/*.toml or {TERMS}/*.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What is known of regions, countries and topics.

    `fingerprint` (SHA-256, hexadecimal) moves whenever labels may move. `lexicon` finds the phrases
    of the gazetteer and of the topics.
    """

    taxonomy: Taxonomy
    fingerprint: str
    gazetteer: Gazetteer
    topics: TopicTable
    lexicon: Lexicon[tuple[Sense, ...], Meaning]


def read_vocabulary(sources: Sequence[Source], *, version: str) -> Vocabulary:
    """The vocabulary that these files make together; later ones add to and override earlier ones.

    Raises:
        VocabularyError: A file cannot be used.
    """
    for source in sources:
        _check_name(source)
    taxonomy = read_taxonomy(sources)
    gazetteer = read_gazetteer(sources, taxonomy)
    topics = read_topic_table(sources, taxonomy)
    return Vocabulary(
        taxonomy=taxonomy,
        fingerprint=_fingerprint(sources, version),
        gazetteer=gazetteer,
        topics=topics,
        lexicon=Lexicon(gazetteer.phrases, topics.meanings),
    )


def _check_name(source: Source) -> None:
    """A file that nothing reads has a slip of the pen in its name."""
    ending = ".tsv" if source.folder == GENERATED else ".toml"
    in_folder = source.folder in _FOLDERS and source.name.endswith(ending)
    if not in_folder and source.name not in _FILES:
        raise VocabularyError(
            source.name, "", f"no such vocabulary file: expected {', '.join(_FILES)}, {_PLACES}"
        )


def _fingerprint(sources: Sequence[Source], version: str) -> str:
    digest = hashlib.sha256(version.encode())
    for source in sources:
        digest.update(f"\0{source.name}\0{source.text}".encode())
    return digest.hexdigest()
