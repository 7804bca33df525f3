"""Workbooks as they really come, and workbooks made to do harm."""

import io
import zipfile
from dataclasses import replace

import pytest

from klarsyn.sources.importers import FileError, Reading, preset, read
from tests.unit.sources.importers.dirty import A_DAY, book, rezip, scb, sheet_xml

HEAD = ("kommunkod", "kommun", "period", "antal", "anmärkning")


def _scb(body: bytes) -> Reading:
    return read(body, file_name="be0101_tabhel2024.xlsx", schema=preset("scb-folkmangd"), period="2024")


def _court(body: bytes) -> Reading:
    return read(body, file_name="domar.xlsx", schema=preset("domstol"))


def test_the_population_workbook_with_its_headings_codes_and_padding() -> None:
    reading = _scb(
        scb(
            ("", "Riket", 10_587_710, 1, 2),
            (),
            (1, "Stockholms län   ", 2_484_711, 1, 2),
            (114, "  Upplands Väsby ", 50_323, 1, 2),
            ("0680", "Jönköping", 147_654.0, 1, 2),
            (1480, "Göteborg", "610 000", 1, 2),
            ("Källa: SCB, befolkningsstatistik",),
        )
    )
    assert [p.sentence() for p in reading.problems] == []
    assert [(v.area, v.value) for v in reading.values] == [
        ("00", 10_587_710), ("01", 2_484_711), ("0114", 50_323), ("0680", 147_654), ("1480", 610_000),
    ]  # fmt: skip
    assert [line for line, _text in reading.left_out] == [16]


def test_a_code_beside_the_wrong_name_is_caught() -> None:
    reading = _scb(scb((680, "Göteborg", 1, 1, 1), (1480, "Göteborg", 2, 1, 1)))
    assert [(p.line, p.found) for p in reading.problems] == [(10, "”Göteborg”")]
    assert "Jönköping" in reading.problems[0].mend


def test_a_point_means_not_applicable() -> None:
    reading = _scb(scb((330, "Knivsta", ".", 1, 1)))
    assert [(v.value, v.status.value) for v in reading.values] == [(None, "not_applicable")]


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("=SUM(A1:A9)", "värdet"),
        (A_DAY, "text"),
        (12.5, "per invånare"),
        (-2, "negativt"),
        (True, "Rätta"),
        (None, "Skriv 0"),
    ],
)
def test_cells_that_are_no_counts(cell: object, word: str) -> None:
    reading = _court(book([HEAD, (680, "Jönköping", 2023, cell, "")]))
    assert reading.problem_count == 1 and reading.problems[0].line == 2
    assert word in reading.problems[0].mend


def test_a_date_in_the_period_column_is_explained() -> None:
    reading = _court(book([HEAD, ("0680", "Jönköping", A_DAY, 2, "")]))
    assert [p.column for p in reading.problems] == ["period"]


def test_a_hidden_sheet_is_never_read_and_always_named() -> None:
    body = book([HEAD, ("0680", "Jönköping", "2023", 2, "")], hidden={"Namn": "hidden", "Mer": "veryHidden"})
    reading = _court(body)
    assert len(reading.values) == 1
    assert "Mer, Namn" in " ".join(reading.notes) and "hemligt" not in " ".join(reading.notes)


def test_only_the_first_visible_sheet_is_read_and_the_rest_named() -> None:
    body = book([HEAD, ("0680", "Jönköping", "2023", 2, "")], hidden={"Framför": "visible"})
    with pytest.raises(FileError, match="inga rader"):
        _court(body)
    schema = replace(preset("domstol"), sheet="Blad1")
    reading = read(body, file_name="x.xlsx", schema=schema)
    assert len(reading.values) == 1 and "Framför" in " ".join(reading.notes)
    with pytest.raises(FileError, match=r"Blad9.*Framför, Blad1"):
        read(body, file_name="x.xlsx", schema=replace(schema, sheet="Blad9"))


def test_macros_are_refused() -> None:
    body = rezip(book([HEAD]), add={"xl/vbaProject.bin": b"\xd0\xcf"})
    with pytest.raises(FileError, match="makron"):
        _court(body)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    body = rezip(book([HEAD]), add={"xl/media/image1.bin": b"\0" * 30_000_000})
    assert len(body) < 100_000
    with pytest.raises(FileError, match="orimlig"):
        _court(body)


def test_a_zip_with_thousands_of_parts_is_refused() -> None:
    with pytest.raises(FileError, match="orimlig"):
        _court(rezip(book([HEAD]), add={f"x/{n}": b"" for n in range(1001)}))


def test_entities_are_refused() -> None:
    good = book([HEAD, ("0680", "Jönköping", "2023", 2, "")])
    evil = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
        + sheet_xml(good)[sheet_xml(good).index(b"<worksheet") :]
    )
    with pytest.raises(FileError, match="entiteter"):
        _court(rezip(good, add={"xl/worksheets/sheet1.xml": evil}))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml"])
def test_an_archive_that_is_no_workbook(part: str) -> None:
    with pytest.raises(FileError, match="ingen arbetsbok"):
        _court(rezip(book([HEAD]), drop=part))


def test_a_workbook_with_broken_insides_or_cut_off() -> None:
    good = book([HEAD, ("0680", "Jönköping", "2023", 2, "")])
    with pytest.raises(FileError, match="skadad"):
        _court(rezip(good, add={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}))
    with pytest.raises(FileError, match="skadad"):
        _court(good[: len(good) // 2])


def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_holds() -> None:
    good = book([HEAD, ("0680", "Jönköping", "2023", 2, "")])
    xml = sheet_xml(good)
    assert b"<dimension" in xml
    lying = xml.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"')
    assert len(_court(rezip(good, add={"xl/worksheets/sheet1.xml": lying})).values) == 1


def test_a_row_a_million_lines_down_is_too_much() -> None:
    good = book([HEAD, ("0680", "Jönköping", "2023", 2, "")])
    far = sheet_xml(good).replace(b'<row r="2"', b'<row r="1048576"').replace(b'2"', b'1048576"')
    with pytest.raises(FileError):
        _court(rezip(good, add={"xl/worksheets/sheet1.xml": far}))


def test_another_zip_is_told_apart() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("domar.csv", "kommun;antal")
    with pytest.raises(FileError, match="zip-arkiv"):
        _court(out.getvalue())
