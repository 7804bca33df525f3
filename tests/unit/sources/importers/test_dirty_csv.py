"""CSV as it really comes: what is taken in, what is explained, and never a guess."""

import codecs

import pytest

from klarsyn.sources.importers import FileError, Reading, preset, read
from klarsyn.sources.importers.problems import SHOWN, shown
from smallcounts.counts import Status
from tests.unit.sources.importers.dirty import BOM, bra, table


def _bra(body: bytes, period: str = "2023", key: str = "bra-alla-brott") -> Reading:
    return read(body, file_name="bra.csv", schema=preset(key), period=period)


def _general(body: bytes) -> Reading:
    return read(body, file_name="x.csv", schema=preset("allman"))


def _only_problem(reading: Reading) -> tuple[int, str, str]:
    assert reading.problem_count == 1, [p.sentence() for p in reading.problems]
    problem = reading.problems[0]
    return problem.line, problem.found, problem.mend


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_every_space_may_mark_thousands(space: str) -> None:
    reading = _bra(bra(f"Jönköping;14{space}203;10{space}011", f"Stockholm;1{space}000{space}001;9"))
    assert [(v.area, v.value) for v in reading.values] == [("0680", 14_203), ("0180", 1_000_001)]
    assert (reading.total(), reading.problem_count) == (1_014_204, 0)


def test_a_dash_is_zero_and_two_points_are_not() -> None:
    reading = _bra(bra("Ale;-;-", "Malmö;..;..", "Lund;.;.", "Eslöv;x;x", "Kiruna;0;0"))
    told = [(v.value, v.status, v.symbol) for v in reading.values]
    assert told == [
        (0, Status.OBSERVED, "-"),
        (None, Status.UNAVAILABLE, ".."),
        (None, Status.NOT_APPLICABLE, "."),
        (None, Status.WITHHELD, "x"),
        (0, Status.OBSERVED, ""),
    ]
    assert reading.statuses() == {"observed": 2, "unavailable": 1, "not_applicable": 1, "withheld": 1}


def test_the_year_without_headings_has_genitives_and_city_districts() -> None:
    body = (
        BOM
        + "Ale kommun;3 123;9\r\nStockholms kommun;1;1\r\nStockholm Södermalm;7;7\r\nFalu kommun;-;-\r\n".encode()
    )
    reading = _bra(body, "2021", "bra-alla-brott-2021")
    assert [(v.area, v.value, v.line) for v in reading.values] == [
        ("1440", 3123, 1),
        ("0180", 1, 2),
        ("2080", 0, 4),
    ]
    assert reading.left_out == ((3, "”Stockholm Södermalm”"),)


def test_a_file_without_headings_says_which_headings_were_wanted() -> None:
    with pytest.raises(FileError, match=r"Kommun\*.*Ale kommun.*utan rubrikrad"):
        _bra(b"Ale kommun;1;2\r\nLund;2;3\r\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (bra("Jönköping;1;1"), []),
        (bra("Jönköping;1;1", bom=b""), []),
        (bra("Jönköping;1;1", encoding="utf-16-le", bom=codecs.BOM_UTF16_LE), []),
        (bra("Jönköping;1;1", encoding="latin-1", bom=b""), ["windows-1252"]),
        (bra("Jönköping;1;1", end="\n"), []),
        (bra("Jönköping;1;1", end="\r"), []),
    ],
)
def test_encodings_and_line_ends(body: bytes, expected: list[str]) -> None:
    reading = _bra(body)
    assert [v.area for v in reading.values] == ["0680"]
    assert [word for word in expected if word in " ".join(reading.notes)] == expected


def test_decomposed_letters_and_padding_are_the_same_name() -> None:
    reading = _bra(bra("  Jo\u0308nko\u0308ping ;1;1"))
    assert reading.values[0].area == "0680"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("12,5", "per invånare"), ("12.5", "per invånare"), ("1.234", "punkt"), ("-3", "negativt"), ("−3", "negativt"),
        ("2023-05-01", "datum"), ("1/5/2023", "datum"), ("1 maj", "datum"), ("=1+1", "formel"), ("+46", "formel"),
        ("@SUM(A1)", "formel"), ("12 %", "Rätta"), ("1E+05", "Rätta"), ("tolv", "Rätta"), ("", "Skriv 0"),
        ("12 34", "Rätta"), ("٣", "Rätta"), ("9999999999", "samma cell"), ("N/A", "Rätta"), ("1 2345", "Rätta"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_explained(text: str, word: str) -> None:
    line, found, mend = _only_problem(_general(table("Lund;2023;1;", f"0680;2023;{text};")))
    assert line == 3 and word in mend
    assert found == shown(text)


def test_a_misspelt_name_gets_the_nearest_one() -> None:
    line, found, mend = _only_problem(_bra(bra("Ale;1;1", "Jonköping;2;2")))
    assert (line, found) == (3, "”Jonköping”") and "Jönköping (0680)" in mend


def test_habo_and_habo_are_two_municipalities() -> None:
    assert [v.area for v in _bra(bra("Habo;1;1", "Håbo;2;2")).values] == ["0643", "0305"]


def test_the_same_municipality_twice_names_both_lines() -> None:
    line, _found, mend = _only_problem(_bra(bra("Lund;1;1", "Ale;3;3", "Lunds kommun;2;2")))
    assert line == 4 and "rad 2" in mend


@pytest.mark.parametrize(
    ("code", "year", "word"),
    [("1917", "2019", "0331"), ("0331", "2005", "2007-01-01"), ("9999", "2019", "finns inte")],
)
def test_a_code_of_another_year_says_when_it_held(code: str, year: str, word: str) -> None:
    assert word in _only_problem(_general(table(f"{code};{year};1;")))[2]


def test_heby_under_both_codes_in_their_years() -> None:
    reading = _general(table("1917;2006;1;", "331;2007;2;"))
    assert [(v.area, v.period) for v in reading.values] == [("1917", "2006"), ("0331", "2007")]


def test_a_day_is_never_a_period() -> None:
    line, found, mend = _only_problem(_general(table("0680;2023-05-01;1;")))
    assert (line, found) == (2, "”2023-05-01”") and "2023-04" in mend


def test_a_name_that_could_be_two_kinds_of_area_is_not_guessed() -> None:
    assert _only_problem(_general(table("Stockholm;2020;1;")))[1] == "”Stockholm”"
    assert [v.area for v in _general(table("0180;2020;1;", "P-STHLM;2020;1;", "Riket;2020;3;")).values] == [
        "0180", "P-STHLM", "00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b"", "tom"), (b" \r\n \r\n", "tom"), (bra(), "inga rader"), (b"\x00K\x00o\x00m", "nolltecken"),
        (b"Kommun;Antal\r\nLu\x00nd;1\r\n", "nolltecken"), (b"<html><table></table>", "webbsida"),
        (b"%PDF-1.7 x", "PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"), (b"PK\x03\x04trasig", "skadad"),
        (b'Kommun;Antal\r\n"Lund;1\r\nAle;2\r\n', "citattecken"), (b"Kommun;Summa\r\nLund;1\r\n", "Antal"),
        (b"x" * (10 * 1024 * 1024 + 1), "10 MB"), (b"Kommun;Antal\r\n" + b"Lund;1\r\n" * 50_001, "50 000"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_whole(body: bytes, word: str) -> None:
    with pytest.raises(FileError, match=word) as caught:
        _bra(body)
    assert "inget är ändrat" in str(caught.value)


def test_the_first_two_hundred_problems_are_listed_and_all_counted() -> None:
    reading = _general(table(*(f"0680;2023;fel{n};" for n in range(500))))
    assert (len(reading.problems), reading.problem_count) == (SHOWN, 500)


def test_what_is_shown_cannot_hide_or_compute() -> None:
    assert shown("=cmd|x") == "”=cmd|x”"
    assert shown("a\u202eb\x1b[31m\n") == "”a[U+202E]b[U+001B][31m[U+000A]”"
    assert len(shown("x" * 500)) < 70


def test_the_period_belongs_to_the_file_or_to_the_form_but_not_both() -> None:
    with pytest.raises(FileError, match="egen kolumn"):
        read(table("0680;2023;1;"), file_name="x", schema=preset("allman"), period="2023")
    with pytest.raises(FileError, match="inte ett år"):
        _bra(bra("Lund;1;1"), "2023-05-01")
