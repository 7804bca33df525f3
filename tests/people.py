"""The cast: invented people by the names the house uses, with the roles and keys they hold."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client

from klarsyn.base.audit.recording import open_log
from klarsyn.people import entering, unlocked
from klarsyn.people.demo import DEMO_CAST, DEMO_PASSWORD, demo_keys, ensure_demo_cast
from klarsyn.people.keys import pepper_file
from klarsyn.people.models import User

NAMES = tuple(one.username for one in DEMO_CAST)
# analyst · unit head, checker and head of both receptions · checker and field worker · councillor · operations
DISA, GRETA, CILLA, ELIS, HUGO = "disa", "greta", "cilla", "elis", "hugo"
ALVA, BO = "alva", "bo"  # counsellors, Mika and KAST
FREJ = "frej"  # a visitor without a name: no account at all

__all__ = ["DEMO_PASSWORD", "NAMES", "ground", "officer", "person", "signed_in"]


def ground() -> None:
    """An open log and a pepper, without which nobody signs in."""
    open_log()
    pepper_file.ensure()


def person(name: str) -> User:
    """One of the cast, made when first asked for. `person("disa").may(Permission.REPORT_DRAFT)`."""
    if not User.objects.filter(username=name, is_demo=True).exists():
        ensure_demo_cast()
    return User.objects.get(username=name)


def officer() -> User:
    """The data protection officer."""
    return person("ines")


def signed_in(name: str) -> Client:
    """A test client with this person signed in, keys and second factor shown; Frej is never signed in."""
    return Client() if name == FREJ else with_keys(Client(), person(name))


def with_keys(client: Client, user: User) -> Client:
    """The same session that a whole sign-in makes, without its pages."""
    client.force_login(user)
    request, response = HttpRequest(), HttpResponse()
    request.session, request.user = client.session, user
    unlocked.keep(request, response, demo_keys(user))
    request.session[entering.FACTOR] = "totp"
    entering.step_up(request)
    request.session.save()
    client.cookies[settings.KEY_COOKIE] = response.cookies[settings.KEY_COOKIE].value
    return client
