"""What was weighed, as it is shown at the end and as the ledger keeps it: words, as they stood that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from klarsyn.cases.deciding.walk import Walk, Way, Weighed, weigh
from klarsyn.cases.grounds import Ground


@dataclass(frozen=True, slots=True)
class Cited:
    """A section with what is to be said of it on a day."""

    ground: Ground
    day: date

    @property
    def notes(self) -> list[str]:
        """Whether it was law that day and in this wording, what is doubtful, who has confirmed it."""
        ground, found = self.ground, []
        if not ground.holds_on(self.day):
            found.append(_("Gällde inte den %(day)s.") % {"day": self.day.isoformat()})
        elif not ground.reads_so_on(self.day):
            found.append(_("Hade en annan lydelse den %(day)s.") % {"day": self.day.isoformat()})
        if ground.doubt:
            found.append(str(ground.doubt))
        if ground.is_confirmed:
            found.append(_("Bekräftad av %(who)s.") % {"who": ground.confirmed_by})
        else:
            found.append(_("Ingen jurist har bekräftat lydelsen."))
        return found

    @property
    def validity(self) -> str:
        first, last = self.ground.valid_from.isoformat(), self.ground.valid_to
        if last is None:
            return _("gäller från %(first)s") % {"first": first}
        return _("gällde %(first)s till %(last)s") % {"first": first, "last": last.isoformat()}

    @property
    def is_law(self) -> bool:
        return self.ground.holds_on(self.day)


def cite(walk: Walk, keys: tuple[str, ...], day: date) -> list[Cited]:
    """The sections in that order; those that are law that day first."""
    found = [Cited(walk.sections[key], day) for key in keys]
    return sorted(found, key=lambda one: not one.is_law)


def sides(weighed: Weighed) -> list[tuple[str, tuple[object, ...]]]:
    """What is to be weighed, under its headings; an empty side says so too."""
    return [
        (_("Talar för"), weighed.speaks_for),
        (_("Talar emot"), weighed.speaks_against),
        (_("Kontrollera med en jurist"), weighed.lawyer),
        (_("Kan inte besvaras här"), weighed.unknown),
    ]


def as_text(walk: Walk, way: Way, day: date) -> str:
    """The memo for the ledger: day, answers, sections and both sides, in plain lines."""
    return "\n".join(_lines(walk, way, day))


def _lines(walk: Walk, way: Way, day: date) -> Iterator[str]:
    weighed = weigh(walk, way)
    yield _("Prövat enligt det som gällde %(day)s.") % {"day": day.isoformat()}
    yield _("Underlaget granskades %(day)s.") % {"day": walk.reviewed.isoformat()}
    for step in way.steps:
        yield f"{step.question.text} {step.answer.text}."
    for one in cite(walk, weighed.sections, day):
        yield f"{one.ground.section} ({one.validity}): {one.ground.text} {' '.join(one.notes)}"
    for heading, texts in sides(weighed):
        yield f"{heading}: {' '.join(str(text) for text in texts) or _('inget i underlaget')}"
