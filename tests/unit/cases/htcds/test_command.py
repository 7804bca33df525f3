"""The shell: what a file would give, and a statistical file that holds nobody's own words."""

import json
from pathlib import Path

from klarsyn.config.cli import main
from tests.unit.cases.htcds.records import ANNA, csv_file, published_template


def test_check_says_rule_and_kind_and_never_the_value(tmp_path: Path, capsys) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(csv_file(["prs_FirstName", "prs_Birthdate", "fel"], ["Hemlig", "990402-1234", "x"]))
    assert main(["htcds", "check", str(file)]) == 1
    said = capsys.readouterr().out
    assert "rad 1\tprs_Birthdate\tdate_form\tlike_a_phone" in said and "Kolumn 3" in said
    assert "Hemlig" not in said and "990402" not in said
    assert main(["htcds", "check", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["faults"][0]["rule"] == "date_form"


def test_a_file_whose_headers_disagree_is_asked_about(tmp_path: Path, capsys) -> None:
    file = tmp_path / "mall.xlsx"
    file.write_bytes(published_template({"prs_MailingCity": "Jönköping"}))
    assert main(["htcds", "check", str(file)]) == 1
    assert "--filled-by" in capsys.readouterr().out
    assert main(["htcds", "check", str(file), "--filled-by", "names"]) == 0


def test_statistical_keeps_no_words_and_overwrites_nothing(tmp_path: Path, capsys) -> None:
    file, out = tmp_path / "in.csv", tmp_path / "ut.csv"
    file.write_bytes(csv_file(list(ANNA), list(ANNA.values())))
    assert main(["htcds", "statistical", str(file), str(out)]) == 0
    assert "Påhittad" not in out.read_text() and "AnotherOrUnknown" in out.read_text()
    assert "prs_FirstName: never_as_statistics, 1" in capsys.readouterr().out
    before = out.read_bytes()
    assert main(["htcds", "statistical", str(file), str(out)]) == 1
    assert out.read_bytes() == before


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys) -> None:
    assert main(["htcds", "check", str(tmp_path / "ingen.csv")]) == 1
    assert "går inte att läsa" in capsys.readouterr().err
