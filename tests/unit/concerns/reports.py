"""A team that receives concern reports, and a report for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from klarsyn.base import rows
from klarsyn.base.codes import Code
from klarsyn.concerns.models import ConcernReport
from klarsyn.concerns.report import codes, sending
from klarsyn.concerns.report.answers import Answers
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import RoleHeld, Team, User
from tests.unit.people.keys.conftest import someone

TEACHER: Final = Answers(
    danger="no", role="professional", name="Tove Lärare", workplace="Påhittade skolan", title="lärare",
    reach="036-10 00 00", child_name="Kim", child_age="14", child_where="klass 8 B", seen="Kim har nya saker och är rädd.",
    when_from="2026-11-02", when_to="2026-11-20", others="Kuratorn vet.", told="not_safe", feedback="on",
)  # fmt: skip
NEIGHBOUR: Final = Answers(danger="no", role="private", seen="Många främmande män hos ett barn på kvällarna.")


@dataclass
class Receiving:
    """Olga receives reports; Pia shares her key; Alva is Mika's and has no part in it."""

    team: Team
    olga: User
    hers: Unlocked
    pia: User
    pias: Unlocked
    alva: User
    alvas: Unlocked


def receiving() -> Receiving:
    (olga, hers), (pia, pias), (alva, alvas) = someone("olga"), someone("pia"), someone("alva")
    team = teams.create_team(kind=Team.Kind.CHILDREN, name="Barn och unga", founder=olga, keys=hers)
    mika = teams.create_team(kind=Team.Kind.MIKA, name="Mika", founder=alva, keys=alvas)
    for user in (olga, pia):
        RoleHeld.objects.create(user=user, role="concern_officer", team=team)
    RoleHeld.objects.create(user=alva, role="mika_counsellor", team=mika)
    teams.add_member(team=team, member=pia, by=olga, keys=hers)
    found = [User.objects.get(pk=user.pk) for user in (olga, pia, alva)]
    return Receiving(team, found[0], hers, found[1], pias, found[2], alvas)


def sent(answers: Answers = TEACHER, **changed: str) -> tuple[ConcernReport, Code]:
    """A report that was sent, and its code."""
    code = codes.new()
    sending.send(code, replace(answers, **changed))
    with rows.of_code(codes.tags(code)):
        return ConcernReport.objects.get(tag__in=codes.tags(code)), code
