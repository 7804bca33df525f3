"""The demonstration's invented concern reports: nobody wrote them, and each says so."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.errors import Refused
from klarsyn.concerns.models import ConcernReport
from klarsyn.concerns.models.concern_report import Outcome
from klarsyn.concerns.report import codes, handing, inbox, sending
from klarsyn.concerns.report.answers import Answers
from klarsyn.people.demo import CHILDREN, demo_keys
from klarsyn.people.models import Team, User

REPORTS: Final = (
    Answers(
        danger="no", role="professional", name="Påhittad Lärare", workplace="Påhittade skolan",
        title="lärare", reach="031-390 06 30", child_name="Påhittat barn", child_age="14",
        child_where="årskurs 8", when_words="sedan i oktober", others="Påhittat: kuratorn vet.",
        told="not_safe", feedback="on",
        seen="Påhittat: eleven har dyra saker som ingen kan förklara, hämtas av en vuxen i bil och har "
        "slutat prata om sin fritid.",
    ),
    Answers(
        danger="unknown", role="private", when_words="flera kvällar i veckan",
        seen="Påhittat: en mycket ung person släpper in nya vuxna besökare i lägenheten bredvid, sent på "
        "kvällarna.",
    ),
)  # fmt: skip


def ensure_demo_reports() -> int:
    """Two reports that wait, and one that was assessed and handed over; how many. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(
            _("Påhittade anmälningar finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat.")
        )
    team = Team.objects.filter(name=CHILDREN).first()
    olga = User.objects.filter(username="olga", is_demo=True).first()
    if team is None or olga is None or _has_reports(team):
        return 0
    for answers in (REPORTS[0], *REPORTS):
        sending.send(codes.new(), answers)
    keys = demo_keys(olga)
    with rows.of_teams([team.pk]):
        first = ConcernReport.objects.filter(team=team, is_professional=True).order_by("id").first()
    assert first
    inbox.assess(
        olga, keys, first.id, outcome=Outcome.NO_NEED, words="Påhittat: skolan träffar eleven i dag."
    )
    inbox.decide(olga, keys, first.id, outcome=Outcome.INQUIRY, words="Påhittat: behov av utredning.")
    handing.hand_over(olga, keys, first.id)
    return len(REPORTS) + 1


def _has_reports(team: Team) -> bool:
    with rows.of_teams([team.pk]):
        return ConcernReport.objects.filter(team=team).exists()
