"""The id that a page makes when it is opened, so that it makes one record however often it is sent."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest


def record_in(request: HttpRequest) -> UUID | None:
    """What the page has posted; None for what is no id."""
    try:
        return UUID(request.POST.get("record", ""))
    except ValueError:
        return None


def record_for(request: HttpRequest) -> UUID:
    """For the page to post: the one it has posted, or a new one."""
    return record_in(request) or uuid4()
