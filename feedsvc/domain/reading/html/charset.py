"""Decodes a page: by byte order mark, as UTF-8, else as the page itself says."""

from __future__ import annotations

import re

from feedsvc.domain.reading.decode import Decoded, decode
from feedsvc.domain.reading.outcome import Rejection

_HEAD = 4096
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# What the first name says is read as the second (Encoding Standard §4.2).
_READ_AS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}


def decode_page(data: bytes) -> Decoded | Rejection:
    """The text of a page or of XML; what it says of its encoding counts if it is not UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:_HEAD])
        stated = _decode_as(data, named[1].decode("ascii").lower()) if named else None
        return stated or decode(data)
    return decode(data)


def _decode_as(data: bytes, name: str) -> Decoded | None:
    encoding = _READ_AS.get(name, name)
    if encoding.startswith(("utf", "unicode", "ucs")):
        return None
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeError):
        return None
    return None if "\0" in text else Decoded(text=text, encoding=encoding)
