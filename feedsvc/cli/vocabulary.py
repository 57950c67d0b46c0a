"""Loads the vocabulary for a command."""

from __future__ import annotations

from feedsvc.cli.setup import CommandError
from feedsvc.domain.classify import Vocabulary, VocabularyError
from feedsvc.services.vocabulary import load_vocabulary
from feedsvc.settings import Settings


def require_vocabulary(settings: Settings) -> Vocabulary:
    """Load the vocabulary in force.

    Raises:
        CommandError: It cannot be used.
    """
    try:
        return load_vocabulary(settings.taxonomy_dir)
    except VocabularyError as error:
        raise CommandError(str(error)) from error
