"""The steps of a concern report: one small form each, all of them read again when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.base.writing import has_personal_number
from klarsyn.concerns.report.answers import NAMES

LINE, TEXT = 200, 8_000
DANGER: Final = (("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Jag vet inte")))
ROLES: Final = (
    ("professional", _("Jag anmäler i mitt arbete")),
    ("private", _("Jag anmäler som privatperson")),
)
TOLD: Final = (
    ("no", _("Nej")),
    ("yes", _("Ja")),
    ("not_safe", _("Nej, det kan vara farligt för barnet")),
)


def _line(label: Any, help_text: Any = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=LINE, required=False, **more)


def _text(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=TEXT, required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _one(label: Any, choices: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=required)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}))


class StepForm(forms.Form):
    """A step. A text with a personal number in it is asked about once, and kept as it was typed."""

    anyway = forms.BooleanField(label=_("Numret ska stå kvar"), required=False)

    @property
    def has_number(self) -> bool:
        return any(has_personal_number(str(self.data.get(name, ""))) for name in self._texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("anyway"):
            return cleaned
        why = _(
            "Det ser ut som ett personnummer. Det behövs inte. Ta bort det, eller kryssa i att "
            "numret ska stå kvar. Inget är borta."
        )
        for name in self._texts():
            if has_personal_number(str(cleaned.get(name, ""))):
                self.add_error(name, why)
        return cleaned

    def _texts(self) -> list[str]:
        return [name for name, field in self.fields.items() if type(field) is forms.CharField]


class NowForm(StepForm):
    """The first question, before any other."""

    danger = _one(_("Är barnet i fara just nu?"), DANGER)


class WhoForm(StepForm):
    """Who reports. At work one gives one's name; a private person need not."""

    role = _one(_("Hur anmäler du?"), ROLES)
    name = _line(_("Ditt namn"))
    workplace = _line(
        _("Din arbetsplats"), _("Till exempel skolans, förskolans, hotellets eller mottagningens namn.")
    )
    title = _line(_("Ditt yrke eller uppdrag"))
    reach = _line(_("Telefon eller e-post där du kan nås"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("role") == "professional":
            for name, why in (
                ("name", _("Skriv ditt namn. Den som anmäler i sitt arbete kan inte vara anonym.")),
                (
                    "workplace",
                    _("Skriv din arbetsplats. Den som anmäler i sitt arbete kan inte vara anonym."),
                ),
            ):
                if not str(cleaned.get(name, "")).strip() and not self.errors.get(name):
                    self.add_error(name, why)
        return cleaned


class ChildForm(StepForm):
    """What is known of the child. Nothing here is asked for with a must."""

    child_name = _line(_("Barnets namn"), _("Ett förnamn eller smeknamn räcker, om det är vad du vet."))
    child_age = _line(_("Ålder, ungefär"))
    child_where = _line(
        _("Var barnet finns"), _("Skola, adress, område eller en plats där barnet brukar vara.")
    )
    family = _text(_("Föräldrar, syskon eller andra vuxna omkring barnet"), rows=3)
    language = _line(_("Språk, och om tolk behövs"))


class SeenForm(StepForm):
    """What was seen or heard, and when. The one thing that must be said."""

    seen = _text(
        _("Vad har du sett eller hört?"),
        _("Skriv vad du själv har sett och hört. Har någon berättat det för dig: skriv vem och vad de sade."),
        rows=7,
        required=True,
    )
    when_from = _day(_("Vilken dag, eller från och med"))
    when_to = _day(_("Till och med"))
    when_words = _line(_("När, med egna ord"), _("Till exempel: varje fredag sedan i våras."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("when_from"), cleaned.get("when_to")
        if first and last and last < first:
            self.add_error("when_to", _("Den sista dagen kommer före den första. Byt plats på dem."))
        return cleaned


class OthersForm(StepForm):
    """Who else knows, and whether an answer is wanted."""

    others = _text(_("Vilka fler känner till det, och vad har redan gjorts?"), rows=3)
    told = _one(_("Vet barnets föräldrar att du anmäler?"), TOLD, required=False)
    feedback = forms.BooleanField(
        label=_("Jag vill få veta om en utredning inleds"),
        help_text=_(
            "Gäller bara den som anmäler i sitt arbete. Svaret kommer inom en vecka och visas med koden."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.data.get("role") if self.is_bound else self.initial.get("role")
        if role != "professional":
            del self.fields["feedback"]  # nobody else may be told


STEPS: Final[Mapping[str, type[StepForm]]] = {
    "now": NowForm,
    "who": WhoForm,
    "child": ChildForm,
    "seen": SeenForm,
    "others": OthersForm,
}


def unfinished(given: Mapping[str, str]) -> tuple[str, StepForm] | None:
    """The first step that is not answered as it must be, with its errors; None when it can be sent."""
    for step, kind in STEPS.items():
        form = kind(given)
        if not form.is_valid():
            return step, form
    return None


assert {name for kind in STEPS.values() for name in kind.base_fields} == set(
    NAMES
)  # each answer has its question
