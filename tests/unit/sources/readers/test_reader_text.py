"""Encodings as declared, as found out, and as lied about; codes and periods in one spelling."""

import pytest

from klarsyn.sources.readers import CutError, ReadError, area_code, decode, period
from klarsyn.sources.readers.text import load_json

NAME = "Jönköping – Åre"


@pytest.mark.parametrize(
    ("body", "declared", "encoding", "sniffed"),
    [
        (NAME.encode(), "utf-8", "utf-8", False),
        (NAME.encode(), "", "utf-8", True),
        (NAME.encode("utf-8-sig"), "", "utf-8-sig", False),
        (NAME.encode("utf-8-sig"), "iso-8859-1", "utf-8-sig", False),
        (NAME.encode("cp1252"), "", "windows-1252", True),
        (NAME.encode("cp1252"), "windows-1252", "windows-1252", False),
        (NAME.encode("cp1252"), "iso-8859-1", "windows-1252", True),
        (NAME.encode("utf-16"), "", "utf-16", False),
    ],
)
def test_a_text_is_read_in_its_own_encoding(body, declared, encoding, sniffed):
    read = decode(body, declared)
    assert (read.text.lstrip("\ufeff"), read.encoding, read.is_sniffed) == (NAME, encoding, sniffed)


def test_latin_1_declared_is_latin_1():
    assert decode("Åre".encode("latin-1"), "ISO-8859-1").encoding == "iso-8859-1"


@pytest.mark.parametrize(
    ("body", "declared", "named"),
    [
        ("Jönköping".encode("latin-1"), "utf-8", "byte 1 (0xF6)"),
        ("Jönköping".encode(), "iso-8859-1", "men är UTF-8"),
        (b"abc", "ebcdic", "stöds inte"),
        (b"\x81\x8d", "", "utf-8 eller windows-1252"),
    ],
)
def test_a_lie_about_the_encoding_is_named(body, declared, named):
    with pytest.raises(ReadError) as refused:
        decode(body, declared)
    assert named in str(refused.value)


@pytest.mark.parametrize("cut", [b"", b"  ", b'{"a": [1, 2', b'{"a": "J\xc3', b'{"a": 1', b'{"a": "Jonk'])
def test_json_that_ends_too_early_is_cut(cut):
    with pytest.raises(CutError):
        load_json(cut)


def test_a_web_page_is_not_json():
    with pytest.raises(ReadError, match="webbsida"):
        load_json(b"\n<!doctype html><p>hej")


def test_broken_json_is_not_called_cut():
    with pytest.raises(ReadError) as refused:
        load_json(b'{"a": 1,, "b": 2}')
    assert not isinstance(refused.value, CutError)


def test_json_that_digs_too_deep_is_refused():
    with pytest.raises(ReadError):
        load_json(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    ("given", "code"),
    [("680", "0680"), ("0680", "0680"), (" 1480 ", "1480"), ("6", "06"), ("0", "00"), ("P-OST", "P-OST")],
)
def test_codes_get_their_zeros_back(given, code):
    assert area_code(given) == code


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("2019", "2019"),
        ("2019M03", "2019-03"),
        ("2019K2", "2019-04/2019-06"),
        ("2003/2004", "2003/2004"),
        ("2003-2004", "2003/2004"),
    ],
)
def test_periods_have_one_spelling(given, spelled):
    assert period(given) == spelled


@pytest.mark.parametrize("given", ["2019-03-01", "2019M13", "19", "", "2019 M03x"])
def test_a_day_or_nonsense_is_no_period(given):
    with pytest.raises(ReadError):
        period(given)
