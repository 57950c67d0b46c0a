"""From vocabulary files to what the classifier knows about regions, countries and topics."""

from feedsvc.domain.classify.vocabulary.file import VocabularyError, VocabularyFile
from feedsvc.domain.classify.vocabulary.vocabulary import Vocabulary, read_vocabulary

__all__ = ["Vocabulary", "VocabularyError", "VocabularyFile", "read_vocabulary"]
