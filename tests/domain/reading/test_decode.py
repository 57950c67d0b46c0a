from __future__ import annotations

import codecs

import pytest

from feedsvc.domain.reading.decode import Decoded, decode
from tests.domain.reading.builders import accepted, complaints, only, rejected, words
from tests.domain.reading.passages import MIXED

SAVE = "Save the file as plain text in UTF-8."
SEED = "Café Owners Ask for Rent Relief\n\nThe café owners’ union speaks of “hard times” – again.\n"
TITLE, _, TEASER = SEED.rstrip("\n").partition("\n\n")


@pytest.mark.parametrize(
    ("mark", "codec", "recorded"),
    [
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32-be"),
        (b"", "cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_found_out_and_recorded(mark: bytes, codec: str, recorded: str) -> None:
    data = mark + SEED.encode(codec)
    assert accepted(data).encoding == recorded
    assert words(data) == [("", TITLE, TEASER)]


@pytest.mark.parametrize(
    ("codec", "seed"),
    [
        ("cp1252", "L'été sera chaud à Genève\n\nLes autorités préparent déjà des mesures.\n"),
        ("cp1252", "Straße gesperrt\n\nDie Straße bleibt gesperrt, die Händler ärgern sich.\n"),
        ("cp1252", "Más lluvia en el norte\n\nEl año empieza con más lluvia, según el campo.\n"),
        ("cp1250", "Sníh zastavil dopravu v horách\n\nSilničáři pracovali celou noc v horách."),
        (
            "cp1250",
            "Loď se vrátila do přístavu\n\nNový rok začal deštěm a síť je zavřená, neboť prší.",
        ),
        ("cp1251", "Рыбаки вернулись в порт\n\nВосстановление причалов займет две недели.\n"),
        ("koi8_r", "Рыбаки вернулись в порт\n\nВосстановление причалов займет две недели.\n"),
        ("cp1253", "Οι ψαράδες επέστρεψαν στο λιμάνι\n\nΗ επισκευή θα διαρκέσει δύο μήνες.\n"),
        ("cp1254", "Balıkçılar limana döndü\n\nBelediye, onarımın iki hafta süreceğini söyledi."),
        ("cp1256", "عاد الصيادون إلى الميناء\n\nقالت البلدية إن الإصلاح سيستغرق أسبوعين.\n"),
        ("shift_jis", "漁師たちが嵐の後に港へ戻る\n\n市は桟橋の修理に二週間かかると発表した。\n"),
        ("gb18030", "渔民在风暴过后返回港口\n\n市政府表示码头的修复需要两周时间。\n"),
        ("euc_kr", "어부들이 폭풍 후 항구로 돌아왔다\n\n시는 수리에 두 주가 걸린다고 했다.\n"),
    ],
)
def test_languages_are_read_in_their_old_encodings(codec: str, seed: str) -> None:
    title, _, teaser = seed.rstrip("\n").partition("\n\n")
    assert words(seed.encode(codec)) == [("", title, teaser)]


def test_a_long_file_is_told_by_a_sample_of_it() -> None:
    plain = "Port Reopens\n\nThe ships are back.\n\n" * 2000
    last = accepted(f"{plain}{SEED * 400}".encode("cp1252")).drafts[-1]
    assert (last.stated.title, last.stated.text) == (TITLE, TEASER)


def test_characters_that_were_cut_in_two_cost_only_themselves() -> None:
    data = SEED.encode() + b"\nBread Gets Dearer\n\nWheat is sh\xe2\x80rt.\n"
    assert words(data)[1] == ("", "Bread Gets Dearer", "Wheat is sh\ufffd\ufffdrt.")
    assert complaints(data) == [
        (7, f"2 bytes are not UTF-8 and shown as \ufffd (line 7). {SAVE}"),
    ]


def test_a_mark_of_utf_8_forgives_wrong_bytes_as_well() -> None:
    data = codecs.BOM_UTF8 + SEED.encode() + b"\nBread\x81 Gets Dearer\n"
    assert words(data)[1] == ("", "Bread\ufffd Gets Dearer", "")


@pytest.mark.parametrize("parts", MIXED, ids=lambda parts: parts[0].split()[0])
def test_bytes_of_cp1252_in_utf_8_are_read_and_reported(parts: tuple[str, str]) -> None:
    decoded = decode(parts[0].encode() + parts[1].encode("cp1252"))
    assert isinstance(decoded, Decoded)
    assert decoded.text == "".join(parts)
    assert "not UTF-8 and read as cp1252 (line" in decoded.problems[0].message


def test_the_lines_with_bytes_of_cp1252_are_named() -> None:
    pasted = "It’s over.\n\n".encode("cp1252")
    ((line, message),) = complaints(SEED.encode() + b"\n" + pasted * 2 + b"Bread \x81\n")
    assert line == 5
    assert message == (
        "3 bytes are not UTF-8 and read as cp1252, except 1 shown as \ufffd (lines 5, 7 and 9). "
        + SAVE
    )
    many = complaints(SEED.encode() * 9 + b"\n" + pasted * 9)
    assert "(lines 29, 31, 33, 35, 37, 39, 41, 43 and 1 more)" in many[0][1]


def test_lone_surrogates_are_removed() -> None:
    assert only("Port\ud800 Reopens\udfff\n").stated.title == "Port Reopens"
    assert only(codecs.BOM_UTF16_LE + b"P\0\x00\xd8o\0r\0t\0").stated.title == "Port"


def test_bytes_that_belie_their_mark_are_rejected() -> None:
    rejection = rejected(codecs.BOM_UTF16_LE + b"P\0\n\0o")
    assert rejection.problem.line == 2
    assert "the byte order mark says UTF-16-LE" in rejection.problem.reason


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"Port\nreopens\0 again\n", 2),
        (b"Port\r\n\x1a\n\0\0\0\rIHDR\xff\xd8", 3),
        (codecs.BOM_UTF16_LE + b"P\0\0\0", 1),
    ],
)
def test_a_nul_byte_makes_a_file_binary(data: bytes, line: int) -> None:
    problem = rejected(data).problem
    assert (problem.line, problem.reason) == (line, "binary data, not text (a NUL byte)")


def test_many_control_characters_make_a_file_binary() -> None:
    reason = rejected(b"Port\n" + b"\x01\x02\x03" * 20).problem.reason
    assert reason == "binary data, not text (60 control characters)"


def test_bytes_of_no_encoding_are_rejected_on_their_line() -> None:
    noise = bytes(range(0x80, 0x100)) + bytes(range(0xFF, 0x7F, -1))
    rejection = rejected(b"Port\n" + noise * 4)
    assert rejection.encoding == ""
    assert rejection.problem.line == 2
    assert rejection.problem.reason.endswith("unknown encoding")


def test_bytes_that_only_the_sample_fits_are_rejected_where_they_fail() -> None:
    seed = "Рыбаки вернулись в порт\n\nВосстановление займет две недели.\n\n".encode("cp1251")
    rejection = rejected(seed * 400 + b"\n\x98\n")
    assert rejection.problem.line > 1000
