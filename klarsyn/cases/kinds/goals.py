"""Goals in five steps, and how far each was reached: the number and its change stand in the entry itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Entry, Kind, Row, register
from klarsyn.cases.fields import Field, Holds
from smallcounts.goals import Attainment, GoalError, attainment, change

LEVELS: Final = {
    "-2": _("−2: mycket mindre än förväntat"),
    "-1": _("−1: något mindre än förväntat"),
    "0": _("0: förväntat resultat"),
    "1": _("+1: något mer än förväntat"),
    "2": _("+2: mycket mer än förväntat"),
}
MOST: Final = 10
_TITLE: Final = Field("title", _("Mål"), Holds.LINE, is_required=True, longest=200)
_WEIGHT: Final = Field("weight", _("Vikt"), Holds.NUMBER, hint=_("Hur viktigt, 0 eller mer. Tomt är 1."))
_START: Final = Field("start", _("Läget vid start"), Holds.CHOICE, choices=LEVELS, is_required=True)
_STEPS: Final = tuple(
    Field(name, label, Holds.LINE, longest=300, is_required=name == "expected")
    for name, label in (
        ("much_less", _("−2: så ser mycket mindre ut")),
        ("less", _("−1: så ser något mindre ut")),
        ("expected", _("0: så ser det förväntade ut")),
        ("more", _("+1: så ser något mer ut")),
        ("much_more", _("+2: så ser mycket mer ut")),
    )
)


def weights(goals: Sequence[Mapping[str, Any]]) -> list[float]:
    return [float(goal.get("weight", 1)) for goal in goals]


def levels(goals: Sequence[Mapping[str, Any]], name: str) -> list[int | None]:
    return [int(goal[name]) if name in goal else None for goal in goals]


def _check(data: Mapping[str, Any]) -> None:
    goals = data.get("goals", ())
    if len(goals) > MOST:
        raise Refused(gettext("Högst tio mål ryms. Inget är sparat. Slå ihop några."))
    names = ["start"] + (["now"] if any("now" in goal for goal in goals) else [])
    try:
        for name in names:
            attainment(levels(goals, name), weights(goals))
    except GoalError:
        raise Refused(
            gettext(
                "Målen går inte att räkna. Inget är sparat. Skriv minst ett mål och bedöm varje mål. "
                "Vikter är 0 eller mer, och någon är över 0."
            )
        ) from None


def _check_followed(data: Mapping[str, Any]) -> None:
    goals = data.get("goals", ())
    missing = [str(i) for i, goal in enumerate(goals, start=1) if "now" not in goal]
    if missing:
        raise Refused(
            gettext(
                "Mål %(numbers)s är inte bedömt. Inget är sparat. Ett obedömt mål räknas aldrig som noll."
            )
            % {"numbers": ", ".join(missing)}
        )
    _check(data)


def _rows(entry: Entry) -> list[Row]:
    goals = entry.data["goals"]
    found = [Row(goal["title"], _goal(goal)) for goal in goals]
    start = attainment(levels(goals, "start"), weights(goals))
    return [*found, Row(gettext("Måluppfyllelse vid start"), said(start))]


def _rows_followed(entry: Entry) -> list[Row]:
    goals = entry.data["goals"]
    moved = change(levels(goals, "start"), levels(goals, "now"), weights(goals))
    found = [Row(goal["title"], _goal(goal)) for goal in goals]
    change_said = gettext("%(change)s sedan start, %(goals)d mål") % {
        "change": f"{moved.value:+.1f}".replace(".", ",").replace("-", "−"),
        "goals": moved.now.goals,
    }
    found += [Row(gettext("Måluppfyllelse nu"), said(moved.now)), Row(gettext("Förändring"), change_said)]
    if "comment" in entry.data:
        found.append(Row(gettext("Kommentar"), entry.data["comment"]))
    return found


def said(found: Attainment) -> str:
    """T in words, with what a single judgement can move it."""
    value, low, high = (f"{n:.1f}".replace(".", ",") for n in (found.value, *found.one_level_off))
    return gettext(
        "T = %(value)s (50 är det förväntade; %(low)s till %(high)s om ett enda mål bedömts ett steg fel)"
    ) % {
        "value": value,
        "low": low,
        "high": high,
    }


def _goal(goal: Mapping[str, Any]) -> str:
    lines = [gettext("vikt %(weight)s") % {"weight": f"{goal.get('weight', 1):g}".replace(".", ",")}]
    lines.append(gettext("vid start %(level)s") % {"level": LEVELS[goal["start"]]})
    if "now" in goal:
        lines.append(gettext("nu %(level)s") % {"level": LEVELS[goal["now"]]})
    lines += [f"{step.label}: {goal[step.name]}" for step in _STEPS if step.name in goal]
    return "\n".join(lines)


GOALS: Final = register(
    Kind(
        "goals",
        _("Mål"),
        (
            Field(
                "goals",
                _("Målen"),
                Holds.TABLE,
                columns=(_TITLE, _WEIGHT, *_STEPS, _START),
                is_required=True,
                hint=_("Skriv dem tillsammans, i personens egna ord, innan stödet börjar."),
            ),
        ),
        by_hand=False,
        check=_check,
        rows=_rows,
    )
)
FOLLOWED: Final = register(
    Kind(
        "goals_followed",
        _("Uppföljning av mål"),
        (
            Field(
                "goals",
                _("Målen"),
                Holds.TABLE,
                is_required=True,
                columns=(
                    _TITLE,
                    _WEIGHT,
                    _START,
                    Field("now", _("Läget nu"), Holds.CHOICE, choices=LEVELS),
                ),
            ),
            Field("comment", _("Kommentar")),
        ),
        by_hand=False,
        check=_check_followed,
        rows=_rows_followed,
    )
)
