"""What there is to see of a block before its role is decided: its texts and their points."""

from __future__ import annotations

from dataclasses import dataclass

from feedsvc.domain.reading.listing.blocks import Block
from feedsvc.domain.reading.listing.paragraphs import Pieces, find_pieces, join_lines
from feedsvc.domain.reading.listing.prose import sentence_points

_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A block's texts, the points of each and of all as one text.

    `loose`: the first text may go on in the second. `complete`: field lines part title and teaser.
    `stated`: field lines stand under the text. `led`: they stand above it.
    """

    texts: tuple[str, ...]
    points: tuple[int, ...]
    whole: int
    loose: bool
    complete: bool
    stated: bool
    led: bool

    @property
    def is_pair(self) -> bool:
        """Whether it is caption and title, or title and teaser."""
        return len(self.texts) == _PAIR and not self.complete

    @property
    def is_teaser(self) -> bool:
        """Whether it is one text that reads as a sentence."""
        return len(self.texts) == 1 and self.whole > 0

    @property
    def ends_in_sentence(self) -> bool:
        """Whether its last text reads as a sentence."""
        return self.points[-1] > 0


def look_at(block: Block) -> Look:
    """A look at a block that has text."""
    complete = bool(block.head and block.tail)
    pieces = _complete_pieces(block) if complete else find_pieces(block.text)
    points = tuple(map(sentence_points, pieces.texts))
    return Look(
        texts=pieces.texts,
        points=points,
        whole=points[0] if len(points) == 1 else sentence_points(join_lines(pieces.texts)),
        loose=pieces.loose,
        complete=complete,
        stated=bool(block.fields and block.head),
        led=bool(block.fields and not block.head),
    )


def _complete_pieces(block: Block) -> Pieces:
    *caption, title = find_pieces(block.head).texts
    teaser = join_lines([line.text for line in block.tail])
    texts = (join_lines(caption), title, teaser) if caption else (title, teaser)
    return Pieces(texts=texts, loose=False)
