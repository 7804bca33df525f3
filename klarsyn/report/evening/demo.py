"""The demonstration's questions of the evening, invented: one for each way a question may have come."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.report.evening import actions
from klarsyn.report.models import Edition, EveningQuestion
from klarsyn.report.policy import State, Verdict

# Question, as whom, answer; how far each has come is said by its place.
_ANSWERED: Final = (
    "Kan man säga att det har ökat sedan förra året?",
    "Ledamot i fullmäktige (påhittad)",
    "Bara där hela intervallet ligger på samma sida om förra årets tal. Där intervallen går i varandra kan "
    "skillnaden vara slump, och då säger sidan det. Med fler år går det att säga mer.",
)
_PROMISED: Final = ("Hur många av anmälningarna leder till åtal?", "Ersättare i socialnämnden (påhittad)")
_CHECKING: Final = (
    "Varför visas inte alla tal för mottagningarna?",
    "",
    "Ett tal som är så litet att någon kunde kännas igen visas aldrig, och inte heller det som skulle göra "
    "att det gick att räkna fram.",
)
_NOTED: Final = ("Vad kostar mottagningarna per år?", "Ledamot i fullmäktige (påhittad)")


@transaction.atomic
def ensure_demo_questions() -> int:
    """How many were noted: none when some stand, or before the example is released. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade frågor finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    edition = Edition.objects.filter(is_invented=True, state=State.RELEASED).first()
    if edition is None or EveningQuestion.objects.filter(edition=edition).exists():
        return 0
    disa, cilla = (User.objects.get(username=name, is_demo=True) for name in ("disa", "cilla"))
    for text, asked_as, *answers in (_ANSWERED, _PROMISED, _CHECKING):
        asked = actions.note(edition=edition, text=text, asked_as=asked_as, by=disa)
        actions.show(question=asked, by=cilla)
        for answer in answers:
            actions.answer(question=asked, text=answer, by=disa)
    first = EveningQuestion.objects.get(edition=edition, text=_ANSWERED[0])
    actions.check(question=first, verdict=Verdict.APPROVE, comment="", by=cilla)
    actions.note(edition=edition, text=_NOTED[0], asked_as=_NOTED[1], by=disa)
    return EveningQuestion.objects.filter(edition=edition).count()
