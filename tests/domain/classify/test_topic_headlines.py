"""How often the first topic of a headline is the one that an editor chose."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from feedsvc.domain.classify import Classifier
from feedsvc.domain.classify.classifier import Texts
from feedsvc.domain.model import Kind
from feedsvc.services.vocabulary import load_vocabulary

LINES = Path(__file__).with_name("headlines.txt").read_text(encoding="utf-8").splitlines()
CLASSIFIER = Classifier(load_vocabulary())


def test_the_first_topic_is_the_editors_choice_for_nine_headlines_in_ten() -> None:
    asked: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    for line in LINES:
        if line.startswith("#"):
            continue
        topic, title, text = (part.strip() for part in f"{line} ".split(" | "))
        labels = CLASSIFIER.classify(Texts(title=title, text=text))
        found = [label.value for label in labels if label.kind is Kind.TOPIC]
        asked[topic] += 1
        if found[:1] != [topic]:
            missed.setdefault(topic, []).append(f"{title}: {found}")
    assert len(asked) == 17
    assert sum(map(len, missed.values())) <= asked.total() / 10, missed
    for topic, titles in missed.items():
        assert len(titles) <= asked[topic] / 2, titles
