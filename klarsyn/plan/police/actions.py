"""Enter an agreement and its goals, follow them up, enter and correct joint work. Each leaves a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.writing import has_personal_number
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.history import change, subject_of
from klarsyn.plan.models import Agreement, Goal, JointWork
from klarsyn.plan.nobody import check_names_nobody, clean
from klarsyn.plan.police import policy
from klarsyn.plan.police.kinds import kinds


@transaction.atomic
def make_agreement(
    *, texts: Mapping[str, str], signed_on: date, valid_from: date, valid_to: date | None,
    forms: Collection[str], by: User, today: date, is_invented: bool = False,
) -> Agreement:  # fmt: skip
    """One agreement as it was signed. `texts`: title, registry number, offices and the document's address."""
    check_writes(by)
    policy.check_agreement(signed_on=signed_on, valid_from=valid_from, valid_to=valid_to, today=today)
    words = {name: clean(text) for name, text in texts.items()}
    number = words["registry_number"]
    check_names_nobody(*(text for name, text in words.items() if name not in ("registry_number", "document")))
    if has_personal_number(number):
        raise Refused(_("Det ser ut som ett personnummer. Skriv diarienumret. Inget är sparat."))
    if not set(forms) <= kinds().keys():
        raise Refused(_("Välj ett slag i listan. Inget är sparat."))
    if Agreement.objects.filter(registry_number__iexact=number, ended_on=None).exists():
        raise Refused(_("Det finns redan en överenskommelse med det diarienumret. Inget är sparat."))
    made = Agreement.objects.create(
        **words, signed_on=signed_on, valid_from=valid_from, valid_to=valid_to, forms=sorted(forms),
        is_invented=is_invented,
    )  # fmt: skip
    record(action="cooperation.agree", by=by.pseudonym, object=subject_of(made))
    return made


@transaction.atomic
def end_agreement(*, agreement: Agreement, why: str, by: User, today: date) -> None:
    """It holds no longer from today. Refused without a reason, and for one that does not hold."""
    check_writes(by)
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    why = _reason(why)
    if row.ended_on is not None or (row.valid_to is not None and row.valid_to < today):
        raise Refused(_("Överenskommelsen gäller inte längre. Inget är ändrat."))
    change(row, {"ended_on": today}, by=by, why=why)
    record(action="cooperation.end", by=by.pseudonym, object=subject_of(row))


@transaction.atomic
def add_goal(*, agreement: Agreement, text: str, due_on: date, follow_up: str, by: User, today: date) -> Goal:
    """One goal of an agreement that holds or is to come."""
    check_writes(by)
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if row.ended_on is not None or (row.valid_to is not None and row.valid_to < today):
        raise Refused(_("Överenskommelsen gäller inte längre, och får inga nya mål. Inget är sparat."))
    text, follow_up = clean(text), clean(follow_up)
    check_names_nobody(text, follow_up)
    made = Goal.objects.create(agreement=row, text=text, due_on=due_on, follow_up=follow_up)
    record(action="cooperation.goal", by=by.pseudonym, object=subject_of(made))
    return made


@transaction.atomic
def follow_goal(*, goal: Goal, state: str, due_on: date, why: str, by: User) -> None:
    """What came of the goal, or another day for it; with the reason, since both are read afterwards."""
    check_writes(by)
    row = Goal.objects.select_for_update().get(pk=goal.pk)
    why = _reason(why)
    if (state, due_on) == (row.state, row.due_on):
        raise Refused(_("Inget är annorlunda än förut. Inget är ändrat."))
    if state != row.state and state not in policy.GOAL_MOVES[Goal.State(row.state)]:
        raise Refused(_("Välj i listan. Inget är ändrat."))
    change(row, {"state": state, "due_on": due_on}, by=by, why=why)
    record(action="cooperation.follow", by=by.pseudonym, object=subject_of(row))


@transaction.atomic
def enter_joint_work(
    *, year: int, month: int, kind: str, occasions: int, hours: int, staff: int, cards: int, by: User,
    today: date,
) -> JointWork:  # fmt: skip
    """One kind in one month, once. Refused when it stands already: then it is corrected, with a reason."""
    check_writes(by)
    policy.check_month(year=year, month=month, kind=kind, today=today)
    policy.check_numbers(occasions=occasions, hours=hours, staff=staff, cards=cards, least=1)
    try:
        with transaction.atomic():
            made = JointWork.objects.create(
                year=year, month=month, kind=kind, occasions=occasions, hours=hours, staff=staff, cards=cards
            )
    except IntegrityError:
        raise Refused(
            _("Månaden har redan ett tal för det slaget. Rätta det i listan. Inget är sparat.")
        ) from None
    record(action="cooperation.count", by=by.pseudonym, object=subject_of(made))
    return made


@transaction.atomic
def correct_joint_work(
    *, work: JointWork, occasions: int, hours: int, staff: int, cards: int, why: str, by: User, today: date
) -> None:
    """Other numbers for the month; zero in all takes it out of the count. What stood before is kept."""
    check_writes(by)
    row = JointWork.objects.select_for_update().get(pk=work.pk)
    why = _reason(why)
    if (row.year, row.month) not in policy.months(today):
        raise Refused(_("Månaden är stängd och kan inte rättas. Inget är ändrat."))
    policy.check_numbers(occasions=occasions, hours=hours, staff=staff, cards=cards, least=0)
    new = {"occasions": occasions, "hours": hours, "staff": staff, "cards": cards}
    if not change(row, new, by=by, why=why):
        raise Refused(_("Inget är annorlunda än förut. Inget är ändrat."))
    record(action="cooperation.correct", by=by.pseudonym, object=subject_of(row))


def check_writes(by: User) -> None:
    """Raises Refused for anybody but those who keep the cooperation."""
    if not by.may(Permission.COOPERATION_WRITE):
        raise Refused(_("Bara den som samordnar arbetet med polisen ändrar här. Inget är ändrat."))


def _reason(why: str) -> str:
    text = clean(why)
    if not text:
        raise Refused(_("Skriv varför. Inget är ändrat."))
    check_names_nobody(text)
    return text
