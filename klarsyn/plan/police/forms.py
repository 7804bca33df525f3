"""Forms of the cooperation. What may be is said in `policy`; a text that points at a person is refused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.plan.fields import day, number
from klarsyn.plan.models import Goal, Measure, Meeting
from klarsyn.plan.nobody import check_names_nobody
from klarsyn.plan.police.kinds import kinds
from klarsyn.plan.police.policy import MOST, months, open_in


class Nobody(forms.Form):
    """A form whose texts may not point at a person: said at the field, with what was written still there."""

    free: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in self.free:
            try:
                check_names_nobody(str(given.get(name, "")))
            except Refused as refused:
                self.add_error(name, str(refused))
        return given


class AgreementForm(Nobody):
    """One agreement as it stands on paper."""

    free = (
        "title",
        "municipal_office",
        "police_area",
        "signed_for_municipality",
        "signed_for_police",
    )
    title = forms.CharField(label=_("Vad den heter"), max_length=160)
    registry_number = forms.CharField(label=_("Diarienummer"), max_length=40)
    municipal_office = forms.CharField(
        label=_("Part i kommunen"), max_length=120, help_text=_("Nämnd eller förvaltning.")
    )
    police_area = forms.CharField(
        label=_("Part hos polisen"), max_length=120, help_text=_("Till exempel lokalpolisområdet.")
    )
    signed_for_municipality = forms.CharField(
        label=_("Undertecknad för kommunen av"), max_length=120, help_text=_("Befattningen, inte namnet.")
    )
    signed_for_police = forms.CharField(
        label=_("Undertecknad för polisen av"), max_length=120, help_text=_("Befattningen, inte namnet.")
    )
    signed_on = day(_("Undertecknad"))
    valid_from = day(_("Gäller från"))
    valid_to = day(_("Gäller till och med"), required=False, help_text=_("Tomt om den gäller tills vidare."))
    forms_agreed = forms.MultipleChoiceField(
        label=_("Överenskomna arbetssätt"), required=False, widget=forms.CheckboxSelectMultiple
    )
    document = forms.URLField(
        label=_("Dokumentets adress"), max_length=300, required=False, assume_scheme="https",
        help_text=_("I kommunens diarium eller på intranätet."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["forms_agreed"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, str(one)) for one in kinds().values()]

    def given(self) -> dict[str, Any]:
        """What `actions.make_agreement` asks for."""
        days = {name: self.cleaned_data[name] for name in ("signed_on", "valid_from", "valid_to")}
        texts = {name: self.cleaned_data[name] for name in (*self.free, "registry_number", "document")}
        return {"texts": texts, "forms": self.cleaned_data["forms_agreed"], **days}


class EndForm(Nobody):
    """Why the agreement ends before its day."""

    free = ("why",)
    why = forms.CharField(label=_("Varför avslutas den?"), max_length=300)


class GoalForm(Nobody):
    """A goal with its day, and how somebody will know."""

    free = ("text", "follow_up")
    text = forms.CharField(label=_("Mål"), max_length=300)
    due_on = day(_("Till när"))
    follow_up = forms.CharField(
        label=_("Så följs det upp"), max_length=300, help_text=_("Vad ni tittar på, och vem som gör det.")
    )


class FollowForm(Nobody):
    """What came of a goal."""

    free = ("why",)
    state = forms.ChoiceField(label=_("Läge"), choices=Goal.State.choices)
    due_on = day(_("Till när"))
    why = forms.CharField(label=_("Varför, och hur ni vet det"), max_length=300)


class NumbersForm(forms.Form):
    """The four numbers of a kind in a month."""

    occasions = number(_("Antal tillfällen"), most=MOST["occasions"])
    hours = number(_("Timmar sammanlagt"), most=MOST["hours"])
    staff = number(
        _("Stödpersonal sammanlagt"),
        most=MOST["staff"],
        help_text=_("Den som var med tre gånger räknas tre gånger. Bara kommunens personal."),
    )
    cards = number(_("Kontaktkort som lämnades ut"), most=MOST["cards"])

    def numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in MOST}


class JointWorkForm(NumbersForm):
    """A month and a kind, and the numbers. There is no box to write in."""

    when = forms.ChoiceField(label=_("Månad"))
    kind = forms.ChoiceField(label=_("Slag"))
    field_order = ("when", "kind", "occasions", "hours", "staff", "cards")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = months(today)
        named = [(f"{y}-{m:02}", date_format(date(y, m, 1), "F Y")) for y, m in reach]
        open_now = {one.key: one for when in reach for one in open_in(*when)}
        listed: Collection[tuple[str, str]] = [(key, str(one)) for key, one in open_now.items()]
        for name, choices in (("when", named), ("kind", listed)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    def given(self) -> dict[str, Any]:
        """What `actions.enter_joint_work` asks for."""
        when = str(self.cleaned_data["when"])
        return {
            "year": int(when[:4]), "month": int(when[5:]), "kind": self.cleaned_data["kind"],
            **self.numbers(),
        }  # fmt: skip


class CorrectForm(NumbersForm, Nobody):
    """Other numbers, and why."""

    free = ("why",)
    why = forms.CharField(label=_("Varför rättas det?"), max_length=300)
    field_order = ("occasions", "hours", "staff", "cards", "why")


class MeetingForm(Nobody):
    """A meeting's day, group, offices and notes."""

    free = ("attendees", "notes")
    held_on = day(_("Dag"))
    group = forms.ChoiceField(label=_("Grupp"), choices=Meeting.Group.choices)
    attendees = forms.CharField(
        label=_("Vilka funktioner som var med"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En på varje rad, till exempel enhetschef, socialkontoret. Inga namn."),
    )  # fmt: skip
    notes = forms.CharField(
        label=_("Anteckningar"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Aldrig om enskilda, och inget ur polisens utredningar."),
    )  # fmt: skip


class AgreedForm(Nobody):
    """What was agreed, who does it, by when, and which measure of the plan it belongs to."""

    free = ("text", "responsible")
    text = forms.CharField(label=_("Åtgärd"), max_length=300)
    responsible = forms.CharField(
        label=_("Ansvarig funktion"), max_length=120, help_text=_("Befattningen eller enheten, inte namnet.")
    )
    due_on = day(_("Till när"))
    measure = forms.ModelChoiceField(
        label=_("Hör till åtgärd i handlingsplanen"), queryset=Measure.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Measure.objects.all()


class DoneForm(forms.Form):
    """Whether it is done."""

    done = forms.BooleanField(label=_("Gjord"), required=False)
