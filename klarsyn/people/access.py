"""One way in for staff: sign-in page for the unknown, "not found" for whoever may not."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from klarsyn.people.models import User
from klarsyn.people.permissions import Permission

GUARD = "guarded_by"  # the attribute by which a test knows a guarded view

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_required(permission: Permission | None = None) -> Callable[[View[P]], View[P]]:
    """Guard a view: `@staff_required(Permission.REPORT_CHECK)`. None asks only for somebody signed in.

    Unknown visitors go to the sign-in page and come back. A person without the permission gets 404,
    the same answer as for a thing that does not exist. The answer is never kept by a cache.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            if permission is not None and not request.user.may(permission):
                raise Http404
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        setattr(guarded, GUARD, permission or "anyone signed in")
        return guarded

    return guard


def staff(request: HttpRequest) -> User:
    """The person behind a guarded request."""
    assert isinstance(request.user, User)
    return request.user
