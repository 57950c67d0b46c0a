"""Makes the keys by which an entry is recognised, and the ids of entries and feeds."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from uuid import NAMESPACE_URL, UUID, uuid5

from feedsvc.domain.model import LABEL_FIELDS, TEXT_FIELDS, Draft

# Every key is made in it. It is also the namespace of databases that were created before each
# had its own: there a key is an id, and feeds have another constant.
NAMESPACE = UUID("6f1c1f0e-3f6b-5b0e-9a35-0d5f7c6a4e21")
_FEEDS = UUID("5a1f7c1e-6f0b-5d0e-9a55-0c6f3f9d2b41")

TITLED_WORDS = 8
UNTITLED_WORDS = 12

_every_text = attrgetter(*TEXT_FIELDS)
_every_label = attrgetter(*LABEL_FIELDS)


def namespace_of(base_url: str) -> UUID:
    """The namespace of a database that is created for the service at this address."""
    return uuid5(NAMESPACE_URL, base_url)


def entry_id(key: UUID, *, namespace: UUID) -> UUID:
    """The id of an entry, from its first key and its database's namespace."""
    return key if namespace == NAMESPACE else uuid5(namespace, f"entry\n{key}")


def feed_id(address: str, *, namespace: UUID) -> UUID:
    """The id of a feed, from its path (and query) without a format, and the namespace."""
    if namespace == NAMESPACE:
        return uuid5(_FEEDS, address)
    return uuid5(namespace, f"feed\n{address}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of a draft, as UUIDv5 (RFC 9562 §5.5); they are the same in every database.

    `base` is what an entry's id is usually made from. `full` covers every word, and makes the id
    of an entry whose `base` belongs to another story. `source` comes from the source's own id (a
    feed's guid); None without one.
    """

    base: UUID
    full: UUID
    source: UUID | None


def keys_of(draft: Draft) -> Keys:
    """Every key under which a draft may be known."""
    title, words = fold(draft.stated.title), fold(draft.stated.text).split()
    source = draft.source_id
    return Keys(
        base=_base_key(title, words),
        full=uuid5(NAMESPACE, f"full\n{title}\n{' '.join(words)}"),
        source=uuid5(NAMESPACE, f"source\n{source}") if source else None,
    )


def digest_of(draft: Draft) -> int:
    """64 bits of all that a draft states, as a signed number; its place and date do not count.

    Two different drafts of a file have the same one less often than disks err.
    """
    words = "\0".join((draft.source_id, *_every_text(draft.stated)))
    labels = _every_label(draft.stated)
    whole = f"{words}\0{labels}".encode(errors="surrogatepass")
    return int.from_bytes(blake2b(whole, digest_size=8).digest(), "big", signed=True)


def _base_key(title: str, words: list[str]) -> UUID:
    """From the folded title and the first words of the text; without a title, from more words."""
    if title:
        return uuid5(NAMESPACE, f"titled\n{title}\n{' '.join(words[:TITLED_WORDS])}")
    return uuid5(NAMESPACE, f"untitled\n{' '.join(words[:UNTITLED_WORDS])}")


def fold(text: str) -> str:
    """Remove what typists vary: case, width, quotes, dashes, punctuation and spaces.

    A text of nothing but punctuation keeps it, so that it is not mistaken for an empty one.
    """
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = " ".join("".join(map(_fold_character, plain)).split())
    return folded or " ".join(plain.split())


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """Apostrophes and formatting are dropped (`don't`, `dont`); other marks become spaces."""
    if character in "'’‘ʼ`´′＇":
        return ""
    match unicodedata.category(character):
        case "Cf" | "Sk":
            return ""
        case category if category[0] in "PZC":
            return " "
        case _:
            return character
