"""Sign in, sign out, the desk and the page of roles."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.front import doors
from klarsyn.people import throttle
from klarsyn.people.access import staff, staff_required
from klarsyn.people.forms import SignInForm
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_demo_cast
from klarsyn.people.roles import ROLES

BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        return _enter(request, form.user)
    page = {"form": form, "demo_cast": list_demo_cast(), "next": _next(request)}
    return render(request, "people/sign_in.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click as an invented person; does not exist outside the demonstration."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(User, username=request.POST.get("username", ""), is_demo=True, is_active=True)
    return _enter(request, person)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("people:sign_in")


@require_safe
@staff_required()
def desk(request: HttpRequest) -> HttpResponse:
    mine = doors(staff(request).permissions)
    return render(request, "people/desk.html", {"doors": [d for d in mine if d.url_name != "people:desk"]})


@require_safe
@staff_required()
def roles(request: HttpRequest) -> HttpResponse:
    """The classes that decide, printed: what the data protection officer reads is what runs."""
    return render(request, "people/roles.html", {"roles": ROLES, "permissions": tuple(Permission)})


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=BACKEND)
    response = redirect(_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    if not user.is_demo:
        throttle.mark_browser(response, user)
    return response


def _next(request: HttpRequest) -> str:
    """Where the person was going, if that is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else ""
