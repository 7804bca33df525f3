"""One way in for staff: sign-in page for the unknown, "not found" for whoever may not, second factors."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers

from klarsyn.people import entering, unlocked
from klarsyn.people.factors import held
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission

GUARD = "guarded_by"  # the attribute by which a test knows a guarded view

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def staff_required(
    permission: Permission | None = None, *, before_second_factor: bool = False
) -> Callable[[View[P]], View[P]]:
    """Guard a view: `@staff_required(Permission.REPORT_CHECK)`. None asks only for somebody signed in.

    Unknown visitors go to the sign-in page and come back. A person without the permission gets 404,
    the same answer as for a thing that does not exist. A person whose role needs a second factor sees nothing
    before it has been shown in this session, but for the pages where it is set up. No cache keeps the answer.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not isinstance(request.user, User):
                return redirect_to_login(request.get_full_path())
            prefetch_related_objects([request.user], "roles_held")  # asked for a dozen times a page
            if (roles := request.session.get(entering.ROLES)) is not None:
                request.user.narrow_to(roles)
            if not before_second_factor and _lacks_second_factor(request, request.user):
                return _first(request, "people:second_factor")
            if permission is not None and not request.user.may(permission):
                raise Http404
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return response

        setattr(guarded, GUARD, permission or "anyone signed in")
        return guarded

    return guard


def step_up_required(view: View[P]) -> View[P]:
    """Under `staff_required`: the password or a second factor has been shown within five minutes, or is now.

    For what cannot be taken back: to unseal, to export, to change a role, a factor or a password.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not entering.is_stepped_up(request):
            return _first(request, "people:step_up")
        return view(request, *args, **kwargs)

    return guarded


def shown_factor_required(view: View[P]) -> View[P]:
    """Under `staff_required`: whoever has a second factor has shown it in this session.

    For what changes the ways in: a session from before the factor must not take it away by password alone.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.session.get(entering.FACTOR) and held.kinds(staff(request)):
            return _first(request, "people:second_factor")
        return view(request, *args, **kwargs)

    return guarded


def keys_required(view: View[P]) -> View[P]:
    """Under `staff_required`: the session holds the person's keys, or the vault is unlocked first."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if unlocked.keys_of(request) is None:
            return _first(request, "people:unlock")
        return view(request, *args, **kwargs)

    return guarded


def staff(request: HttpRequest) -> User:
    """The person behind a guarded request."""
    assert isinstance(request.user, User)
    return request.user


def keys(request: HttpRequest) -> Unlocked:
    """The keys of the person behind a request guarded by `keys_required`."""
    mine = unlocked.keys_of(request)
    assert mine is not None
    return mine


def _lacks_second_factor(request: HttpRequest, user: User) -> bool:
    return user.needs_second_factor and not request.session.get(entering.FACTOR)


def _first(request: HttpRequest, url_name: str) -> HttpResponseBase:
    """To a page that asks for something, and back: a form that was posted is not sent again by itself."""
    return redirect_to_login(_back_to(request), login_url=resolve_url(url_name))


def _back_to(request: HttpRequest) -> str:
    """The page itself; after a posted form the page the form stood on, if that is ours."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if request.method == "POST" and came_from.netloc == request.get_host():
        return urlunsplit(("", "", came_from.path, came_from.query, ""))
    return request.get_full_path()
