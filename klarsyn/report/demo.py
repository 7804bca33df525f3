"""The demonstration's editions: made the way real ones are, by invented staff, through the same actions."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.translation import gettext

from klarsyn.base.errors import Refused
from klarsyn.base.progress import Progress, silent
from klarsyn.mapping.actions import build
from klarsyn.people.demo import ensure_demo_cast
from klarsyn.people.models import User
from klarsyn.report import actions, queries, render
from klarsyn.report.models import Edition
from klarsyn.report.policy import State, Verdict

# The year whose press counts are bundled, and the last year of the invented example.
REAL_YEAR: Final = 2019
INVENTED_YEAR: Final = 2024


def ensure_demo_edition(*, progress: Progress = silent, example: bool = True) -> tuple[Edition, ...]:
    """Kartläggningen 2019 and the invented `example`, released. Safe to repeat: what is released stays."""
    if not settings.DEMO:
        raise Refused(
            gettext("Demonstrationens utgåvor finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat.")
        )
    cast = {user.username: user for user in ensure_demo_cast()}
    return tuple(
        _released(year, invented, cast, progress)
        for year, invented in ((REAL_YEAR, False), (INVENTED_YEAR, True))
        if example or not invented
    )


def _released(year: int, invented: bool, cast: dict[str, User], progress: Progress) -> Edition:
    """The first edition of the year, taken as many steps on as it still lacks."""
    home, disa, greta = settings.MUNICIPALITY, cast["disa"], cast["greta"]
    edition = Edition.objects.filter(municipality=home, year=year, is_invented=invented, number=1).first()
    if edition is None:
        build(municipality=home, year=year, by=disa.name, invented=invented, progress=progress)
        edition = actions.draft(municipality=home, year=year, by=disa, invented=invented)
    if edition.status is State.DRAFT and edition.author_id == disa.pk:
        edition = actions.submit(edition=edition, by=disa)
    if edition.status is State.IN_CHECK and edition.author_id == disa.pk:
        voted = {vote.checker_id for vote in queries.votes(edition)}
        for checker in (greta, cast["cilla"]):
            if checker.pk not in voted:
                actions.vote(edition=edition, by=checker, verdict=Verdict.APPROVE)
        progress("skriver ut utgåvan", 0, 1)
        edition = actions.release(edition=edition, by=greta)
        progress("skriver ut utgåvan", 1, 1)
    elif edition.released_at:
        render.repair(edition)
    return edition
