"""From the texts of an entry to its labels: pure, deterministic, and explained by evidence."""

from feedsvc.domain.classify.classifier import Classifier
from feedsvc.domain.classify.source import Source, VocabularyError
from feedsvc.domain.classify.texts import Texts
from feedsvc.domain.classify.vocabulary import Vocabulary, read_vocabulary

__all__ = ["Classifier", "Source", "Texts", "Vocabulary", "VocabularyError", "read_vocabulary"]
