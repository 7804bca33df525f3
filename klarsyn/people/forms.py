"""Forms that ask who somebody is: one answer for every failure, so that it tells nobody which names exist."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.vault import Busy
from klarsyn.people import entering, throttle
from klarsyn.people.factors import codes, passkeys
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.log_lines import Asked
from klarsyn.people.log_words import GROUPS, KINDS, OUTCOMES
from klarsyn.people.models import Team, User
from klarsyn.people.roles import ROLES, Reach


def _password(label: object, autocomplete: str = "current-password") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _date_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class _Tried(forms.Form):
    """A form whose tries are counted, per account, with a pause after some failures."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def check_pause(self, key: str) -> None:
        """Raises ValidationError while the account rests."""
        if until := throttle.wait_until(key, throttle.now()):
            clock = time_format(timezone.localtime(until), "H:i")
            raise forms.ValidationError(
                gettext(
                    "För många försök. Vänta till %(clock)s och försök sedan igen. Kontot är inte spärrat."
                )
                % {"clock": clock}
            )

    def check_password(self, username: str, password: str) -> tuple[User, Unlocked] | None:
        """The person and the keys; counts a failure. Raises ValidationError during a pause or in a crowd."""
        key = throttle.key_of(username, self.request)
        self.check_pause(key)
        try:
            found = entering.check_password(username, password)
        except Busy:
            raise forms.ValidationError(
                gettext("Många loggar in just nu. Vänta en halv minut och försök igen.")
            ) from None
        if found is None:
            throttle.note_failure(key, throttle.now())
            return None
        throttle.forget(key)
        return found


class SignInForm(_Tried):
    """User name and password. After `is_valid()` the person is in `user`, the keys in `keys`."""

    username = forms.CharField(
        label=_("Användarnamn"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Lösenord"))
    user: User
    keys: Unlocked

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "username" not in data or "password" not in data:
            return data
        found = self.check_password(data["username"], data["password"])
        if found is None:
            raise forms.ValidationError(
                gettext("Användarnamnet och lösenordet stämmer inte. Kontrollera båda och försök igen.")
            )
        self.user, self.keys = found
        return data


class PasswordForm(_Tried):
    """The password of somebody known. After `is_valid()` the keys are in `keys`."""

    password = _password(_("Lösenord"))
    keys: Unlocked

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "password" in data:
            found = self.check_password(self.user.username, data["password"])
            if found is None:
                raise forms.ValidationError(gettext("Lösenordet stämmer inte. Försök igen."))
            self.keys = found[1]
        return data


class FactorForm(_Tried):
    """A code, or a passkey's answer from the browser. After `is_valid()` its kind is in `factor`."""

    code = forms.CharField(
        label=_("Engångskod från appen, eller en återställningskod"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    answer = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)
    factor = ""

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.user = user
        self.fields["code"].required = not (args and args[0] and "answer" in args[0])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("code") and "answer" not in self.data:
            return data
        key = throttle.key_of(f"{self.user.username} factor", self.request)
        self.check_pause(key)
        self.factor, wrong = self._shown(data)
        if data.get("code") or data.get("answer"):
            entering.note_factor(self.user, self.factor, is_right=bool(self.factor))
        if not self.factor:
            throttle.note_failure(key, throttle.now())
            raise forms.ValidationError(wrong)
        throttle.forget(key)
        return data

    def _shown(self, data: dict[str, Any]) -> tuple[str, str]:
        if data.get("code"):
            wrong = gettext("Koden stämmer inte eller är redan använd. Vänta på nästa kod och försök igen.")
            return codes.check_code(self.user, data["code"]), wrong
        wrong = gettext("Passnyckeln gav inget svar. Försök igen, eller skriv en kod i stället.")
        return "webauthn" if passkeys.check(self.user, data.get("answer", "")) else "", wrong


class NewPasswordForm(forms.Form):
    """The old password and a new one, twice."""

    old = _password(_("Nuvarande lösenord"))
    new = _password(_("Nytt lösenord"), "new-password")
    again = _password(_("Nytt lösenord en gång till"), "new-password")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", gettext("De två är olika. Skriv samma lösenord två gånger."))
        return data


class AppForm(forms.Form):
    """The first code of an app that has just read the secret."""

    code = forms.CharField(
        label=_("Koden som appen visar"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(forms.Form):
    """What the person calls a new passkey, and what the browser answered."""

    name = forms.CharField(label=_("Vad ska den heta?"), max_length=40)
    answer = forms.CharField(max_length=20_000, required=False, widget=forms.HiddenInput)


class GiveRoleForm(forms.Form):
    """A counsellor's role for somebody, in a team whose head gives it."""

    user = forms.ModelChoiceField(label=_("Medarbetare"), queryset=User.objects.none())
    team = forms.ModelChoiceField(label=_("Mottagning"), queryset=Team.objects.none())

    def __init__(self, by: User, teams: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).exclude(pk=by.pk).order_by("name")
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    def role(self) -> str:
        """The counsellors' role of the chosen team's kind."""
        kind = self.cleaned_data["team"].kind
        return next(role.key for role in ROLES if role.reach is Reach.TEAM and role.team_kind == kind)


class ReasonForm(forms.Form):
    """Why, in the person's own words: sealed into the log."""

    reason = forms.CharField(label=_("Varför?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class HandOverForm(ReasonForm):
    """To which of the other officers, and why."""

    to = forms.ModelChoiceField(label=_("Det andra nyckelombudet"), queryset=User.objects.none())
    field_order = ("to", "reason")

    def __init__(self, others: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = User.objects.filter(pk__in=[one.pk for one in others]).order_by("name")
        self.fields["to"].queryset = choices  # type: ignore[attr-defined]


class RescueForm(ReasonForm):
    """Who is let in, with the words of the person's key beside the name, and why."""

    member = forms.ModelChoiceField(
        label=_("Ny medlem"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("member", "reason")

    def __init__(self, members: Iterable[tuple[User, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {user.pk: words for user, words in members}
        field = self.fields["member"]
        field.queryset = User.objects.filter(pk__in=words).order_by("name")  # type: ignore[attr-defined]
        field.label_from_instance = lambda user: f"{user.name}: {words[user.pk]}"  # type: ignore[attr-defined]


class LogForm(forms.Form):
    """Which part of the log is to be shown; everything is optional."""

    group = forms.ChoiceField(label=_("Vad"), required=False)
    who = forms.ChoiceField(label=_("Vem"), required=False)
    team = forms.ChoiceField(label=_("Grupp"), required=False)
    outcome = forms.ChoiceField(label=_("Utfall"), required=False)
    about = forms.CharField(label=_("Rör, till exempel ett ärendes id"), required=False, max_length=120)
    since = forms.DateField(label=_("Från och med"), required=False, widget=_date_input())
    until = forms.DateField(label=_("Till och med"), required=False, widget=_date_input())
    before = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(user.pseudonym, user.name) for user in User.objects.order_by("name")]
        choices = {
            "group": GROUPS.items(), "who": people, "team": KINDS.items(), "outcome": OUTCOMES.items(),
        }  # fmt: skip
        for name, found in choices.items():
            self.fields[name].choices = [("", _("alla")), *found]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)
