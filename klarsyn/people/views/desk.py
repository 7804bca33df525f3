"""The desk, and the roles as the code has them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from klarsyn.base.front import grouped, reminders
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permission_words import PERMISSION_WORDS
from klarsyn.people.roles import ROLES


@require_safe
@staff_required()
def desk(request: HttpRequest) -> HttpResponse:
    _here, *groups = grouped(staff(request).permissions)
    page = {"groups": groups, "reminders": reminders(staff(request))}
    return render(request, "people/desk.html", page)


@require_safe
@staff_required()
def roles(request: HttpRequest) -> HttpResponse:
    """The classes that decide, printed: what the data protection officer reads is what runs."""
    return render(
        request, "people/roles.html", {"roles": ROLES, "permissions": tuple(PERMISSION_WORDS.items())}
    )
