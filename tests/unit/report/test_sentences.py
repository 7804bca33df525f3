"""A finding becomes a sentence that is true, plain and never a league table."""

import pytest

from klarsyn.mapping.findings import FINDINGS, WARNINGS, say
from klarsyn.mapping.results import Finding
from klarsyn.report import sentences
from klarsyn.report.sentences.told import Told
from klarsyn.sources.values import Measure

NB = "\u00a0"
PER = {"per": 100000}
LANGUAGES = ("sv", "en")


def said(finding: Finding, language: str = "sv", measure: Measure = Measure.PRESS_COUNT_CONVICTED) -> str:
    told = Told(finding, language, measure, 2019, (("sr", "Sveriges Radio"), ("svt", "SVT")))
    return sentences.SENTENCES[language][finding.code](told)


def summary(
    above: str = "", below: str = "", not_shown: str = "", name: str = "Jönköping", count: int = 17
) -> Finding:
    return say(
        "home_summary", name=name, period="2019", count=count, population=141081, rate=12.05, lower=7.02,
        upper=19.29, above=above, below=below, not_shown=not_shown, **PER,
    )  # fmt: skip


def ratio(code: str, value: float | str, lower: float, upper: float | str) -> Finding:
    return say(code, name_a="Jönköping", name_b="Malmö", ratio=value, lower=lower, upper=upper, p_value=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_and_every_warning_of_the_mapping_has_its_words(language: str) -> None:
    assert set(sentences.SENTENCES[language]) == set(FINDINGS)
    assert set(sentences.WARNINGS[language]) == set(WARNINGS)


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            summary(above="Göteborg", not_shown="Malmö"),
            "Jönköping ligger tydligt över Göteborg; skillnaden mot Malmö kan bero på slumpen.",
        ),
        (summary(below="Borås|Malmö"), "Jönköping ligger tydligt under Borås och Malmö."),
        (
            summary(above="Umeå", below="Malmö"),
            "Jönköping ligger tydligt över Umeå; kommunen ligger tydligt under Malmö.",
        ),
        (summary(not_shown="Malmö"), "Skillnaden mellan Jönköping och Malmö kan bero på slumpen."),
        (
            summary(above="A|B|C|D|E", not_shown="F|G"),
            "Jönköping ligger tydligt över 5 andra kommuner; skillnaderna mot F och G kan bero på slumpen.",
        ),
        (summary(count=1), "Jönköping 2019: 1 fall; det finns ingen annan kommun att jämföra med."),
        (
            summary(count=0),
            "Jönköping 2019: 0 dömda för köp av sexuell tjänst; det finns ingen annan kommun att jämföra med.",
        ),
    ],
)
def test_the_home_municipality_against_others(finding: Finding, text: str) -> None:
    assert said(finding) == text


def test_the_headline_says_of_what_where_and_when() -> None:
    told = Told(summary(above="Göteborg", not_shown="Malmö"), "sv", Measure.PRESS_COUNT_CONVICTED, 2019)
    assert sentences.HEADLINES["sv"]["home_summary"](told) == (
        "Jönköping låg 2019 tydligt över Göteborg i antal dömda för köp av sexuell tjänst per invånare. "
        "Skillnaden mot Malmö kan bero på slumpen."
    )


def test_a_ratio_stands_with_its_interval_and_a_plain_word() -> None:
    assert said(ratio("ratio_not_shown", 1.885, 0.991, 3.562)) == (
        f"Talet i Jönköping var 1,89 gånger talet i Malmö (95{NB}% osäkerhetsintervall 0,99–3,56). "
        "Det kan bero på slumpen."
    )
    assert said(ratio("ratio_above", 3.17, 1.66, 5.99), "en").endswith(
        "Chance seldom makes so large a difference."
    )


def test_a_ratio_against_zero_has_no_value_and_no_upper_limit() -> None:
    text = said(ratio("ratio_not_shown", "inf", 0.37, "inf"))
    assert "inget ändligt värde" in text
    assert "från 0,37 utan övre gräns" in text
    assert "inf " not in said(ratio("ratio_not_shown", "inf", 0.37, "inf"), "en")


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (3, "Antalet är känt för 3 av 290 kommuner 2019. Om de andra vet vi ingenting; okänt är inte noll."),
        (290, "Antalet är känt för alla 290 kommuner 2019."),
        (0, "Antalet är inte känt för någon av 290 kommuner 2019."),
    ],
)
def test_coverage_never_reads_unknown_as_zero(known: int, text: str) -> None:
    assert said(say("coverage", known=known, total=290, period="2019")) == text


@pytest.mark.parametrize(
    ("status", "name", "text"),
    [
        ("unavailable", "Borås", "Borås antal 2019 är inte känt för oss; okänt är inte noll."),
        ("withheld", "Växjö", "Växjös antal 2019 visas inte, eftersom fallen är för få."),
        ("not_applicable", "Knivsta", "Knivstas antal 2019 finns inte: kommunen fanns inte då."),
    ],
)
def test_a_missing_count_says_why(status: str, name: str, text: str) -> None:
    assert said(say("home_missing", name=name, period="2019", status=status)) == text


def test_one_child_and_one_victim_are_singular() -> None:
    assert (
        said(say("victims_children", period="2019", girls=1, boys=1))
        == "Bland barnen 2019 fanns 1 flicka och 1 pojke."
    )
    assert "1 förmodat offer" in said(say("victims_last", period="2019", total=1))
    assert "inte till något" in said(say("victims_last", period="2019", total=0))


def test_sources_that_differ_are_both_named() -> None:
    found = say("conflict", name="Polisregion Stockholm", period="2019", values="173|163", sources="sr|svt")
    assert said(found) == (
        "Om Polisregion Stockholm 2019 säger källorna olika: 173 (Sveriges Radio) och 163 (SVT). "
        "Båda visas; vi väljer inte."
    )
    assert said(found, "en").startswith("On Police region Stockholm in 2019 the sources differ")
