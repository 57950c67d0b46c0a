"""What `feedsvc check --jsonl` prints: one JSON object for each entry, note and problem."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from feedsvc.domain.model import Draft, Evidence, Kind, Label
from feedsvc.domain.reading import Note, Problem


def entry_line(file: str, draft: Draft, labels: Sequence[Label]) -> str:
    """An entry with its labels, as slugs by kind and in full with their evidence."""
    return _encode(
        {
            "kind": "entry",
            "file": file,
            "line": draft.line,
            "title": draft.stated.title,
            "text": draft.stated.text,
            "caption": draft.stated.caption,
            "kicker": draft.stated.kicker,
            "section": draft.stated.section,
            "link": draft.stated.link,
            "image": draft.stated.image,
            "author": draft.stated.author,
            "source": draft.stated.source,
            "date": draft.date.isoformat() if draft.date else "",
            "language": draft.stated.language,
            **dict(_list_slugs(labels)),
            "labels": [_describe_label(label) for label in labels],
        }
    )


def note_line(file: str, note: Note) -> str:
    """A line that was taken for something other than text."""
    return _encode(
        {
            "kind": "note",
            "file": file,
            "line": note.line,
            "text": note.text,
            "taken": [taken.value for taken in note.taken],
            "reason": note.reason,
        }
    )


def problem_line(file: str, problem: Problem) -> str:
    """What an editor should look at."""
    return _encode(_describe_problem("problem", file, problem))


def rejection_line(file: str, problem: Problem) -> str:
    """Why a file gives no entries."""
    return _encode(_describe_problem("rejected", file, problem))


def _describe_problem(kind: str, file: str, problem: Problem) -> dict[str, object]:
    return {
        "kind": kind,
        "file": file,
        "line": problem.line,
        "text": problem.text,
        "reason": problem.reason,
        "advice": problem.advice,
    }


def _list_slugs(labels: Sequence[Label]) -> Iterator[tuple[str, list[str]]]:
    for name, kind in (
        ("regions", Kind.REGION),
        ("countries", Kind.COUNTRY),
        ("topics", Kind.TOPIC),
    ):
        yield name, [label.value for label in labels if label.kind is kind]


def _describe_label(label: Label) -> dict[str, object]:
    return {
        "kind": label.kind.value,
        "value": label.value,
        "score": round(label.score, 3),
        "evidence": [_describe_evidence(part) for part in label.evidence],
    }


def _describe_evidence(part: Evidence) -> dict[str, object]:
    return {
        "phrase": part.phrase,
        "where": part.where.value,
        "start": part.start,
        "end": part.end,
        "weight": round(part.weight, 3),
    }


def _encode(value: dict[str, object]) -> str:
    # Escaped, so that it is the same bytes whatever encoding a terminal has.
    return json.dumps(value)
