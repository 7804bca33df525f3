"""Three choices and, where somebody works in several units, a fourth. There is no box to write in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.base import event_weeks
from klarsyn.concerns.observations.policy import months
from klarsyn.concerns.observations.signs import catalogue, open_on


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
        self._choose("when", event_weeks.choices(months(today)))
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
        year, month, during_event = event_weeks.chosen(self.cleaned_data["when"])
        return {
            "unit": self.cleaned_data.get("unit") or self._only,
            "sign": self.cleaned_data["sign"],
            "place": self.cleaned_data["place"],
            "year": year,
            "month": month,
            "during_event": during_event,
        }
