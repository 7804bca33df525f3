"""The sign-in form: one answer for every failure, so that it tells nobody which names exist."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.people import throttle
from klarsyn.people.models import User


class SignInForm(forms.Form):
    """User name and password. After `is_valid()` the person is in `user`."""

    username = forms.CharField(
        label=_("Användarnamn"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "username" not in data or "password" not in data:
            return data
        key, now = throttle.key_of(data["username"], self.request), throttle.now()
        if until := throttle.wait_until(key, now):
            clock = time_format(timezone.localtime(until), "H:i")
            raise forms.ValidationError(
                gettext(
                    "För många försök. Vänta till %(clock)s och försök sedan igen. Kontot är inte spärrat."
                )
                % {"clock": clock}
            )
        user = authenticate(self.request, username=data["username"], password=data["password"])
        if not isinstance(user, User):
            throttle.note_failure(key, now)
            raise forms.ValidationError(
                gettext("Användarnamnet och lösenordet stämmer inte. Kontrollera båda och försök igen.")
            )
        throttle.forget(key)
        self.user = user
        return data
