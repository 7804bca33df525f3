"""What a visitor's page of times and cards stands in: its language, its reception, the code typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from klarsyn.base.front import frame
from klarsyn.base.vault import Busy
from klarsyn.contact import access, codes
from klarsyn.contact.access import Opened
from klarsyn.contact.throttle import Full, Paused
from klarsyn.contact.words import Words, day_in, words
from klarsyn.receptions.queries import Shown, shown

LETTERS: Final = {"m": "mika", "k": "kast"}
_LAST: Final = "klarsyn.contact last digits"


@dataclass(frozen=True, slots=True)
class Shell:
    """One request of a visitor. `name`: of the page, whose addresses are `contact:<name>_<letter>`."""

    request: HttpRequest
    code: str
    letter: str
    name: str
    words: Words
    framed: dict[str, Any]
    reception: Shown | None
    now: datetime

    @property
    def kind(self) -> str:
        return LETTERS[self.letter]

    def typed(self, field: str) -> str:
        return self.request.POST.get(field, "")

    def day(self, day: Any) -> str:
        """A day in the reader's words."""
        return day_in(self.framed["said"].ui["days"], day)

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        """One part of the page, with the addresses of its neighbours in this reception."""
        names = {"here": self.name, "times_page": "times", "own_times": "mine"}
        own = {word: f"contact:{name}_{self.letter}" for word, name in names.items()}
        phone = self.reception.phone if self.reception else ""
        told = {"words": self.words, "reception": self.reception, "call": _call(phone)}
        part = {"part": f"contact/times/_{template}.html"}
        whole = {**self.framed, **own, **told, **part, **context}
        return render(self.request, "contact/times/page.html", whole, status=status)


Step = Callable[[Shell], HttpResponse]


def visited(name: str) -> Callable[[Step], Callable[[HttpRequest, str, str], HttpResponse]]:
    """A visitor's page: no cache keeps it, no error report shows what was typed in it."""

    def make(step: Step) -> Callable[[HttpRequest, str, str], HttpResponse]:
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @sensitive_post_parameters()
        @wraps(step)
        def page(request: HttpRequest, code: str, letter: str) -> HttpResponse:
            now = timezone.localtime()
            try:
                framed, said = frame(code), words(code)
            except KeyError:
                raise Http404 from None
            facts = shown(LETTERS[letter], settings.MUNICIPALITY, now.date())
            return step(Shell(request, code, letter, name, said, framed, facts, now))

        return page

    return make


def opened(shell: Shell, typed: str, unknown: str) -> Opened | str:
    """What a typed code opens, or the sentence that says why not. `unknown`: the sentence for a wrong one."""
    booking = shell.words.booking
    try:
        return access.enter(codes.read(typed))
    except codes.Mistyped:
        return booking["mistyped"]
    except access.Unknown:
        return unknown
    except Paused as paused:
        return booking["paused"].format(minutes=paused.minutes)
    except (Full, Busy):
        return booking["busy"]


def proof_of(last: str) -> str:
    """What a page carries so that the last digits can be asked back, without the digits."""
    salt = get_random_string(12)
    return f"{salt}:{salted_hmac(_LAST, salt + last).hexdigest()}"


def is_proved(proof: str, typed: str) -> bool:
    """Whether the digits are the ones the proof was made of."""
    salt, _colon, digest = proof.partition(":")
    digits = "".join(sign for sign in typed if not sign.isspace())[:10]
    return constant_time_compare(salted_hmac(_LAST, salt + digits).hexdigest(), digest)


def _call(phone: str) -> str:
    return f"tel:{phone.replace(' ', '').replace('-', '')}" if phone else ""
