"""From the texts of an entry to its labels: pure, deterministic, and explained by evidence."""

from feedsvc.domain.classify.classifier import RULES, Classifier, Texts
from feedsvc.domain.classify.vocabulary import (
    Vocabulary,
    VocabularyError,
    VocabularyFile,
    read_vocabulary,
)

__all__ = [
    "RULES",
    "Classifier",
    "Texts",
    "Vocabulary",
    "VocabularyError",
    "VocabularyFile",
    "read_vocabulary",
]
