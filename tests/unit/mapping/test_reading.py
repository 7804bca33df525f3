"""Indicator files: right ones are read, wrong ones are explained by file, line and mend."""

from pathlib import Path

import pytest

from klarsyn.mapping.definitions import Chapter, Method
from klarsyn.mapping.programmes import read_programmes
from klarsyn.mapping.reading import BUILT_IN, DefinitionError, load
from klarsyn.sources.values import Measure
from tests.unit.mapping.build import ON, write_indicator
from tests.unit.mapping.protected import PROGRAMME


def problem(folder: Path) -> str:
    """The one line that says what is wrong."""
    with pytest.raises(DefinitionError) as caught:
        load(folder, on=ON)
    first, *lines = str(caught.value).splitlines()
    assert first == "Nyckeltalen kan inte läsas. Inget har ändrats. Rätta:"
    assert len(lines) == 1, lines
    return lines[0]


def test_the_built_in_figures_stand_in_the_order_of_the_report():
    found = load(BUILT_IN, on=ON)
    assert [i.id for i in found.indicators] == [
        "population", "earlier_mappings", "reported_national", "reported_regions", "prevalence",
        "example_people", "presumed_victims", "example_lists", "hidden_abroad", "observations", "convicted_press", "example_rates", "example_series", "expected_per_municipality",
        "convicted_national", "receptions", "reception_figures",
        "mika_persons", "mika_contacts", "mika_nameless", "mika_support", "mika_followup", "mika_outreach",
        "mika_closed", "mika_arranged", "mika_work",
        "kast_persons", "kast_contacts", "kast_nameless", "kast_support", "kast_followup",
        "kast_closed", "kast_arranged", "kast_work", "training_coverage", "attitude_change", "joint_work",
    ]  # fmt: skip
    assert found.warnings == ()


@pytest.mark.parametrize("indicator", load(BUILT_IN, on=ON).indicators, ids=lambda i: i.id)
def test_every_text_is_a_sentence_and_names_nobody_wrongly(indicator):
    for words in (
        indicator.why,
        indicator.says_not,
        indicator.numerator,
        indicator.denominator,
        indicator.how,
    ):
        for text in (words.sv, words.en):
            assert text.endswith("."), text
            assert "  " not in text
            for label in ("prostituerad", "prostitute", "sexarbet", "sex work", "torsk"):
                assert label not in text.casefold()


def test_a_right_file_becomes_an_indicator(tmp_path):
    write_indicator(tmp_path)
    (found,) = load(tmp_path, on=ON).indicators
    assert found.chapter is Chapter.DEMAND
    assert found.method is Method.SERIES
    assert found.measures == (Measure.REPORTED_OFFENCES,)
    assert found.title.sv == "title på svenska"


@pytest.mark.parametrize(
    ("key", "line", "expected"),
    [
        ("per", 'per = "många"', "rad 10: per är 'många' men ska vara ett heltal över noll"),
        ("per", "per = 0", "rad 10: per är 0 men ska vara ett heltal över noll"),
        ("order", "order = true", "rad 3: order är True men ska vara ett heltal över noll"),
        ("chapter", 'chapter = "slut"', 'rad 2: okänt värde "slut" i chapter; välj bland summary, purpose'),
        ("method", 'method = "magi"', 'rad 4: okänt värde "magi" i method; välj bland rates_compared'),
        ("measures", 'measures = ["sexköp"]', 'rad 5: okänt värde "sexköp" i measures; välj bland reported'),
        ("measures", 'measures = "x"', "rad 5: measures är 'x' men ska vara en lista av texter"),
        ("measures", "measures = []", "rad 5: series behöver ett mått; välj bland reported_offences"),
        ("measures", 'measures = ["population"]', "rad 5: series kan inte räkna på population; välj bland"),
        ("next_review", 'next_review = "2027-03-31"', "rad 14: next_review är '2027-03-31' men ska vara ett datum"),
        ("since", 'since = "i fjol"', 'rad 8: since är "i fjol" men ska vara ett år som "2019"'),
        ("checker", 'checker = "Disa"', "rad 13: checker ska vara en annan än author"),
        ("disclosure", 'disclosure = "nej"', 'rad 11: okänt värde "nej" i disclosure; välj bland already_public'),
        ("disclosure", 'disclosure = "invented"', "rad 11: måttet simulated och disclosure"),
        ("disclosure", 'disclosure = "protected"', 'rad 11: method = "protected" och disclosure = "protected"'),
        ("checker", 'checker = "Greta"\nprogramme = "x"', "rad 14: programme är namnet på en programfil"),
        ("author", "namn = 1\nauthor = 'Disa'", 'rad 12: okänt fält "namn"; fälten är id, chapter'),
        ("title", '[title]\nsv = "Titel"', "rad 15: texten en saknas under [title]; skriv en"),
        ("title", '[title]\nsv = "Titel"\nen = " "', "rad 17: texten en saknas under [title]"),
        ("title", '[title]\nsv = "a"\nen = "b"\nfi = "c"', 'rad 18: okänt språk "fi" under [title]'),
        ("id", 'id = "annat"', 'rad 1: id är "annat" men filen heter own.toml; de ska vara lika'),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_file_line_and_mend(tmp_path, key, line, expected):
    path = write_indicator(tmp_path, **{key: line})
    assert problem(tmp_path).startswith(f"{path}, {expected}")


def test_two_measures_never_share_a_rates_table(tmp_path):
    write_indicator(
        tmp_path,
        method='method = "rates_compared"',
        measures='measures = ["reported_offences", "convicted_persons"]',
    )
    assert (
        "rad 5: rates_compared tar 1 mått; två mått blandas aldrig i en tabell, gör en fil för varje"
        in problem(tmp_path)
    )


def test_a_missing_field_is_named(tmp_path):
    path = write_indicator(tmp_path, until="")
    assert problem(tmp_path) == f'{path}, rad 1: fältet "until" saknas; det ska vara en text inom citattecken'


def test_what_is_not_toml_is_told_with_its_line(tmp_path):
    write_indicator(tmp_path, per="per = = 1")
    assert "är inte giltig TOML" in problem(tmp_path)
    assert "at line 10" in problem(tmp_path)


def test_what_is_not_utf8_is_told(tmp_path):
    (tmp_path / "own.toml").write_bytes('title = "kön"'.encode("latin-1"))
    assert "filen är inte UTF-8; spara om den som UTF-8" in problem(tmp_path)


def test_the_same_id_twice_names_both_files(tmp_path):
    first, second = write_indicator(tmp_path / "a"), write_indicator(tmp_path / "b")
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path / "a", tmp_path / "b", on=ON)
    assert f'{second}: id "own" finns redan i {first}; byt id och filnamn' in str(caught.value)


def test_every_fault_of_every_file_is_told_at_once(tmp_path):
    write_indicator(tmp_path, "a", per="per = 0", order="order = 0")
    write_indicator(tmp_path, "b", per="per = 0")
    with pytest.raises(DefinitionError) as caught:
        load(tmp_path, on=ON)
    assert len(str(caught.value).splitlines()) == 4


def test_a_review_that_is_overdue_warns_and_still_works(tmp_path):
    path = write_indicator(tmp_path, next_review="next_review = 2026-11-22")
    found = load(tmp_path, on=ON)
    assert len(found.indicators) == 1
    (warning,) = found.warnings
    assert warning.startswith(f"{path}: skulle ha granskats 2026-11-22")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert load(tmp_path / "indicators", on=ON).indicators == ()


def test_text_inside_a_long_string_is_never_taken_for_a_key(tmp_path):
    long = '[title]\nsv = """\nper = 3\n[why]\nslut"""\nen = "x"'
    write_indicator(tmp_path, title=long, why='[why]\nsv = "a"')
    assert "rad 21: texten en saknas under [why]" in problem(tmp_path)


def protected(folder: Path, **changes: str) -> Path:
    return write_indicator(
        folder, **{"method": 'method = "protected"', "measures": 'measures = ["reception_figure"]',
                   "disclosure": 'disclosure = "protected"\nprogramme = "eget"', **changes},
    )  # fmt: skip


def test_a_protected_figure_of_ones_own_names_its_programme(tmp_path):
    protected(tmp_path)
    (found,) = load(tmp_path, on=ON).indicators
    assert (found.programme, found.is_invented) == ("eget", False)


def test_a_protected_figure_without_a_programme_is_told(tmp_path):
    protected(tmp_path, disclosure='disclosure = "protected"')
    assert "programme är namnet på en programfil" in problem(tmp_path)


def test_a_programme_is_read_from_the_municipalitys_own_folder(tmp_path):
    protected(tmp_path / "indicators")
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes" / "eget.toml").write_text(PROGRAMME)
    indicators = load(tmp_path / "indicators", on=ON).indicators
    assert read_programmes(indicators, tmp_path / "no", tmp_path / "programmes") == {"eget": PROGRAMME}
    assert read_programmes((), tmp_path / "programmes") == {}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (None, 'own: programmet "eget" finns inte; lägg filen eget.toml i'),
        (b"name = 1", "eget.toml: "),
        ("name = 'kön'".encode("latin-1"), "eget.toml: filen är inte UTF-8"),
    ],
    ids=["missing", "no programme", "not UTF-8"],
)
def test_a_programme_that_cannot_be_read_is_told_with_its_mend(tmp_path, body, said):
    protected(tmp_path / "indicators")
    if body is not None:
        (tmp_path / "eget.toml").write_bytes(body)
    with pytest.raises(DefinitionError) as caught:
        read_programmes(load(tmp_path / "indicators", on=ON).indicators, tmp_path)
    assert said in str(caught.value).splitlines()[1]
