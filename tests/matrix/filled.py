"""Forms filled in rightly, by address, so that what they let through is seen to change; and everything else besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.apps import apps
from django.db import models
from django.utils import timezone

from klarsyn.cases.deciding import state
from klarsyn.receptions.models import Reception
from tests.matrix import planned, trained, yearly
from tests.matrix.cast import KAST, NEWCOMERS, SECOND, SOUTH, Cast
from tests.matrix.cooperated import COOPERATING
from tests.matrix.observed import event, sign
from tests.matrix.visited import CODES, free

Fields = dict[str, str]
PASSWORD = "ett rätt så långt lösenord"
NEW = "nordanvind-och-klar-luft"


def _draft(cast: Cast, _who: str) -> Fields:
    return {"mapping": f"0680:2019:1:{cast.content_hash}"}


def _give(cast: Cast, _who: str) -> Fields:
    who, team = cast.users["trainer"], cast.teams[SOUTH]
    return {"user": str(who.pk), "team": str(team.pk), "role": "mika_counsellor"}


def _rescue(cast: Cast, _who: str) -> Fields:
    return {"member": str(cast.users[NEWCOMERS[SOUTH]].pk), "reason": "Ny här"}


def _state(cast: Cast, _who: str) -> Fields:
    reception = Reception.objects.get(team=cast.teams[SOUTH])
    days = {"valid_from": str(timezone.localdate()), "valid_to": ""}
    return {
        "reception": str(reception.pk),
        "what": "phone",
        "value": "036-10 00 01",
        "source": "prov",
        **days,
    }


def _counted(cast: Cast, _who: str) -> Fields:
    reception, month = Reception.objects.get(team=cast.teams[SOUTH]), f"{timezone.localdate():%Y-%m}"
    common = {"reception": str(reception.pk), "month": month}
    return {**common, "what": "visit:booked", "number": "3"}


def _sheet(cast: Cast, who: str) -> Fields:
    boxes = {"women_18-24_attempted": "5", "women_18-24_reached": "2"}
    common = _counted(cast, who)
    return {**common, "sheet": "123 456", "kind": "street", "month": f"{common['month']} other", **boxes}


def _mine(_cast: Cast, _who: str) -> Fields:
    return {"step": "cancel", "code": CODES["booking"].digits if "booking" in CODES else ""}


def _card(_cast: Cast, _who: str) -> Fields:
    told = {"step": "ask", "name": "Kim", "number": "070-174 06 05", "consent": "1"}
    return {**told, "card": CODES["card"].digits if "card" in CODES else ""}


def _published(cast: Cast, _who: str) -> Fields:
    reception, today = Reception.objects.get(team=cast.teams[SOUTH]), str(timezone.localdate())
    row = {"kind": "weekly", "written": "måndag 9.00–12.00", "minutes": "60", "channels": "both"}
    return {**row, "reception": str(reception.pk), "valid_from": today, "valid_to": ""}


def _cards(cast: Cast, _who: str) -> Fields:
    team = str(cast.teams[SOUTH].pk)
    return {"team": team, "partner": "care", "count": "1", "languages": "sv", "form": "page"}


def _away(cast: Cast, _who: str) -> Fields:
    today = str(timezone.localdate())
    person = str(cast.users["mika_counsellor"].pk)
    return {"person": person, "begins": today, "ends": today, "covered_by": "", "step": ""}


def _asked_about(cast: Cast, who: str) -> Fields:
    """The end of the walk about nobody here, in Mika söder: the police ask whether somebody is known."""
    held = replace(state.begin(timezone.localdate()), path=("no", "police", "known"))
    by = cast.users.get(who)
    told = state.token(held, who=by.pseudonym if by else "", about=str(cast.teams[SOUTH].pk))
    return {"held": told, "act": "decide", "outcome": "neither"}


# What is not here is filled in rightly by an empty form, or cannot be: a code, a passkey, another site's answer.
RIGHT: dict[str, Callable[[Cast, str], Fields]] = {
    "training:surveys": lambda cast, who: {"name": "Ny mätning", "items": "basics:1"},
    "training:survey_on": lambda cast, who: {"stage": "before"},
    "training:attitudes": lambda cast, who: {
        "stage": "before",
        "code_0": "an",
        "code_1": "ga",
        "code_2": "47",
        "code_3": "k",
        "item_anyone": "5",
    },
    "people:sign_in": lambda cast, who: {"username": cast.users["analyst"].username, "password": PASSWORD},
    "people:unlock": lambda cast, who: {"password": PASSWORD},
    "people:step_up": lambda cast, who: {"password": PASSWORD},
    "people:password": lambda cast, who: {"old": PASSWORD, "new": NEW, "again": NEW},
    "people:members": _give,
    "people:take_out": lambda cast, who: {"reason": "slutar"},
    "people:escrow_hand_over": lambda cast, who: {"to": str(cast.users[SECOND].pk), "reason": "Borta"},
    "people:escrow_let_in": _rescue,
    **{f"contact:times_{letter}": lambda cast, who, letter=letter: free(letter) for letter in "mk"},
    **{f"contact:mine_{letter}": _mine for letter in "mk"},
    **{f"contact:card_{letter}": _card for letter in "mk"},
    "contact:published": _published,
    "contact:end_times": lambda cast, who: {"last_day": str(timezone.localdate())},
    "contact:booked": lambda cast, who: {"step": "withdraw"},
    "contact:call": lambda cast, who: {"step": "end", "outcome": "asked_not"},
    "contact:cards": _cards,
    "contact:answer": lambda cast, who: {"text": "Välkommen."},
    "training:step": lambda cast, who: {"screen": "0"},
    "training:open_unit": lambda cast, who: {"begin": "1"},
    "training:unit_link": lambda cast, who: {"open": "1"},
    "cases:budget": lambda cast, who: {"reason": "Många nya"},
    "cases:dispose_propose": lambda cast, who: {"looked": "on"},
    "cases:leave": _away,
    "cases:outside": _asked_about,
    "cases:rename": lambda cast, who: {"title": "Ny rubrik"},
    "cases:seal": lambda cast, who: {"why": "Hot mot personen", "until": ""},
    "cases:own_question": lambda cast, who: {"text": "Vad gällde det?"},
    "cases:question": lambda cast, who: {"text": "Vad gällde det?"},
    "receptions:facts": _state,
    "receptions:tallies": _counted,
    "receptions:sheet": _sheet,
    **COOPERATING,
    "concerns:observations": sign,
    "concerns:events": event,
    "concerns:assess": lambda cast, who: {"assess-outcome": "no_need", "assess-words": "Bedömt."},
    "concerns:decide": lambda cast, who: {"decide-outcome": "inquiry", "decide-words": "Inleds."},
    "receptions:end": lambda cast, who: {"last_day": str(timezone.localdate())},
    "training:unit": trained.unit,
    "training:units": trained.units,
    "training:certificate_check": trained.number,
    **planned.RIGHT,
    "plan:year": yearly.held,
    "plan:law": yearly.note,
    "plan:routines": yearly.routine,
    "plan:routine": yearly.review,
    "report:comparison": lambda cast, who: {"step": "withdraw", "why": "Granby räknade fel"},
    "report:draft": _draft,
    "report:evening": lambda cast, who: {"text": "Ökar det?", "asked_as": "Ledamot"},
    "report:own_notes": lambda cast, who: {"slide": "s1", "text": "Kom ihåg."},
    "report:strike_question": lambda cast, who: {"why": "Ställd två gånger."},
    "report:answer_question": lambda cast, who: {"text": "Nej, inte mer än slumpen."},
    "report:check_answer": lambda cast, who: {"verdict": "approve", "comment": ""},
    "report:vote": lambda cast, who: {"verdict": "approve", "comment": "Stämmer."},
    "report:correct": lambda cast, who: {"what_changed": "Folkmängden var fel."},
}


# What a form takes for another way of being filled in: a passkey's answer, though a consultation has one too.
LEFT_OUT = {"people:step_up": {"answer"}}


def everything(cast: Cast, who: str) -> Fields:
    """Every attribute of every model, by its name and its column, with a value that somebody would want."""
    found: Fields = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            value = _wanted(cast, who, field)
            found |= {field.name: value, field.attname: value}
    return found


def _wanted(cast: Cast, who: str, field: models.Field) -> str:
    """Rights, somebody else's things, another state."""
    me = cast.users.get(who, cast.users["trainer"])
    if isinstance(field, models.ForeignKey):
        name = field.related_model.__name__
        return str({"User": me.pk, "Team": cast.teams[KAST].pk}.get(name, 1))
    if field.name in ("role", "username", "uid"):
        return {"role": "kast_counsellor", "username": "inkräktare", "uid": str(me.uid)}[field.name]
    if field.choices:
        return str(list(field.choices)[-1][0])
    kinds = ((models.BooleanField, "true"), (models.DateTimeField, "2020-01-01T00:00:00Z"), (models.DateField, "2020-01-01"),
             (models.IntegerField, "7"), (models.UUIDField, str(cast.teams[KAST].pk)))  # fmt: skip
    return next((value for kind, value in kinds if isinstance(field, kind)), "inkräktare")
