"""The declared shapes: every preset holds, templates can be read back, and a bad description is explained."""

from collections.abc import Callable
from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.sources.importers import Schema, from_file, preset, presets, read
from klarsyn.sources.importers.schema import PRESETS, from_toml
from klarsyn.sources.importers.template import as_csv, as_xlsx, headings
from klarsyn.sources.values import Measure
from tests.architecture.house import ROOT

GOOD = (PRESETS / "domstol.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", sorted(path.stem for path in PRESETS.glob("*.toml")))
def test_a_preset_is_whole_in_both_languages(key: str) -> None:
    schema = preset(key)
    assert schema.key == key
    for words in (schema.title, schema.how):
        assert set(words) == {"sv", "en"} and all(words.values())
    described = schema.described(title="Prov", publisher="Brå", licence="fri", measure="court_count")
    assert described.target.title and described.target.publisher and described.target.licence


def test_what_people_count_themselves_is_never_public() -> None:
    assert {key for key, schema in presets().items() if not schema.target.is_public} == {
        "domstol",
        "egna-tal",
    }


def test_a_described_source_gets_a_name_of_its_own() -> None:
    schema = preset("allman").described(
        title="Åtal i Väst", publisher="Åklagaren", licence="fri", measure="prosecutions"
    )
    assert (schema.target.key, schema.target.measure) == ("annan-kalla-atal-i-vast", Measure.PROSECUTIONS)


@pytest.mark.parametrize("key", ["domstol", "egna-tal"])
@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_a_template_that_is_filled_in_can_be_read(
    key: str, make: Callable[[Schema, list[list[str]]], bytes]
) -> None:
    schema = preset(key)
    assert headings(schema) == ["kommunkod", "kommun", "period", "antal", "anmärkning"]
    empty = read(make(schema, [["0680", "Jönköping", "2023"]]), file_name="x", schema=schema)
    assert empty.problem_count == 1 and empty.problems[0].column == "antal"
    filled = read(
        make(schema, [["0680", "Jönköping", "2023-04", "2", "april"]]), file_name="x", schema=schema
    )
    assert [(v.area, v.period, v.value, v.note) for v in filled.values] == [("0680", "2023-04", 2, "april")]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('key = "domstol-egen-rakning"', 'key = "Domstol!"'), ('measure = "court_count"', 'measure = "rumour"'),
        ('areas = ["municipality"]', 'areas = ["planet"]'), ('certainty = "medium"', 'certainty = "sure"'),
        ('areas = ["municipality"]', 'ignore = ["("]'), ("[columns]", "[kolumner]"), ('area = ["kommunkod"]', ""),
        ("[file]", "[file]\nempty = \"zero\""), ("[file]", "[file]\nspeed = 3"), ('key = "domstol"', "key ="),
        ("[dataset]", "[symbols]\n\"?\" = \"maybe\"\n[dataset]"),
    ],
)  # fmt: skip
def test_a_bad_description_is_explained_and_nothing_is_read(was: str, becomes: str) -> None:
    assert was in GOOD
    with pytest.raises(Refused, match=r"prov\.toml går inte att läsa"):
        from_toml(GOOD.replace(was, becomes, 1), "prov.toml")


def test_a_description_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="går inte att öppna"):
        from_file(tmp_path / "saknas.toml")
    with pytest.raises(Refused, match=r"ingen mall.*bra-alla-brott"):
        preset("saknas")


def test_declared_marks_and_categories_are_used() -> None:
    text = GOOD.replace(
        "[columns]",
        '[symbols]\n"<5" = "withheld"\n[categories]\nkvinnor = "women"\n[columns]\ncategory = ["kön"]',
    )
    schema = from_toml(text, "prov.toml")
    body = "kommunkod;kommun;period;kön;antal\r\n0680;Jönköping;2023;kvinnor;<5\r\n0680;Jönköping;2023;annat;3\r\n"
    reading = read(body.encode(), file_name="x", schema=schema)
    assert [(v.category, v.status.value, v.symbol) for v in reading.values] == [("women", "withheld", "<5")]
    assert [(p.line, p.found) for p in reading.problems] == [(3, "”annat”")]


@pytest.mark.parametrize(("rule", "count"), [("skip", 1), ("unavailable", 2)])
def test_empty_cells_follow_the_declared_rule(rule: str, count: int) -> None:
    schema = from_toml(GOOD.replace("[file]", f'[file]\nempty = "{rule}"'), "prov.toml")
    body = b"kommunkod;kommun;period;antal\r\n0680;;2023;\r\n1480;;2023;4\r\n"
    reading = read(body, file_name="x", schema=schema)
    assert (len(reading.values), reading.problem_count) == (count, 0)


def test_the_description_in_the_manual_can_be_read_and_used() -> None:
    manual = (ROOT / "docs" / "how-to" / "import-figures.md").read_text(encoding="utf-8")
    schema = from_toml(manual.partition("```toml\n")[2].partition("```")[0], "import-figures.md")
    body = "Polisregion;År;Antal\r\nÖst;2020;<5\r\nVäst;2020;12\r\nKälla: prov;;\r\n".encode()
    reading = read(body, file_name="x.csv", schema=schema)
    assert [(v.area, v.value, v.status.value) for v in reading.values] == [
        ("P-OST", None, "withheld"), ("P-VAST", 12, "observed"),
    ]  # fmt: skip
