"""What a counsellor writes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.contact import writing


class AnswerForm(forms.Form):
    """The answer, which the visitor reads with the code."""

    text = forms.CharField(
        label=_("Ditt svar"), max_length=writing.LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["dir"] = "auto"
