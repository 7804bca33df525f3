"""A note about a point of the law."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.frame.queries import law_today


class NoteOfLawForm(forms.Form):
    """What there is that the system does not see."""

    point = forms.ChoiceField(label=_("Vad lagen begär"))
    words = forms.CharField(
        label=_("Vad som finns"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    document = forms.CharField(
        label=_("Diarienummer eller adress till handlingen"), required=False, max_length=300
    )
    dated_on = forms.DateField(label=_("Sedan när"), widget=forms.DateInput(attrs={"type": "date"}))
    is_over = forms.BooleanField(label=_("Det som är antecknat gäller inte längre"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        point = self.fields["point"]
        assert isinstance(point, forms.ChoiceField)
        here = law_today(timezone.localdate())
        point.choices = [(one.key, f"{one.section}: {one.asks}") for one in here.points]
