"""The open data read back by other people's programs give the same figures, and zero is never a gap."""

import csv
import io
import json
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

import jsonstat_validator
import openpyxl
from defusedxml.ElementTree import fromstring

from klarsyn.report.opendata import write_open_data
from klarsyn.report.opendata.csvfile import to_csv
from klarsyn.report.opendata.facts import sheets
from klarsyn.report.opendata.jsonstat import key_columns, to_jsonstat
from smallcounts.results import Column
from tests.unit.report.opendata.build import EDITION, mapping, rates, table

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def _dataset(**how: bool) -> dict:
    return to_jsonstat(next(sheets(mapping(**how))), EDITION, "sv")


def test_csv_reads_back_with_codes_as_text_and_gaps_as_gaps() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(rates()).decode("utf-8"))))
    assert [r["area"] for r in rows] == ["0680", "1280", "1480"]
    assert float(rows[0]["rate"]) == 17 / 141081 * 1e5
    assert rows[0]["lower"] == ""


def test_csv_never_runs_as_a_formula_and_keeps_zero_apart_from_a_gap() -> None:
    columns = [Column("area", "area"), Column("note", "text"), Column("count", "count")]
    cells = [{"area": "0680", "note": "=cmd()", "count": 0}, {"area": "1480", "note": "@x", "count": None}]
    lines = to_csv(table("t", columns, cells)).decode("utf-8").split("\r\n")
    assert lines[1:3] == ["0680,'=cmd(),0", "1480,'@x,"]


def test_json_stat_is_valid_and_holds_every_value() -> None:
    dataset = _dataset()
    jsonstat_validator.validate_jsonstat(dataset)
    assert dataset["id"] == ["area", "contents"] and dataset["size"] == [3, 4]
    assert dataset["value"]["0"] == 17 and dataset["value"]["4"] == 22
    assert dataset["status"] == {"3": "unavailable", "7": "unavailable", "11": "unavailable"}
    assert dataset["dimension"]["area"]["category"]["label"]["0680"] == "Jönköping"


def test_two_sources_that_disagree_are_two_cells() -> None:
    columns = [
        Column("area", "area"),
        Column("period", "period"),
        Column("count", "count"),
        Column("source", "text"),
    ]
    rows = [
        {"area": "P", "period": "2019", "count": c, "source": s} for c, s in ((163, "svt"), (173, "polisen"))
    ]
    assert key_columns(table("conflicts", columns, rows)) == ["area", "period", "source"]


def test_rows_that_nothing_tells_apart_get_a_number() -> None:
    rows = [{"area": "P", "count": 1}, {"area": "P", "count": 1}]
    assert key_columns(table("twins", [Column("area", "area"), Column("count", "count")], rows)) == ["row"]


def test_the_folder_is_whole_and_the_same_every_time(tmp_path: Path) -> None:
    first = write_open_data(mapping(), edition=EDITION, folder=tmp_path / "a")
    second = write_open_data(mapping(), edition=EDITION, folder=tmp_path / "b")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    with zipfile.ZipFile(next(p for p in first if p.suffix == ".xlsx")) as book:
        assert b">2000-01-01T00:00:00Z</dcterms:modified>" in book.read("docProps/core.xml")
    assert {p.suffix for p in first} == {".csv", ".json", ".xlsx", ".rdf"}


def test_the_package_describes_the_files_that_lie_there(tmp_path: Path) -> None:
    write_open_data(mapping(), edition=EDITION, folder=tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in package["resources"]:
        body = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(body)
        header = body.decode().split("\r\n")[0].split(",")
        assert [f["name"] for f in resource["schema"]["fields"]] == header
        assert set(resource["schema"]["primaryKey"]) <= set(header)


def test_the_workbook_opens_with_whole_numbers_and_an_explanation(tmp_path: Path) -> None:
    files = write_open_data(mapping(), edition=EDITION, folder=tmp_path)
    book = openpyxl.load_workbook(next(p for p in files if p.suffix == ".xlsx"))
    page = book["convicted-press-rates"]
    assert [c.value for c in page[2]][:5] == ["0680", "Jönköping", "2019", 17, 141081]
    assert any("Speglar polisens arbete" in str(c.value) for row in book.worksheets[0] for c in row)


def test_every_link_inside_the_catalogue_leads_somewhere(tmp_path: Path) -> None:
    files = write_open_data(mapping(), edition=EDITION, folder=tmp_path)
    root: Element = fromstring((tmp_path / "dcat.rdf").read_bytes())
    about = {node.get(f"{RDF}about") for node in root}
    own = {
        e.get(f"{RDF}resource")
        for e in root.iter()
        if e.tag.endswith(("}dataset", "}distribution", "}publisher"))
    }
    assert own and own <= about
    downloads = {e.get(f"{RDF}resource") for e in root.iter() if e.tag.endswith("}downloadURL")}
    assert {str(d).rpartition("/")[2] for d in downloads} <= {p.name for p in files}


def test_invented_figures_say_so_in_every_format(tmp_path: Path) -> None:
    files = write_open_data(mapping(invented=True), edition=EDITION, folder=tmp_path)
    for name in ("datapackage.json", "dcat.rdf", "convicted-press-rates.json"):
        assert "INVENTED" in (tmp_path / name).read_text() or "PÅHITTADE" in (tmp_path / name).read_text(), (
            name
        )
    book = openpyxl.load_workbook(next(p for p in files if p.suffix == ".xlsx"))
    assert "PÅHITTADE" in str(book.worksheets[0]["A1"].value)
