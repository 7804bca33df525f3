"""What a form's fields take, and what they say to what they do not take."""

from __future__ import annotations

import json
from datetime import date

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases.fields import Field, Holds, as_json, cleaned, from_json, shown

LEVELS = {"low": "låg", "high": "hög"}
FIELDS = (
    Field("line", "Rad", Holds.LINE),
    Field("text", "Text", longest=10),
    Field("day", "Dag", Holds.DAY),
    Field("number", "Tal", Holds.NUMBER),
    Field("yes", "Fråga", Holds.YES),
    Field("choice", "Val", Holds.CHOICE, choices=LEVELS),
    Field("choices", "Flera", Holds.CHOICES, choices=LEVELS),
    Field("rows", "Rader", Holds.TABLE, columns=(Field("who", "Vem", Holds.LINE), Field("when", "När", Holds.DAY))),
)  # fmt: skip
WHOLE = {
    "line": "Åsa", "text": "ett\nتو", "day": date(2026, 2, 28), "number": 0, "yes": True, "choice": "low",
    "choices": ("low", "high"), "rows": ({"who": "en vän", "when": date(2026, 1, 1)},),
}  # fmt: skip


def test_every_kind_of_value_comes_back_from_json_as_it_went_in() -> None:
    found = cleaned(FIELDS, WHOLE)
    assert found == WHOLE
    stored = json.loads(json.dumps(as_json(found)))
    assert {f.name: from_json(f, stored[f.name]) for f in FIELDS} == WHOLE


def test_what_is_not_answered_is_not_kept_and_nought_is_an_answer() -> None:
    assert cleaned(FIELDS, {"line": " ", "yes": False, "choices": [], "rows": [{}], "number": 0}) == {
        "number": 0
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("line", "två\nrader", "en enda rad"), ("line", "a\0b", "nolltecken"), ("line", 7, "skriv en text"),
        ("text", "elva tecken", "11 tecken, högst 10"), ("day", "2026-02-30", "skriv ett datum"),
        ("number", "7", "skriv ett tal"), ("number", True, "skriv ett tal"), ("number", float("inf"), "ett tal"),
        ("yes", "ja", "ja eller nej"), ("choice", "mid", "något av alternativen"), ("choice", ["low"], "alternativen"),
        ("choices", "low", "bland alternativen"), ("choices", ["mid"], "bland alternativen"),
        ("rows", {"who": "x"}, "en rad"), ("rows", [{"else": 1}], "inget fält"), ("other", "x", "inget fält"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_name_and_nothing_is_kept(
    name: str, value: object, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        cleaned(FIELDS, {name: value})
    assert "Inget är sparat" in str(refused.value)


def test_a_field_that_must_be_there_is_asked_for() -> None:
    must = (Field("text", "Text", is_required=True),)
    for empty in ({}, {"text": ""}, {"text": "  "}):
        with pytest.raises(Refused, match="fyll i"):
            cleaned(must, empty)


def test_values_are_shown_in_words() -> None:
    by_name = {f.name: f for f in FIELDS}
    said = {name: shown(by_name[name], value) for name, value in WHOLE.items()}
    assert said["day"] == "2026-02-28" and said["choices"] == "låg, hög" and said["yes"] == "ja"
    assert said["rows"] == "Vem: en vän; När: 2026-01-01"
    assert shown(by_name["number"], 1.5) == "1,5" and shown(by_name["choice"], "gone") == "gone"
