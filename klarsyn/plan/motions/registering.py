"""Enter a motion, send it out for opinions, enter answers and decisions. Each leaves a line in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan import history
from klarsyn.plan.models import Consultation, Decision, Demand, Motion, Outcome
from klarsyn.plan.motions.texts import kept, lines_of, slug_for

MOST_DEMANDS = 40
_LONGEST_DEMAND = 1000
Said = Mapping[Demand, tuple[str, str]]  # of a demand: the result and the wording


@transaction.atomic
def enter_motion(
    *, title: str, registry_number: str, handed_in_on: date, handed_in_by: str, text: str, source: str,
    source_address: str, demands: str, by: User, today: date,
) -> Motion:  # fmt: skip
    """A motion with its demands, one a line. Raises Refused: in the future, there already, of a person."""
    check_registrar(by)
    texts = kept(
        title=title, registry_number=registry_number, handed_in_by=handed_in_by, text=text, source=source,
        source_address=source_address, may_be_empty=("registry_number", "source_address"),
    )  # fmt: skip
    asked = _demands(demands)
    check_been(handed_in_on, today)
    if Motion.objects.filter(title__iexact=texts["title"], handed_in_on=handed_in_on).exists():
        raise Refused(_("Den motionen finns redan. Inget är sparat. Öppna den från översikten."))
    motion = Motion.objects.create(
        slug=slug_for(Motion, texts["title"]), handed_in_on=handed_in_on, entered_on=today, entered_by=by,
        is_invented=by.is_demo, **texts,
    )  # fmt: skip
    for number, one in enumerate(asked, 1):
        Demand.objects.create(motion=motion, number=number, text=one)
    _made(motion, motion.title, action="plan.enter_motion", by=by)
    return motion


@transaction.atomic
def change_motion(
    *, motion: Motion, title: str, registry_number: str, handed_in_on: date, handed_in_by: str, text: str,
    source: str, source_address: str, demands: str, why: str, by: User, today: date,
) -> None:  # fmt: skip
    """Correct what was entered. A demand may be reworded or added, never taken away: decisions name it."""
    check_registrar(by)
    texts = kept(
        title=title, registry_number=registry_number, handed_in_by=handed_in_by, text=text, source=source,
        source_address=source_address, why=why, may_be_empty=("registry_number", "source_address"),
    )  # fmt: skip
    why = texts.pop("why")
    asked = _demands(demands)
    check_been(handed_in_on, today)
    row = Motion.objects.select_for_update().get(pk=motion.pk)
    held = list(row.demands.order_by("number"))
    if len(asked) < len(held):
        raise Refused(_("En att-sats kan inte tas bort, bara skrivas om. Inget är sparat."))
    history.change(row, {**texts, "handed_in_on": handed_in_on}, by=by, why=why)
    for number, one in enumerate(asked, 1):
        if number > len(held):
            Demand.objects.create(motion=row, number=number, text=one)
            history.note(row, "demand", "", f"{number}. {one}", by=by, why=why)
        elif held[number - 1].text != one:
            history.note(
                row, "demand", f"{number}. {held[number - 1].text}", f"{number}. {one}", by=by, why=why
            )
            Demand.objects.filter(pk=held[number - 1].pk).update(text=one)
    written("plan.change_motion", row, by)


@transaction.atomic
def send(*, motion: Motion, sent_to: str, sent_on: date, due_on: date, by: User, today: date) -> Consultation:
    """Ask a board or department what it says. A last day before the first is refused."""
    check_registrar(by)
    texts = kept(sent_to=sent_to)
    check_sent(sent_on=sent_on, due_on=due_on, today=today)
    asked = Consultation.objects.create(
        motion=motion, sent_on=sent_on, due_on=due_on, entered_on=today, entered_by=by,
        is_invented=by.is_demo, **texts,
    )  # fmt: skip
    _made(asked, texts["sent_to"], action="plan.send", by=by)
    return asked


@transaction.atomic
def answer(*, consultation: Consultation, answer: str, answered_on: date, by: User, today: date) -> None:
    """What the board said, in short. An answer that stands is replaced, and the history holds both."""
    check_registrar(by)
    texts = kept(answer=answer)
    row = Consultation.objects.select_for_update().get(pk=consultation.pk)
    check_been(answered_on, today)
    if answered_on < row.sent_on:
        raise Refused(_("Svaret kan inte ha kommit före remissen. Inget är sparat."))
    history.change(row, {**texts, "answered_on": answered_on}, by=by)
    written("plan.answer", row, by)


@transaction.atomic
def decide(
    *, motion: Motion | None, title: str, body: str, board: str, registry_number: str, decided_on: date,
    wording: str, source: str, source_address: str, outcomes: Said, by: User, today: date,
) -> Decision:  # fmt: skip
    """A decision and what it said of each demand. Which board is said when a board decided."""
    check_registrar(by)
    texts = kept(
        title=title, board=board, registry_number=registry_number, wording=wording, source=source,
        source_address=source_address, may_be_empty=("board", "source_address"),
    )  # fmt: skip
    check_decision(motion, texts, body=body, decided_on=decided_on, today=today)
    made = Decision.objects.create(
        motion=motion, body=body, decided_on=decided_on, entered_on=today, entered_by=by,
        is_invented=by.is_demo, **texts,
    )  # fmt: skip
    for demand, (result, words) in outcomes.items():
        said = kept(wording=words, may_be_empty=("wording",))
        Outcome.objects.create(decision=made, demand=demand, result=result, **said)
    _made(made, made.title, action="plan.decide", by=by)
    return made


def _demands(text: str) -> list[str]:
    asked = lines_of(text)
    if not 1 <= len(asked) <= MOST_DEMANDS or any(len(one) > _LONGEST_DEMAND for one in asked):
        raise Refused(
            _(
                "Skriv en att-sats per rad: minst en, högst %(n)d, var och en högst 1 000 tecken. "
                "Inget är sparat."
            )
            % {"n": MOST_DEMANDS}
        )
    kept(demands=text)
    return asked


def check_sent(*, sent_on: date, due_on: date, today: date) -> None:
    check_been(sent_on, today)
    if due_on < sent_on:
        raise Refused(_("Sista svarsdagen ligger före dagen då remissen skickades. Inget är sparat."))


def check_decision(
    motion: Motion | None, texts: Mapping[str, str], *, body: str, decided_on: date, today: date,
    but: Decision | None = None,
) -> None:  # fmt: skip
    """`but`: the decision that is corrected, which may of course be as it is."""
    check_been(decided_on, today)
    if body == Decision.Body.BOARD and not texts["board"]:
        raise Refused(_("Skriv vilken nämnd det är. Inget är sparat; det du har skrivit står kvar."))
    if motion is not None and decided_on < motion.handed_in_on:
        raise Refused(_("Beslutet kan inte ligga före motionen. Inget är sparat."))
    same = Decision.objects.filter(
        registry_number=texts["registry_number"], decided_on=decided_on, body=body, motion=motion
    )
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise Refused(_("Det beslutet finns redan. Inget är sparat."))


def check_been(day: date, today: date) -> None:
    if day > today:
        raise Refused(_("Dagen har inte varit än. Inget är sparat. Kontrollera datumet."))


def check_registrar(by: User) -> None:
    if not by.may(Permission.PLAN_REGISTER):
        raise Refused(_("Bara registratorn för planen för in det. Inget är sparat."))


def _made(row: models.Model, name: str, *, action: str, by: User) -> None:
    history.note(row, history.MADE, "", name, by=by)
    written(action, row, by)


def written(action: str, row: models.Model, by: User) -> None:
    record(action=action, by=by.pseudonym, object=history.subject_of(row))
