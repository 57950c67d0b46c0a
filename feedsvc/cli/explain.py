"""`feedsvc explain`: shows why a text gets its labels."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.files import stored_path
from feedsvc.cli.flags import READING, setting_flags
from feedsvc.cli.labels import print_labels, print_marked
from feedsvc.cli.setup import CommandError, Setup
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.classify import Classifier, Texts
from feedsvc.domain.model import Stated, Where
from feedsvc.domain.reading import Rejection, read_file
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.runtime.rules import rules_from
from feedsvc.settings import Settings


@click.command()
@setting_flags("taxonomy_dir", *READING)
@click.argument("text", metavar="TEXT|FILE|-", nargs=-1, required=True)
@click.pass_obj
def command(setup: Setup, /, text: tuple[str, ...], **flags: Any) -> None:
    """Show which words lead to which labels.

    TEXT is a headline; further lines or arguments are its teaser. `-` reads a file from standard
    input.
    """
    settings = setup.load(flags).settings
    words = require_vocabulary(settings)
    classifier = Classifier(words)
    for item in _items(text, settings, words.taxonomy):
        labels = classifier.classify(item)
        for where, said in ((Where.TITLE, item.title), (Where.TEXT, item.text)):
            if said:
                print_marked(said, where, labels)
        if item.caption:
            print_marked(item.caption, Where.CAPTION, labels)
        print_labels(labels, words.taxonomy)
        click.echo()


def _items(
    text: tuple[str, ...], settings: Settings, taxonomy: Taxonomy
) -> Iterator[Texts | Stated]:
    if text == ("-",):
        yield from _drafts(sys.stdin.buffer.read(), "standard input", settings, taxonomy)
    elif len(text) == 1 and _is_file(text[0]):
        yield from _drafts(_read(text[0]), text[0], settings, taxonomy)
    else:
        title, _, rest = "\n".join(text).strip().partition("\n")
        yield Texts(title=title, text=rest.strip())


def _is_file(text: str) -> bool:
    try:
        return Path(text).is_file()
    except (OSError, ValueError):
        # Too long for a file name, or with a NUL in it: this is a text.
        return False


def _read(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(f"{name}: cannot be read: {error.strerror}") from error


def _drafts(data: bytes, name: str, settings: Settings, taxonomy: Taxonomy) -> list[Stated]:
    rules = rules_from(settings, taxonomy).for_file(stored_path(Path(name), settings))
    parsed = read_file(name, data, rules=rules)
    if isinstance(parsed, Rejection):
        line = f", line {parsed.problem.line}" if parsed.problem.line else ""
        raise CommandError(f"{name}{line}: {parsed.problem.message}")
    return [draft.stated for draft in parsed.drafts]
