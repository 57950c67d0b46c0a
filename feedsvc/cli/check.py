"""`feedsvc check`: shows what files would publish."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from feedsvc.cli.check_lines import entry_line, note_line, problem_line, rejection_line
from feedsvc.cli.diff import Compare, diff_line, print_differences
from feedsvc.cli.draft import print_draft, print_note
from feedsvc.cli.files import stored_path
from feedsvc.cli.flags import READING, setting_flags
from feedsvc.cli.labels import print_labels
from feedsvc.cli.output import printable
from feedsvc.cli.setup import Setup
from feedsvc.cli.vocabulary import require_vocabulary
from feedsvc.domain.classify import Classifier
from feedsvc.domain.difference import Difference
from feedsvc.domain.reading import Problem
from feedsvc.domain.taxonomy import Taxonomy
from feedsvc.runtime.rules import rules_from
from feedsvc.services.ingest.folder import Folder, SeedFile
from feedsvc.services.ingest.read import (
    AcceptedSeed,
    RejectedSeed,
    SeedRules,
    read_bytes,
    read_seed,
)
from feedsvc.services.ingest.skip import why_skipped
from feedsvc.settings import Settings


@click.command()
@setting_flags("seeds_dir", "database_url", "taxonomy_dir", *READING)
@click.option("--jsonl", is_flag=True, help="Print JSON lines: entries, notes, problems.")
@click.option("--diff", is_flag=True, help="Compare with what is published.")
@click.option("--strict", is_flag=True, help="Exit with status 1 if there is any problem.")
@click.argument("paths", metavar="PATH…", nargs=-1, required=True, type=click.Path(exists=True))
@click.pass_context
def command(
    ctx: click.Context,
    /,
    paths: tuple[str, ...],
    *,
    jsonl: bool,
    diff: bool,
    strict: bool,
    **flags: Any,
) -> None:
    """Show what files would publish, and every problem.

    Also shows what was set aside. With --diff, show instead which entries would be new, edited
    (and how) or leave, and which dates would have no effect. The exit status is 1 if a file would
    be rejected.
    """
    setup: Setup = ctx.obj
    settings = setup.load(flags).settings
    vocabulary = require_vocabulary(settings)
    rules = rules_from(settings, vocabulary.taxonomy)
    report = (JsonReport if jsonl else Report)(
        classifier=Classifier(vocabulary), taxonomy=vocabulary.taxonomy
    )
    with _comparing(settings) if diff else nullcontext() as compare:
        checker = _Checker(
            settings=settings, rules=rules, report=report, strict=strict, compare=compare
        )
        passed = [checker.check(Path(path)) for path in paths]
    ctx.exit(0 if all(passed) else 1)


def _comparing(settings: Settings) -> AbstractContextManager[Compare]:
    from feedsvc.cli.compare import comparing  # noqa: PLC0415 - slow to load

    return comparing(settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Prints for people what files would publish."""

    classifier: Classifier
    taxonomy: Taxonomy

    def print_good(self, name: str, seed: AcceptedSeed) -> None:
        """Print each entry with its labels and what was set aside below it, then the problems."""
        many = "1 entry" if len(seed.drafts) == 1 else f"{len(seed.drafts)} entries"
        click.secho(f"{printable(name)}: {many}, {seed.reading.encoding}", bold=True)
        starts = [*(draft.line for draft in seed.drafts[1:]), None]
        notes = list(seed.notes)
        for draft, end in zip(seed.drafts, starts, strict=True):
            print_draft(draft)
            print_labels(self.classifier.classify(draft.stated), self.taxonomy)
            while notes and (end is None or notes[0].line < end):
                print_note(notes.pop(0))
        _print_problems(name, seed)

    def print_difference(
        self, name: str, seed: AcceptedSeed, differences: tuple[Difference, ...]
    ) -> None:
        """Print what a file would change, then the problems."""
        print_differences(name, differences)
        _print_problems(name, seed)

    def print_bad(self, name: str, problem: Problem) -> None:
        """Print why nothing of a file would be published."""
        line = f", line {problem.line}" if problem.line else ""
        message = printable(problem.message)
        click.secho(f"{printable(name)}{line}: rejected: {message}", fg="red")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonReport:
    """Prints for programs what files would publish."""

    classifier: Classifier
    taxonomy: Taxonomy

    def print_good(self, name: str, seed: AcceptedSeed) -> None:
        """Print a line for each entry, note and problem."""
        for draft in seed.drafts:
            click.echo(entry_line(name, draft, self.classifier.classify(draft.stated)))
        for note in seed.notes:
            click.echo(note_line(name, note))
        for problem in seed.problems:
            click.echo(problem_line(name, problem))

    def print_difference(
        self, name: str, seed: AcceptedSeed, differences: tuple[Difference, ...]
    ) -> None:
        """Print a line for each entry, note, problem and difference."""
        self.print_good(name, seed)
        for one in differences:
            click.echo(diff_line(name, one))

    def print_bad(self, name: str, problem: Problem) -> None:
        """Print a line that says why nothing of a file would be published."""
        click.echo(rejection_line(name, problem))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checker:
    """Reads files as a scan would and reports what they would publish."""

    settings: Settings
    rules: SeedRules
    report: Report | JsonReport
    strict: bool
    compare: Compare | None

    def check(self, path: Path) -> bool:
        """Report on every file at a path; return whether nothing would be rejected."""
        place = Path(os.path.abspath(path))  # noqa: PTH100 - pathlib's keeps `..`
        found = Folder(root=place if place.is_dir() else place.parent, within=place).find()
        good = found.readable and not found.unreadable
        for one in found.unreadable:
            click.secho(f"{printable(one.place)}: cannot be read: {one.reason}", fg="red", err=True)
        if good and not found.files:
            click.echo(f"{printable(str(path))}: {_describe_nothing_found(place)}", err=True)
            good = place.is_dir()
        passed = [self._check_seed(seed) for seed in found.files]
        return good and all(passed)

    def _check_seed(self, seed: SeedFile) -> bool:
        stored = replace(seed, path=stored_path(seed.file, self.settings))
        read = read_bytes(stored, max_bytes=self.rules.max_bytes)
        if read is None:
            name = printable(seed.path)
            click.secho(f"{name}: still being written; try again", fg="red", err=True)
            return False
        outcome = read_seed(read, self.rules)
        if isinstance(outcome, RejectedSeed):
            reading = outcome.reading
            self.report.print_bad(seed.path, Problem(reading.line, reading.reason))
            return False
        if self.compare:
            self.report.print_difference(seed.path, outcome, self.compare(outcome))
        else:
            self.report.print_good(seed.path, outcome)
        return not (self.strict and outcome.problems)


def _describe_nothing_found(place: Path) -> str:
    if place.is_dir():
        return "no files of a known format in this folder"
    return f"skipped: {why_skipped(place.name) or 'not a regular file'}"


def _print_problems(name: str, seed: AcceptedSeed) -> None:
    for problem in seed.problems:
        for line in _problem_lines(name, problem):
            click.secho(line, fg="yellow")


def _problem_lines(name: str, problem: Problem) -> Iterator[str]:
    yield f"{printable(name)}, line {problem.line}: {printable(problem.message)}"
    if problem.text:
        yield f"          {printable(problem.text)}"
