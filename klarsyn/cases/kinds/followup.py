"""Answers to an instrument: the question stands with its answer, so that an old one reads as it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Entry, Kind, Row, register
from klarsyn.cases.fields import Field, Holds
from klarsyn.cases.instruments.reading import Instrument, Method
from klarsyn.cases.instruments.shelf import shelf

TIMES: Final = {
    "start": _("vid start"),
    "3": _("efter 3 månader"),
    "12": _("efter 12 månader"),
    "other": _("en annan gång"),
}


def answered(instrument: Instrument, time: str, answers: Mapping[str, int]) -> dict[str, Any]:
    """The entry's data for these answers; a question without one is left out, never read as the lowest."""
    rows: list[dict[str, Any]] = []
    for item in instrument.items:
        chosen = next((a for a in item.answers if a.value == answers.get(item.key)), None)
        if chosen is not None:
            rows.append(
                {
                    "item": item.key,
                    "question": str(item.text),
                    "value": chosen.value,
                    "answer": str(chosen.text),
                }
            )
    data: dict[str, Any] = {
        "instrument": instrument.key,
        "version": instrument.version,
        "title": str(instrument.title),
        "licence": instrument.licence,
        "time": time,
        "answers": rows,
    }
    score = instrument.score({row["item"]: row["value"] for row in rows})
    return data if score is None else data | {"score": score}


def _check(data: Mapping[str, Any]) -> None:
    """What is kept is what the instrument asks, by its own version and sum."""
    held = shelf().instruments.get(data["instrument"])
    if held is None or held.version != data["version"] or data["time"] not in held.times:
        raise Refused(
            gettext("Instrumentet finns inte i den versionen. Inget är sparat. Öppna sidan på nytt.")
        )
    given = {row["item"]: row["value"] for row in data["answers"] if "item" in row and "value" in row}
    known = {item.key: {answer.value for answer in item.answers} for item in held.items}
    if any(value not in known.get(key, set()) for key, value in given.items()) or not given:
        raise Refused(gettext("Ett svar finns inte bland instrumentets. Inget är sparat. Välj bland svaren."))
    if data.get("score") != held.score(given):
        raise Refused(gettext("Summan stämmer inte med svaren. Inget är sparat. Öppna sidan på nytt."))


def _rows(entry: Entry) -> list[Row]:
    data = entry.data
    found = [Row(gettext("Frågor"), f"{data['title']}, {TIMES[data['time']]}")]
    found += [Row(row["question"], row["answer"]) for row in data["answers"]]
    score = data.get("score")
    said = (
        gettext("för få svar för en summa")
        if score is None
        else f"{score:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    )
    held = shelf().instruments.get(data["instrument"])
    is_mean = held is not None and held.method is Method.MEAN
    name = gettext("Medelvärde av svaren") if is_mean else gettext("Summa")
    return [*found, Row(name, said), Row(gettext("Rätt att använda"), data["licence"])]


FOLLOW_UP: Final = register(
    Kind(
        "follow_up",
        _("Uppföljningsfrågor"),
        (
            Field("instrument", _("Instrument"), Holds.LINE, is_required=True, longest=40),
            Field("version", _("Version"), Holds.NUMBER, is_required=True),
            Field("title", _("Namn"), Holds.LINE, is_required=True, longest=500),
            Field("licence", _("Rätt att använda"), Holds.LINE, is_required=True, longest=500),
            Field("time", _("När"), Holds.CHOICE, choices=TIMES, is_required=True),
            Field(
                "answers",
                _("Svar"),
                Holds.TABLE,
                is_required=True,
                columns=(
                    Field("item", _("Nyckel"), Holds.LINE, is_required=True, longest=40),
                    Field("question", _("Fråga"), Holds.LINE, is_required=True, longest=500),
                    Field("value", _("Värde"), Holds.NUMBER, is_required=True),
                    Field("answer", _("Svar"), Holds.LINE, is_required=True, longest=500),
                ),
            ),
            Field("score", _("Summa"), Holds.NUMBER),
        ),
        by_hand=False,
        check=_check,
        rows=_rows,
    )
)
