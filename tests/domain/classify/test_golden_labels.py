"""Labels compared with those of the last commit; WRITE_GOLDEN=1 writes them, to be read first.

Stored entries are labelled again only if RULES or a vocabulary file changes. So code that changes
labels has to raise RULES: without that, neither does this test pass nor are the labels written.
"""

from __future__ import annotations

import os
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from feedsvc.domain.classify import Classifier, Texts
from feedsvc.domain.classify.jsonl import write_line
from feedsvc.domain.model import Kind, Label
from feedsvc.services.vocabulary import load_vocabulary

HERE = Path(__file__).parent
SEEDS = HERE.parents[2] / "seeds"
GOLDEN = HERE / "golden_labels.txt"


def texts() -> list[Texts]:
    seeds = [
        [line for line in seed.read_text(encoding="utf-8").splitlines() if line]
        for seed in sorted(SEEDS.rglob("*.txt"))
    ]
    headlines = [fields[1:] for fields in fields_of("headlines.txt")]
    return [
        *(Texts(*pair) for lines in seeds for pair in pairwise(lines)),
        *(Texts(*(*fields, "")[:2]) for fields in headlines),
        *(Texts(*fields) for fields in fields_of("varied_lines.txt")),
    ]


def fields_of(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [[field.strip() for field in line.split("|")] for line in lines if line[0] != "#"]


def golden_lines() -> list[str]:
    """The fingerprint, digests of the texts and of the labels with evidence, each text's slugs."""
    vocabulary = load_vocabulary()
    classify = Classifier(vocabulary).classify
    items = texts()
    digest = sha256()
    slugs = []
    for number, item in enumerate(items):
        labels = classify(item)
        digest.update(write_line(str(number), labels, vocabulary.taxonomy).encode())
        slugs.append(f"{item.title[:60]} | {' | '.join(slugs_of(labels, kind) for kind in Kind)}")
    given = sha256(repr(items).encode())
    return [
        f"vocabulary {vocabulary.fingerprint}",
        f"texts {given.hexdigest()}",
        f"labels {digest.hexdigest()}",
        *slugs,
    ]


def slugs_of(labels: tuple[Label, ...], kind: Kind) -> str:
    return " ".join(label.value for label in labels if label.kind is kind)


def test_labels_change_only_with_the_rules_or_the_vocabulary() -> None:
    old = GOLDEN.read_text(encoding="utf-8").splitlines()
    new = golden_lines()
    if new[:2] == old[:2]:
        assert new == old, "labels changed: raise RULES in domain/classify/classifier.py"
    elif os.environ.get("WRITE_GOLDEN"):
        GOLDEN.write_text("\n".join(new) + "\n", encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8").splitlines() == new, (
        "RULES, vocabulary or texts changed: run this test with WRITE_GOLDEN=1 and read the diff"
    )
