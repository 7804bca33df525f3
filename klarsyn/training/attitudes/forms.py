"""To make a survey, and to answer it: a code in five parts and one choice an item."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.training.attitudes import code
from klarsyn.training.attitudes.items import (
    ATTITUDE,
    FALSE,
    KNOWLEDGE,
    TRUE,
    UNSURE,
    Item,
    Items,
    every,
    said,
)

_RULE: Final = (
    _("De två första bokstäverna i förnamnet på den som uppfostrade dig"),
    _("De två sista bokstäverna i namnet på gatan där du bodde som tioåring"),
    _("De två sista siffrorna i det telefonnummer du har haft längst"),
    _("Den första bokstaven i namnet på din första skola"),
    _("Ett eget tecken, bara om någon annan råkat få samma kod"),
)
PARTS: Final = tuple(f"code_{n}" for n in range(len(_RULE)))


class SurveyForm(forms.Form):
    """Name and items."""

    name = forms.CharField(
        label=_("Vad mätningen heter"),
        max_length=80,
        help_text=_(
            "Till exempel kursen och månaden. Skriv aldrig vem som går den: de som svarar ser namnet."
        ),
    )
    items = forms.ChoiceField(label=_("Frågor"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(f"{k}:{v}", f"{one} ({v})") for (k, v), one in every().items()]

    def clean_items(self) -> Items:
        key, _colon, version = self.cleaned_data["items"].partition(":")
        return every()[key, version]


class MoveForm(forms.Form):
    """The time the page showed, so that a form sent twice goes on once."""

    stage = forms.ChoiceField(
        choices=[(s, s) for s in ("before", "after", "later")], widget=forms.HiddenInput
    )


class AnswerForm(forms.Form):
    """A code and the items, none of which must be answered."""

    stage = forms.CharField(max_length=10, widget=forms.HiddenInput)

    def __init__(self, items: Items, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, (name, label) in enumerate(zip(PARTS, _RULE, strict=True)):
            self.fields[name] = forms.CharField(
                label=label,
                max_length=code.LONGEST,
                required=n < len(code.PARTS),
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )
        for item in items.items:
            self.fields[_name(item)] = forms.TypedChoiceField(
                label=str(item),
                choices=_choices(items, item),
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.asked = items

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if all(name in found for name in PARTS):
            try:
                found["code"] = code.read([found[name] for name in PARTS])
            except code.NoCode as wrong:
                self.add_error(PARTS[wrong.part], _wrong(wrong.part))
        return found

    def answers(self) -> dict[str, int]:
        """Item -> what was chosen; what was skipped is left out."""
        chosen = {item.id: self.cleaned_data.get(_name(item)) for item in self.asked.items}
        return {id: value for id, value in chosen.items() if value is not None}

    def parts(self) -> list[forms.BoundField]:
        return [self[name] for name in PARTS]

    def attitudes(self) -> list[forms.BoundField]:
        return [self[_name(item)] for item in self.asked.of(ATTITUDE)]

    def knowledge(self) -> list[forms.BoundField]:
        return [self[_name(item)] for item in self.asked.of(KNOWLEDGE)]


def _name(item: Item) -> str:
    return f"item_{item.id}"


def _choices(items: Items, item: Item) -> list[tuple[int, Any]]:
    if item.kind == ATTITUDE:
        labels = said({code: "\n".join(words) for code, words in items.scale.items()}).split("\n")
        return list(zip(item.choices, labels, strict=True))
    return [(TRUE, _("Sant")), (FALSE, _("Inte sant")), (UNSURE, _("Vet inte"))]


def _wrong(part: int) -> str:
    if part >= len(code.PARTS):
        return gettext("Skriv högst ett tecken, en bokstav eller en siffra. Inget är sparat.")
    return {
        "aa": gettext("Skriv två bokstäver. Inget är sparat."),
        "00": gettext("Skriv två siffror. Inget är sparat."),
        "a": gettext("Skriv en bokstav. Inget är sparat."),
    }[code.PARTS[part]]
