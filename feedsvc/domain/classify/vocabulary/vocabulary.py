"""Everything that the classifier knows, read from its files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from feedsvc.domain.classify.lexicon import Lexicon
from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.gazetteer import (
    BLOCKS,
    CONTEXT,
    COUNTRIES,
    EXCHANGES,
    GROUPS,
    Gazetteer,
    read_gazetteer,
)
from feedsvc.domain.classify.vocabulary.generated import GENERATED
from feedsvc.domain.classify.vocabulary.names import NAMES
from feedsvc.domain.classify.vocabulary.place_terms import PlaceSense
from feedsvc.domain.classify.vocabulary.taxonomy import REGIONS, TOPICS, read_taxonomy
from feedsvc.domain.classify.vocabulary.topic_meanings import Meaning
from feedsvc.domain.classify.vocabulary.topic_table import TERMS, TopicTable, read_topic_table
from feedsvc.domain.taxonomy import Taxonomy

_FILES = (REGIONS, TOPICS, NAMES, GROUPS, BLOCKS, CONTEXT, EXCHANGES)
_FOLDERS = (COUNTRIES, TERMS, GENERATED)
_PLACES = f"{COUNTRIES}/*.toml, {TERMS}/*.toml or {TERMS}/TOPIC/*.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What the classifier knows about regions, countries and topics.

    `fingerprint` changes whenever labels may: it is the version of the rules that label and the
    SHA-256 of all files. `lexicon` finds the phrases of the gazetteer and of the topics.
    """

    taxonomy: Taxonomy
    fingerprint: str
    gazetteer: Gazetteer
    topics: TopicTable
    lexicon: Lexicon[tuple[PlaceSense, ...], Meaning]


def read_vocabulary(files: Sequence[VocabularyFile], *, rules: int) -> Vocabulary:
    """The vocabulary in these files; later ones add to and override earlier ones.

    `rules` is the version of the code that labels with it, for the fingerprint.

    Raises:
        VocabularyError: A file cannot be used.
    """
    for file in files:
        _check_name(file)
    taxonomy = read_taxonomy(files)
    gazetteer = read_gazetteer(files, taxonomy)
    topics = read_topic_table(files, taxonomy)
    return Vocabulary(
        taxonomy=taxonomy,
        fingerprint=_fingerprint(files, rules),
        gazetteer=gazetteer,
        topics=topics,
        lexicon=Lexicon(gazetteer.phrases, topics.meanings),
    )


def _check_name(file: VocabularyFile) -> None:
    """Refuse a file that nothing would read: its name is probably mistyped."""
    ending = ".tsv" if file.folder == GENERATED else ".toml"
    deepest = 2 if file.folder == TERMS else 1
    known = file.folder in _FOLDERS and file.name.endswith(ending)
    if file.name not in _FILES and not (known and file.name.count("/") <= deepest):
        raise VocabularyError(
            file.name, "", f"not a vocabulary file; use {', '.join(_FILES)}, {_PLACES}"
        )


def _fingerprint(files: Sequence[VocabularyFile], rules: int) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"\0{file.name}\0{file.text}".encode())
    return f"{rules}:{digest.hexdigest()}"
