"""What is known of each stage of a year, in words: what there is, what is missing now. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klarsyn.base.released import EditionStage, StageCode
from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel.facts import Facts
from klarsyn.plan.wheel.policy import BY_A_PERSON, Found

DECISION_YEAR: Final = timedelta(days=365)  # a decision later than this belongs to the next year's wheel


def find(stage: Stage, facts: Facts, today: date) -> Found:
    """A person's word counts where the system sees nothing by itself."""
    said = facts.said.get(stage)
    if stage in BY_A_PERSON and said is not None and said.on is not None:
        told = ": ".join((date_format(said.on), said.words)) + (
            f" ({said.document})" if said.document else ""
        )
        return Found(is_done=True, done_on=said.on, has_begun=True, told=(told,))
    return FINDERS[stage](facts, today)


def _collect(facts: Facts, today: date) -> Found:
    made = facts.has_reached(StageCode.FROZEN)
    words = {"year": facts.mapping_year}
    if made:
        on = made.stage(StageCode.FROZEN).on
        return Found(True, on, True, (_("Talen för %(year)d är hämtade och räknade.") % words,))
    if facts.uncounted is None:
        return Found(unknown=_("Systemet kan inte se vilka delar som har räknats."))
    missing = tuple(_("Inga antal än: %(title)s") % {"title": title} for title in facts.uncounted)
    frozen = _("Kartläggningen för %(year)d är inte byggd.") % words
    return Found(missing=(frozen, *missing))


def _write(facts: Facts, today: date) -> Found:
    made = facts.has_reached(StageCode.SUBMITTED)
    if made and not (made.is_sent_back and not facts.has_reached(StageCode.RELEASED)):
        return Found(
            True, made.stage(StageCode.SUBMITTED).on, True, (_edition(made, _("är lämnad till kontroll")),)
        )
    if made:
        return Found(has_begun=True, missing=(_edition(made, _("är återsänd och väntar på författaren")),))
    draft = facts.has_reached(StageCode.DRAFT)
    if draft:
        return Found(
            has_begun=True, missing=(_edition(draft, _("är ett utkast och inte lämnad till kontroll")),)
        )
    return Found(missing=(_("Inget utkast är påbörjat."),))


def _check(facts: Facts, today: date) -> Found:
    made = facts.has_reached(StageCode.CHECKED)
    if made:
        return Found(True, made.stage(StageCode.CHECKED).on, True, (_edition(made, _("är godkänd av två")),))
    handed = facts.has_reached(StageCode.SUBMITTED)
    if handed:
        missing = _("är återsänd") if handed.is_sent_back else _("är inte godkänd av två än")
        return Found(has_begun=True, missing=(_edition(handed, missing),))
    return Found(missing=(_("Inget är lämnat till kontroll."),))


def _release(facts: Facts, today: date) -> Found:
    made = facts.has_reached(StageCode.RELEASED)
    if made is None:
        begun = facts.has_reached(StageCode.CHECKED) is not None
        return Found(has_begun=begun, missing=(_("Ingen utgåva är publicerad."),))
    told = [_edition(made, _("är publicerad"))]
    later = [e for e in facts.editions if e.edition > made.edition and e.stage(StageCode.RELEASED).is_reached]
    told += [_edition(e, _("är en rättelse och publicerad")) for e in later]
    if facts.in_the_making:
        told.append(_edition(facts.in_the_making, _("är en rättelse som är under arbete")))
    return Found(True, made.stage(StageCode.RELEASED).on, True, tuple(told))


def _present(facts: Facts, today: date) -> Found:
    evening = facts.evening
    if evening is None:
        return Found(unknown=_("Kvällen i fullmäktige har ingen dag."))
    if evening.on is None:
        return Found(falls_away=_no_evening(facts))
    missing = [] if facts.has_reached(StageCode.RELEASED) else [_("Ingen utgåva är publicerad.")]
    day = {"day": date_format(evening.on)}
    if today > evening.on:
        unknown = _("Kvällen skulle vara %(day)s. Ingen har antecknat om den hölls.") % day
        return Found(missing=tuple(missing), unknown=unknown)
    return Found(missing=tuple(missing), told=(_("Kvällen är %(day)s.") % day,))


def _decide(facts: Facts, today: date) -> Found:
    if facts.evening is not None and facts.evening.on is None:
        return Found(falls_away=_no_evening(facts))
    presented = _presented(facts)
    if presented is None:
        return Found(missing=(_("Rapporten är inte presenterad."),))
    made = _decisions(facts, presented)
    if made:
        told = tuple(
            _("Fullmäktige beslutade %(day)s (%(number)s).") % {"day": date_format(on), "number": number}
            for on, number in made
        )
        return Found(True, made[0][0], True, told)
    return Found(missing=(_("Inget beslut av fullmäktige efter kvällen är infört."),))


def _follow_up(facts: Facts, today: date) -> Found:
    since = _decided(facts)
    if since is None:
        return Found(missing=(_("Inget är beslutat att följa upp."),))
    if not facts.measures:
        return Found(unknown=_("Planen har inga åtgärder som pågår eller är genomförda."))
    left = [m.title for m in facts.measures if m.reviewed_on is None or m.reviewed_on < since]
    done = [m.reviewed_on for m in facts.measures if m.reviewed_on and m.reviewed_on >= since]
    told = (
        _("%(n)d av %(all)d åtgärder är uppföljda sedan %(day)s.")
        % {"n": len(done), "all": len(facts.measures), "day": date_format(since)},
    )
    if not left:
        return Found(True, max(done), True, told)
    missing = tuple(_("Inte uppföljd: %(title)s") % {"title": title} for title in left)
    return Found(has_begun=bool(done), told=told if done else (), missing=missing)


FINDERS: Final[Mapping[Stage, Callable[[Facts, date], Found]]] = {
    Stage.COLLECT: _collect,
    Stage.WRITE: _write,
    Stage.CHECK: _check,
    Stage.RELEASE: _release,
    Stage.PRESENT: _present,
    Stage.DECIDE: _decide,
    Stage.FOLLOW_UP: _follow_up,
}


def _edition(made: EditionStage, words: str) -> str:
    return _("Utgåva %(n)d %(words)s.") % {"n": made.edition, "words": words}


def _no_evening(facts: Facts) -> str:
    assert facts.evening is not None
    return _("Ingen kväll i fullmäktige %(year)d: %(why)s") % {"year": facts.year, "why": facts.evening.why}


def _presented(facts: Facts) -> date | None:
    """The day a person says that the evening was held."""
    said = facts.said.get(Stage.PRESENT)
    return said.on if said else None


def _decisions(facts: Facts, since: date) -> list[tuple[date, str]]:
    found = [(d.on, d.registry_number) for d in facts.decisions if since <= d.on < since + DECISION_YEAR]
    return sorted(found)


def _decided(facts: Facts) -> date | None:
    """From when reviews count: the decision after the evening; in a year without one, the year itself."""
    if facts.evening is not None and facts.evening.on is None:
        return date(facts.year, 1, 1)
    said = facts.said.get(Stage.DECIDE)
    if said is not None and said.on is not None:
        return said.on
    presented = _presented(facts)
    made = _decisions(facts, presented) if presented else []
    return made[0][0] if made else None
