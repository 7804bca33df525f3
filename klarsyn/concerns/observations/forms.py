"""Three choices and, where somebody works in several units, a fourth. There is no box to write in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from klarsyn.concerns.events.policy import weeks_between, weeks_of
from klarsyn.concerns.events.queries import in_months
from klarsyn.concerns.models import Event
from klarsyn.concerns.observations.policy import months
from klarsyn.concerns.observations.signs import catalogue, open_on

EVENT, OTHER = "event", "other"


def _cards(label: object, hint: object = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, help_text=hint, widget=forms.RadioSelect)  # type: ignore[arg-type]


class SignForm(forms.Form):
    """The sign, the place and the month, of those that may be chosen today."""

    unit = _cards(_("Enhet"))
    sign = _cards(
        _("Vilket tecken?"),
        _("Välj det som vägde tyngst. Ett tecken bevisar ingenting, och att det saknas gör det inte heller."),
    )
    place = _cards(_("Vilket slags plats?"), _("Aldrig vilken plats, bara vilket slag."))
    when = _cards(_("När?"), _("Månaden är nog. Står det ett evenemang i kalendern väljer du den veckan."))

    def __init__(self, units: Collection[str], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = catalogue()
        self._choose("sign", [(one.key, str(one)) for one in open_on(known.signs, today)])
        self._choose("place", [(one.key, str(one)) for one in open_on(known.places, today)])
        self._choose("when", _whens(today))
        self._choose("unit", [(unit, unit) for unit in sorted(units)])
        if len(units) == 1:
            del self.fields["unit"]
            self._only = next(iter(units))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self) -> dict[str, Any]:
        """What `actions.log_sign` asks for."""
        month, _space, kind = self.cleaned_data["when"].partition(" ")
        return {
            "unit": self.cleaned_data.get("unit") or self._only,
            "sign": self.cleaned_data["sign"],
            "place": self.cleaned_data["place"],
            "year": int(month[:4]),
            "month": int(month[5:]),
            "during_event": kind == EVENT,
        }


def _whens(today: date) -> list[tuple[str, str]]:
    """Each month by itself, and before it the weeks of its events."""
    found = []
    for when, events in in_months(months(today)).items():
        key, name = f"{when[0]}-{when[1]:02}", date_format(date(*when, 1), "F Y")
        if events:
            told = " · ".join(_event(one, when) for one in events)
            found += [
                (
                    f"{key} {EVENT}",
                    now("%(month)s, i en vecka med %(events)s") % {"month": name, "events": told},
                ),
                (f"{key} {OTHER}", now("%(month)s, en annan vecka") % {"month": name}),
            ]
        else:
            found.append((f"{key} {OTHER}", name))
    return found


def _event(event: Event, when: tuple[int, int]) -> str:
    """Its name, and the numbers of its weeks that belong to the month."""
    weeks = weeks_of([when]).intersection(weeks_between(event.first_day, event.last_day))
    numbers = sorted(week.isocalendar().week for week in weeks)
    return now("%(event)s (vecka %(weeks)s)") % {
        "event": event.name, "weeks": ", ".join(str(n) for n in numbers),
    }  # fmt: skip
