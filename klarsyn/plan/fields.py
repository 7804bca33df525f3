"""The small fields that the room's forms have in common: a day, a number, a longer text, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def day(label: Any, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day as the browser lets one choose it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def number(label: Any, *, most: int, help_text: Any = "", least: int = 0) -> forms.IntegerField:
    """A whole number, never below `least`."""
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most)


def words(
    label: Any, longest: int, rows: int = 4, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    """A text of several lines."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=help_text, widget=area
    )


def why() -> forms.CharField:
    """The reason for a change, which the history keeps."""
    return forms.CharField(
        label=_("Varför ändras det?"),
        max_length=500,
        help_text=_("Står i historiken, som bara personal läser."),
    )
