"""Forms around the cases: why more are to be opened, what the head wonders about a reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from klarsyn.cases.card import SHORT, Track
from klarsyn.cases.fields import LONGEST
from klarsyn.cases.kinds.turns import CLOSED_BECAUSE, LEVELS
from klarsyn.people.models import Team, User

if TYPE_CHECKING:
    _Several = forms.ModelMultipleChoiceField[User]
else:
    _Several = forms.ModelMultipleChoiceField


class AskMoreForm(forms.Form):
    """Why more cases than an hour allows; the reception is asked only of whoever reads in several."""

    where = forms.ModelChoiceField(label=_("Mottagning"), queryset=Team.objects.none())
    reason = forms.CharField(
        label=_("Varför behöver du öppna fler?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, teams: Sequence[Team], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = teams
        if len(teams) < 2:
            del self.fields["where"]
        else:
            found = Team.objects.filter(pk__in=[team.pk for team in teams]).order_by("name")
            self.fields["where"].queryset = found  # type: ignore[attr-defined]

    def team(self) -> Team:
        chosen: Team = self.cleaned_data.get("where") or self.teams[0]
        return chosen


class PurposeForm(forms.Form):
    """Why the case is opened."""

    purpose = forms.CharField(label=_("Varför öppnar du?"), max_length=500)


class DisposeForm(forms.Form):
    """That the exceptions were looked at by a person."""

    looked = forms.BooleanField(
        label=_("Jag har sett efter: ärendet ska inte sparas för forskning eller längre för ett barns skull.")
    )


class QuestionForm(forms.Form):
    """What the head wonders."""

    text = forms.CharField(
        label=_("Vad undrar du?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class SearchForm(forms.Form):
    """Words of the case's title or tasks, or the beginning of its number."""

    words = forms.CharField(label=_("Sök bland mottagningens ärenden"), max_length=100)


class CardForm(forms.Form):
    """What a new case is called, and by which track of the law it is carried. Neither must be answered."""

    title = forms.CharField(
        label=_("Kort rubrik"), max_length=SHORT, required=False,
        help_text=_("Nämn ingen vid namn. Till exempel: boende och skulder."),
    )  # fmt: skip
    track = forms.ChoiceField(label=_("Hur förs ärendet?"), widget=forms.RadioSelect)
    is_another = forms.BooleanField(label=_("Det är någon annan, trots samma rubrik"), required=False)

    def __init__(self, decision: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            (Track.NAMELESS.value, _("utan behovsprövning och utan namn")),
            (Track.OPEN.value, _("utan behovsprövning, med namn")),
            (Track.ASSESSED.value, _("med behovsprövning")),
        ]
        held = offered if decision else offered[1:]
        self.fields["track"].choices = held  # type: ignore[attr-defined]
        self.fields["track"].initial = held[0][0]


class TaskForm(forms.Form):
    """Something to do, by a day."""

    text = forms.CharField(label=_("Att göra"), max_length=SHORT)
    due = forms.DateField(
        label=_("Senast"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


NOBODY: Final = _(
    "Ingen kollega har både rollen och nyckeln. Enhetschefen ger rollen; någon som har nyckeln släpper in "
    "under Mottagningens nycklar."
)


class ReasonedForm(forms.Form):
    """Why a case is sealed, opened from its seal, or opened again."""

    why = forms.CharField(label=_("Varför?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def _people(field: forms.Field, colleagues: Sequence[User]) -> None:
    found = User.objects.filter(pk__in=[one.pk for one in colleagues]).order_by("name")
    field.queryset = found  # type: ignore[attr-defined]


def _last_day(label: object, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)  # type: ignore[arg-type]


class HandOverForm(ReasonedForm):
    """To which colleague, and why."""

    to = forms.ModelChoiceField(label=_("Till vem?"), queryset=User.objects.none())
    field_order: tuple[str, ...] = ("to", "why")

    def __init__(self, colleagues: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _people(self.fields["to"], colleagues)
        if len(colleagues) < 2:  # the one who asks stands among them
            self.fields["to"].help_text = NOBODY


class PeopleField(_Several):
    """Several people. A number too large for the database is a person who is not there, and no fault."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError:
            raise forms.ValidationError(_("En av personerna finns inte i listan.")) from None


class SealForm(ReasonedForm):
    """Why a case is sealed, which colleagues may open it besides, and to which day."""

    others = PeopleField(
        label=_("Vilka kollegor får öppna det, utom du?"), queryset=User.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("För de andra finns ärendet inte: varken i listan, i sökning eller på någon sida."),
    )  # fmt: skip
    until = _last_day(
        _("Till och med"), required=False, help_text=_("Tomt: ett år. Sedan namnger ni på nytt.")
    )

    def __init__(self, colleagues: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _people(self.fields["others"], colleagues)
        if not colleagues:
            self.fields["others"].help_text = _(
                "Ingen annan i mottagningen läser ärenden. Då öppnar bara du det, tills någon namnges."
            )


class NameForm(HandOverForm):
    """Which colleague may open the sealed case, to which day, and why."""

    until = _last_day(_("Till och med"))
    field_order: tuple[str, ...] = ("to", "until", "why")


class HeadNameForm(NameForm):
    """The same, of one of the team's sealed cases."""

    case = forms.ChoiceField(label=_("Ärende"))
    field_order = ("case", "to", "until", "why")

    def __init__(self, cases: Sequence[UUID], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [(str(id), str(id)) for id in cases]  # type: ignore[attr-defined]
        if self.fields["to"].queryset.exists():  # type: ignore[attr-defined]
            self.fields["to"].help_text = ""  # the head is none of them: one is enough


class LeaveForm(forms.Form):
    """Who is away, from when to when, and who covers. There is no place for why."""

    person = forms.ModelChoiceField(label=_("Vem är ledig?"), queryset=User.objects.none())
    begins = _last_day(_("Första dagen"))
    ends = _last_day(_("Sista dagen"))
    covered_by = forms.ModelChoiceField(
        label=_("Vem täcker?"), queryset=User.objects.none(), required=False,
        help_text=_("Kan lämnas tomt tills vidare."),
    )  # fmt: skip

    def __init__(self, colleagues: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("person", "covered_by"):
            _people(self.fields[name], colleagues)


class ClosingForm(forms.Form):
    """Why a case ends, and what became of it."""

    because = forms.ChoiceField(label=_("Skäl"), choices=[("", "–"), *CLOSED_BECAUSE.items()])
    words = forms.CharField(
        label=_("Sammanfattning"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ProtectionForm(forms.Form):
    """How the person's data are protected in the population register."""

    level = forms.ChoiceField(
        label=_("Nivå"), choices=[("", _("inga skyddade uppgifter")), *LEVELS.items()], required=False
    )
    words = forms.CharField(label=_("Vem har sagt det, och vad gäller?"), max_length=500, required=False)


class TitleForm(forms.Form):
    """Another title."""

    title = forms.CharField(label=_("Kort rubrik"), max_length=SHORT, help_text=_("Nämn ingen vid namn."))
