"""The vocabulary in force: read from its files, and kept in the form that loads quickly."""

from feedsvc.services.vocabulary.load import load_vocabulary

__all__ = ["load_vocabulary"]
