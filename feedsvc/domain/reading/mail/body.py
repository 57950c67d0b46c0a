"""Takes the author's own words from a mail's text: no quotes, signatures or addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedsvc.domain.reading.html.teaser import drop_call
from feedsvc.domain.reading.outline.gather import TEXT_LENGTH
from feedsvc.domain.reading.outline.words import single_space
from feedsvc.domain.reading.rules import ReadingRules

MAIL_ADDRESS = re.compile(
    r"(?:mailto:)?[\w.+%'-]{1,64}(?:@| at |\(at\)|\[at\])[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
)
_ADDRESS_LEFT = re.compile(r"\s*[<(\[]\s*…\s*[>)\]]")
_QUOTED = re.compile(r"\s{0,3}[>|]")
_SIGNATURE = re.compile(
    r"--\s?$|_{5,}\s*$|[-=*]{20,}\s*$|(?:sent|gesendet|envoyé|enviado) (?:from|von|de) m"
)
_ATTRIBUTION = re.compile(
    r"(?:on|am|le|el|em|il|op|den|w dniu)\b.{4,300}(?:wrote|writes|schrieb|a écrit|escribió"
    r"|escreveu"
    r"|ha scritto|schreef|skrev|napisał\w?).{0,80}:\s*$"
    r"|.{3,120}\b(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev):\s*$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht"
    r"|weitergeleitete nachricht"
    r"|message d'origine|message transféré|mensaje original|mensagem original)\s*-{2,}",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"(?:from|to|cc|bcc|date|sent|subject|reply-to|organization|newsgroups|message-id|von|an"
    r"|kopie|gesendet"
    r"|datum|betreff|de|à|objet|envoyé|para|asunto|fecha|assunto|data|da|a|oggetto)\s?:\s",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|greetings|hallo|liebe[rs]?"
    r"|sehr geehrte\w*|guten"
    r"|moin|bonjour|salut|cher|chère|chers|hola|estimad\w+|querid\w+|buenos|olá|caro|cara|cari"
    r"|ciao|gentile"
    r"|beste|geachte|hej|kära|bästa|hei|kjære|kære)\b.{0,60}[,!:.]?$",
    re.IGNORECASE,
)
_URL = re.compile(r"<?\bhttps?://[^\s<>\"]{4,500}>?")
_FEW_WORDS = 3
_GREETING_LENGTH = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a mail says in its author's words; `link` is its only address on the web."""

    text: str
    link: str = ""


def take_body(text: str, *, rules: ReadingRules) -> Body:
    """The paragraphs before the signature, up to about 2,000 characters."""
    paragraphs = list(_paragraphs(text))
    if paragraphs and len(paragraphs) > 1 and _is_greeting(paragraphs[0]):
        paragraphs = paragraphs[1:]
    links = {match.strip("<>.,;)") for one in paragraphs for match in _URL.findall(one)}
    kept: list[str] = []
    length = 0
    for paragraph in paragraphs:
        shown = hide_addresses(_without_links(paragraph))
        length += len(shown)
        if kept and (rules.teaser_only or length > TEXT_LENGTH):
            break
        if any(map(str.isalnum, shown)):
            kept.append(shown)
    return Body(text=" ".join(kept), link=links.pop() if len(links) == 1 else "")


def _without_links(paragraph: str) -> str:
    """A paragraph without addresses on the web, and without what only announces one."""
    bare = single_space(_URL.sub("", paragraph))
    announced = bare != paragraph and len(bare.split()) <= _FEW_WORDS
    return "" if announced else drop_call(bare)


def hide_addresses(text: str) -> str:
    """A text without mail addresses, which are never published."""
    return (
        _ADDRESS_LEFT.sub("", MAIL_ADDRESS.sub("…", text)) if "@" in text or "at" in text else text
    )


def _paragraphs(text: str) -> Iterator[str]:
    lines: list[str] = []
    for line in _own_lines(text):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield " ".join(lines)
            lines = []
    if lines:
        yield " ".join(lines)


def _own_lines(text: str) -> Iterator[str]:
    """The lines that the author wrote, as far as the signature or the mail replied to."""
    wrote = False
    headed = 0
    for line in text.splitlines():
        bare = line.strip()
        if _SIGNATURE.match(bare.lower()) or (wrote and _ORIGINAL.match(bare)):
            if wrote:
                return
            continue
        if _QUOTED.match(line) or _ATTRIBUTION.match(bare) or _ORIGINAL.match(bare):
            yield ""
            continue
        headed = headed + 1 if _HEADER.match(bare) else 0
        if headed and (headed > 1 or "@" in bare):
            continue
        wrote = wrote or any(map(str.isalnum, bare))
        yield line


def _is_greeting(paragraph: str) -> bool:
    return len(paragraph) <= _GREETING_LENGTH and _GREETING.match(paragraph) is not None
