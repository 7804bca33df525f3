"""The hidden number in words: never a total without its limits, what it assumes and what the rule allows."""

import re
from dataclasses import replace

import pytest

from klarsyn.mapping.findings import say
from klarsyn.mapping.results import FigureResult
from klarsyn.report import hidden_words, pictures, sentences, texts
from smallcounts.mse.words import REASONS
from tests.unit.mapping.hidden import abroad, example

LANGUAGES = ("sv", "en")
WHERE = {"name": "GB", "period": "2013", "lists": 5, "observed": 2744}
RANGE = say("hidden_range", **WHERE, lower=9100.0, upper=27000.0)
BOUND = say("hidden_bound", **WHERE, lower=9100.0, whose="methods", reason="near_models_far_apart")
NOTHING = say("hidden_nothing", **WHERE, reason="far_too_few_overlaps")
ASSUMED = {"sv": "inte går att pröva", "en": "cannot be tested"}
RULE = {"sv": "enligt regeln", "en": "by the rule"}


def said(finding: object, language: str) -> str:
    figure: FigureResult = replace(example(), findings=(finding,))  # type: ignore[arg-type]
    return sentences.sentence(figure.findings[0], figure, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("finding", [RANGE, BOUND])
def test_what_may_be_quoted_holds_limits_and_what_they_assume(finding: object, language: str) -> None:
    words = said(finding, language).replace("\u00a0", " ")
    assert "95" in words and ASSUMED[language] in words
    assert re.search("9[ ,]100", words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_less_than_a_range_says_why(language: str) -> None:
    assert hidden_words.reason("near_models_far_apart", language) in said(BOUND, language)
    assert hidden_words.reason("far_too_few_overlaps", language) in said(NOTHING, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("finding", [RANGE, BOUND, NOTHING])
def test_a_title_has_no_number_but_the_year(finding: object, language: str) -> None:
    figure: FigureResult = replace(example(), findings=(finding,))  # type: ignore[arg-type]
    assert re.findall(r"\d+", sentences.title(figure, language)) == ["2013"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_sentence_with_a_total_names_the_rule(language: str) -> None:
    kind = "lower_bound_only"
    for finding in (
        say("hidden_spread", methods=4, lower=9100.0, upper=52000.0, verdict=kind),
        say("hidden_dial", lower=4800.0, upper=38000.0, halves=0.34, doubles=2.32, verdict=kind),
        say("hidden_dial", lower=4800.0, upper=38000.0, halves=0.0, doubles=2.32, verdict="range"),
    ):
        assert RULE[language] in said(finding, language).casefold()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_rule_has_its_words(language: str) -> None:
    for code in set(REASONS) - {"all_conditions_hold"}:
        assert hidden_words.reason(code, language)
    with pytest.raises(KeyError):
        hidden_words.reason("unheard_of", language)


def test_every_method_state_and_list_shown_has_its_words() -> None:
    values = texts.read("tables")["values"]
    for row in example().table("hidden_methods").to_rows():
        assert {row["estimator"], row["state"], row["counts_in"]} <= set(values)
    for row in example().table("hidden_lists").to_rows():
        assert hidden_words.listed(str(row["on_list"]), "sv") != row["on_list"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_invented_lists_are_marked_before_all_else(language: str) -> None:
    assert sentences.title(example(), language).startswith(sentences.EXAMPLE[language])
    drawn = pictures.pictures(example(), "t", "l", language)
    assert [p.kind for p in drawn] == ["hidden_overlap", "hidden_methods"]  # no dial where no total is shown
    assert all(mark in p.wide.svg for p in drawn for mark in [("PÅHITTADE", "INVENTED")[language == "en"]])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_from_abroad_say_so_and_every_picture_with_a_total_says_the_verdict(language: str) -> None:
    made = abroad()
    assert sentences.title(made, language).startswith(("Metodexempel, inte om", "Methods example, not"))
    quoted = sentences.sentence(made.findings[0], made, language)
    for picture in pictures.pictures(made, "t", "l", language)[1:]:
        assert quoted in picture.wide.description and quoted in picture.narrow.description
