"""A form of the registry as a page shows it: its fields, the day it happened, and what is not asked here."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from klarsyn.cases.entries import Entry, Kind, asked
from klarsyn.cases.fields import Field, Holds
from klarsyn.cases.models import Compartment
from klarsyn.cases.namelessness import has_number_of_somebody

AUTOSAVE: Final = "autosave"  # what is saved while one writes: nothing is asked then
# What a page posts besides the form's own fields.
BESIDES: Final = frozenset({"csrfmiddlewaretoken", "event_day", "revision", "record", "act", "digits_stay"})
STAY: Final = "digits_stay"  # the warning was read, and the digits belong there
_EMPTY: Final = ("", "–")


class EntryForm(forms.Form):
    """The fields of a form, empty or with what an entry holds.

    Whatever is posted besides is refused by name. `is_masked`: a field that tells who somebody is is not
    shown and what is posted for it is not heard; the door keeps what stood there.
    """

    event_day = forms.DateField(
        label=_("När hände det?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, kind: Kind, data: Any = None, *, today: date, entry: Entry | None = None,
        is_nameless: bool = False, is_masked: bool = False, besides: frozenset[str] = BESIDES,
    ) -> None:  # fmt: skip
        held = dict(entry.data) if entry else {}
        first = {"event_day": entry.event_day if entry else today, **held}
        super().__init__(data, initial=first)
        self._besides, self._warns = besides, not is_nameless and kind.compartment == Compartment.NOTES
        fields = asked(kind, is_nameless=is_nameless)
        self.masked = tuple(f for f in fields if is_masked and f.is_identity)
        self._asked = tuple(f for f in fields if f not in self.masked)
        for one in self._asked:
            self.fields[one.name] = control(one)
        if data and STAY in data and self._warns:
            self.fields[STAY] = _stay()

    def clean(self) -> dict[str, Any]:
        known = self._besides | set(self.fields) | {f.name for f in self.masked}
        unknown = sorted(set(self.data) - known)
        if unknown:
            text = now("Formuläret har inget fält som heter %(name)s. Inget är sparat.")
            raise forms.ValidationError(text % {"name": unknown[0][:40]})
        if self._warns and STAY not in self.data and self.data.get("act") != AUTOSAVE and self._has_digits():
            raise _digits(self)
        return self.cleaned_data

    def _has_digits(self) -> bool:
        """In what is written freely: a field that asks for a number is asked on purpose."""
        free = [f.name for f in self._asked if f.holds in (Holds.TEXT, Holds.LINE) and not f.is_identity]
        return any(has_number_of_somebody(str(self.cleaned_data.get(name) or "")) for name in free)

    def values(self) -> dict[str, Any]:
        """The answers as `entries.new` takes them."""
        return {f.name: _whole(self.cleaned_data[f.name]) for f in self._asked}


class FreeForm(forms.Form):
    """Free text that is kept in a case, on an own page: asks about digits that look like somebody's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if STAY in self.data:
            self.fields[STAY] = _stay()

    def clean(self) -> dict[str, Any]:
        free = [name for name, field in self.fields.items() if type(field) is forms.CharField]
        found = any(has_number_of_somebody(str(self.cleaned_data.get(name) or "")) for name in free)
        if found and STAY not in self.data:
            raise _digits(self)
        return self.cleaned_data


def _digits(form: forms.Form) -> forms.ValidationError:
    """What is said of the digits, with the box that lets them stay."""
    form.fields[STAY] = _stay()
    return forms.ValidationError(
        now(
            "Texten har något som ser ut som ett personnummer eller ett telefonnummer. Inget är "
            "sparat än. Ta bort det, eller kryssa i att det ska stå kvar."
        )
    )


def _stay() -> forms.Field:
    return forms.BooleanField(label=now("Siffrorna ska stå kvar i texten"), required=False)


def control(one: Field) -> forms.Field:
    """The control of one field. A table has none of its own: its room writes one."""
    words: dict[str, Any] = {"label": one.label, "required": one.is_required, "help_text": one.hint}
    match one.holds:
        case Holds.TEXT:
            area = forms.Textarea(attrs={"rows": 10 if one.is_required else 4})
            return forms.CharField(max_length=one.longest, widget=area, **words)
        case Holds.DAY:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **words)
        case Holds.NUMBER:
            return forms.FloatField(
                localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **words
            )
        case Holds.YES:
            return forms.BooleanField(**words | {"required": False})
        case Holds.CHOICE:
            return forms.ChoiceField(choices=[_EMPTY, *one.choices.items()], **words)
        case Holds.CHOICES:
            return forms.MultipleChoiceField(
                choices=list(one.choices.items()), widget=forms.CheckboxSelectMultiple, **words
            )
        case _:
            return forms.CharField(max_length=one.longest, **words)


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
