"""What is typed of a measure: what is done, and which released figure it is followed by."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.fields import day, why, words
from klarsyn.plan.indicators import choosing
from klarsyn.plan.models import Demand, Measure
from klarsyn.plan.motions import queries

MOST_COST: Final = 99_999_999_999
_NOBODY: Final = _("Inga namn på enskilda, inga nummer, ingen e-post.")


class MeasureForm(forms.Form):
    """`invented`: the measure is the demonstration's, and is followed by invented figures alone."""

    title = forms.CharField(label=_("Åtgärdens namn"), max_length=200)
    what = words(_("Vad som görs"), 5000, help_text=_NOBODY)
    # Chosen by text, since a number too large for the database would reach it through a list of rows.
    demands = forms.MultipleChoiceField(
        label=_("Svarar på att-satserna"), required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible_unit = forms.CharField(label=_("Ansvarig enhet"), max_length=80)
    starts_on = day(_("Börjar"))
    due_on = day(_("Klar senast"))
    weight = forms.DecimalField(
        label=_("Vikt i planen"), min_value=0, max_digits=12, decimal_places=3, initial=1,
        help_text=_("Mot planens andra åtgärder. Vikterna räknas alltid om så att de blir hundra procent."),
    )  # fmt: skip
    cost = forms.IntegerField(
        label=_("Kostnad i kronor"), required=False, min_value=0, max_value=MOST_COST,
        help_text=_("Tomt om ingen har sagt det. Noll betyder inom ram."),
    )  # fmt: skip
    funding = forms.CharField(label=_("Varifrån pengarna kommer"), max_length=200, required=False)
    funding_ends_on = day(_("Pengarna räcker till"), required=False)
    indicator = forms.ChoiceField(
        label=_("Indikator"), required=False,
        help_text=_("Tomt om åtgärden bara följs upp i ord. Värdet hämtas ur publicerade kartläggningar."),
        error_messages={"invalid_choice": _("Den siffran finns inte. Välj en ur listan.")},
    )  # fmt: skip
    indicator_cell = forms.ChoiceField(
        label=_("Vilken del av den"), required=False,
        error_messages={"invalid_choice": _("Den delen hör inte till siffran som är vald. Välj igen.")},
    )  # fmt: skip
    baseline_year = forms.IntegerField(
        label=_("Utgångsår"), required=False, min_value=1990, max_value=2100,
        help_text=_("Året som målet jämförs med. Talet för det läses ur den publicerade siffran."),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Riktning"), required=False, choices=[("", "–"), *Measure.Direction.choices]
    )
    target = forms.DecimalField(
        label=_("Målvärde"), required=False, max_digits=14, decimal_places=3,
        help_text=_("I siffrans enhet. Ska den öka: minst så mycket. Ska den minska: högst så mycket."),
    )  # fmt: skip
    target_year = forms.IntegerField(label=_("Målår"), required=False, min_value=1990, max_value=2100)

    def __init__(self, *args: Any, invented: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invented = invented
        self.rows = {str(one.pk): one for one in Demand.objects.select_related("motion")}
        self._offer("demands", [(pk, f"{one.motion}: {one}") for pk, one in self.rows.items()])
        self._offer_figures()
        known = queries.units()
        if known:
            names = ", ".join(known)
            self.fields["responsible_unit"].help_text = _("Någon följer upp i: %(units)s.") % {"units": names}

    @property
    def asked(self) -> choosing.Asked:
        """The indicator and the part of it that stand in the form now."""
        return self._now("indicator"), self._now("indicator_cell")

    @property
    def chosen(self) -> choosing.Offered | None:
        """What the page says of the figure that is chosen."""
        return choosing.offered(*self.asked, invented=self.invented)

    def clean_demands(self) -> list[Demand]:
        return [self.rows[pk] for pk in self.cleaned_data["demands"]]

    def _offer_figures(self) -> None:
        key, cell = self.asked
        groups: list[Any] = [("", _("ingen siffra")), *choosing.indicator_choices(invented=self.invented)]
        cells = choosing.cell_choices(key, invented=self.invented)
        held = str(self.initial.get("indicator") or ""), str(self.initial.get("indicator_cell") or "")
        if held[0] and held[0] not in {one for _name, group in groups[1:] for one, _title in group}:
            groups.append((held[0], _("%(key)s (finns inte kvar i kartläggningen)") % {"key": held[0]}))
        if held[1] and held == (key, cell) and cell not in dict(cells):
            cells.append((cell, _("%(cell)s (visas inte för sig längre)") % {"cell": cell}))
        self._offer("indicator", groups)
        self._offer("indicator_cell", cells)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _now(self, name: str) -> str:
        return str((self.data if self.is_bound else self.initial).get(name) or "")


class ChangeMeasureForm(MeasureForm):
    why = why()
