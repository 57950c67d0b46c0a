"""What `feedsvc classify` writes, line by line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedsvc.cli.classify import _decode, label_lines
from feedsvc.cli.setup import CommandError
from feedsvc.domain.classify import Classifier, Texts, Vocabulary
from feedsvc.domain.classify.jsonl import listed_regions
from feedsvc.domain.model import Kind
from feedsvc.services.vocabulary import load_vocabulary

WORDS = st.sampled_from(
    [
        *("Kazakhstan", "São Tomé", "Brazil’s", "NIGERIA", "dockers", "strike", "“union”", "court"),
        *("a\\b", "\u2028", "\x00", "\ud800", "中国", "<GM>", "wages,", "Buenos Aires", "flood"),
    ]
)
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
IDS = st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=4)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def answer(vocabulary: Vocabulary, item: object) -> dict[str, Any]:
    (line,) = label_lines([json.dumps(item)], vocabulary)
    assert line.endswith("}\n")
    answered: dict[str, Any] = json.loads(line)
    return answered


@given(key=IDS, title=TEXTS, text=TEXTS, caption=TEXTS)
def test_a_line_has_everything_that_the_labels_have(
    vocabulary: Vocabulary, key: object, title: str, text: str, caption: str
) -> None:
    texts = {"title": title, "text": text, "caption": caption}
    labels = Classifier(vocabulary).classify(Texts(**texts))
    answered = answer(vocabulary, {"id": key, **texts})
    slugs = {kind: [label.value for label in labels if label.kind is kind] for kind in Kind}
    assert answered == {
        "id": key,
        "countries": [slug.upper() for slug in slugs[Kind.COUNTRY]],
        "regions": list(listed_regions(labels, vocabulary.taxonomy)),
        "topics": slugs[Kind.TOPIC],
        "evidence": [
            {
                "kind": label.kind.value,
                "value": label.value.upper() if label.kind is Kind.COUNTRY else label.value,
                "score": pytest.approx(label.score, rel=0.01),
                "words": [
                    {
                        "phrase": part.phrase,
                        "where": part.where.value,
                        "start": part.start,
                        "end": part.end,
                        "weight": pytest.approx(part.weight, rel=0.01),
                    }
                    for part in label.evidence
                ],
            }
            for label in labels
        ],
    }
    for label in answered["evidence"]:
        for word in label["words"]:
            assert texts[word["where"]][word["start"] : word["end"]] == word["phrase"]


def test_an_absent_text_is_empty(vocabulary: Vocabulary) -> None:
    assert answer(vocabulary, {"title": None, "text": "Kazakhstan"})["countries"] == ["KZ"]
    assert answer(vocabulary, {})["countries"] == []


@pytest.mark.parametrize(
    "line",
    [
        '{"id": NaN}',
        '{"id": [1e999]}',
        '{"id": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "null",
        '{"title": 0}',
        '{"text": {}}',
        '{"caption": false}',
    ],
)
def test_a_malformed_item_is_refused_with_its_line(vocabulary: Vocabulary, line: str) -> None:
    with pytest.raises(
        CommandError, match=r"^line 1: (not a JSON object|the id cannot be|'\w+' is not a string)"
    ):
        list(label_lines([line], vocabulary))


def test_invalid_json_is_refused_with_line_and_column(vocabulary: Vocabulary) -> None:
    lines = ["{}", "", '{"title": Kenya}']
    with pytest.raises(
        CommandError, match=r"^line 3: not a JSON object: Expecting value: column 11"
    ):
        list(label_lines(lines, vocabulary))


def test_a_byte_order_mark_is_ignored() -> None:
    assert list(_decode([BOM_UTF8 + b"{}\n", b"{}\n"])) == ["{}\n", "{}\n"]
