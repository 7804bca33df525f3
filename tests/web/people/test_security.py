"""One's own security: password, sessions, the vault's lock; and the ways in that do not exist."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from klarsyn.base.models import AuditEvent
from klarsyn.people.models import RoleHeld, StaffSession, Team, User
from klarsyn.people.roles import Analyst
from tests.make import PASSWORD, member
from tests.people import DEMO_PASSWORD, ground, person
from tests.web.people.steps import SIGN_IN, type_password

SECURITY, CHANGE = "/personal/sakerhet/", "/personal/sakerhet/losenord/"
NEW = "tre gula båtar i motvind"


@pytest.fixture(autouse=True)
def _ground(db) -> None:
    ground()


@pytest.fixture
def nils() -> Client:
    member("nils", Analyst)
    client = Client()
    type_password(client)
    return client


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = NEW):
    return client.post(CHANGE, {"old": old, "new": new, "again": again})


def test_nils_changes_his_password_and_stays_in_here_with_his_keys(nils: Client) -> None:
    elsewhere = Client()
    type_password(elsewhere)
    assert change(nils).status_code == 302
    assert "Valvet är upplåst" in nils.get(SECURITY).content.decode()
    assert elsewhere.get(SECURITY).status_code == 302
    assert type_password(Client()).status_code == 422
    assert type_password(Client(), password=NEW).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"old": "fel"}, "stämmer inte"),
        ({"again": "annat"}, "De två är olika"),
        ({"new": "kort", "again": "kort"}, "Inget är sparat"),
        ({"new": "nils-nils-nils-1", "again": "nils-nils-nils-1"}, "lättgissade"),
    ],
)
def test_a_change_is_refused_whole_with_a_reason(nils: Client, wrong: dict[str, str], says: str) -> None:
    answer = change(nils, **wrong)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert type_password(Client()).status_code == 302


def test_the_old_password_cannot_be_guessed_from_inside_either(nils: Client) -> None:
    for _ in range(5):
        change(nils, old="fel")
    assert "För många försök" in change(nils).content.decode()


def test_a_person_sees_their_sessions_without_a_place_and_ends_them_all(nils: Client) -> None:
    other = Client()
    type_password(other)
    page = nils.get(SECURITY, REMOTE_ADDR="203.0.113.7", HTTP_USER_AGENT="Spindel/1.0").content.decode()
    assert page.count(">den här</td>") == page.count(">en annan</td>") == 1
    assert "203.0.113.7" not in page and "Spindel" not in page
    names = {field.name for field in StaffSession._meta.get_fields()}
    assert names == {
        "id_hash",
        "user",
        "sealed",
        "began_at",
        "seen_at",
        "expires_at",
        "outside_session",
        "outside_person",
    }
    ended = nils.post(f"{SECURITY}logga-ut-overallt/")
    assert ended.headers["Location"] == SIGN_IN and ended.cookies[settings.KEY_COOKIE].value == ""
    assert all(client.get(SECURITY).status_code == 302 for client in (nils, other))
    assert not StaffSession.objects.filter(user__username="nils").exists()


def test_a_session_without_keys_is_unlocked_with_the_password_alone(nils: Client) -> None:
    del nils.cookies[settings.KEY_COOKIE]
    assert "Valvet är låst" in nils.get(SECURITY).content.decode()
    assert nils.post("/personal/las-upp/", {"password": "fel"}).status_code == 422
    opened = nils.post("/personal/las-upp/", {"password": PASSWORD, "next": SECURITY})
    assert opened.headers["Location"] == SECURITY
    assert "Valvet är upplåst" in nils.get(SECURITY).content.decode()


def test_signing_out_takes_the_key_cookie_and_the_row(nils: Client) -> None:
    nils.post("/personal/logga-ut/")
    assert nils.cookies[settings.KEY_COOKIE].value == ""
    assert not StaffSession.objects.filter(user__username="nils").exists()
    assert AuditEvent.objects.filter(action="sign_out.here").count() == 1


@pytest.mark.parametrize(
    "path",
    ["/accounts/password/reset/", "/accounts/login/", "/accounts/signup/", "/accounts/email/", "/accounts/2fa/",
     "/accounts/2fa/recovery-codes/", "/accounts/reauthenticate/", "/password/reset/", "/personal/glomt-losenord/",
     "/personal/losenord/aterstall/", "/admin/", "/personal/logga-in/losenord/"],
)  # fmt: skip
def test_no_way_leads_to_a_new_password_by_e_mail(path: str) -> None:
    for client in (Client(), Client(enforce_csrf_checks=True)):
        assert client.get(path).status_code == 404
    assert Client().post(path, {"email": "nils@example.org"}).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "account_reset_password",
        "account_login",
        "account_signup",
        "account_email",
        "mfa_index",
        "password_reset",
    ],
)
def test_no_page_of_allauth_is_mounted(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_one_sign_in_leaves_one_line_whoever_it_was_and_no_name_that_was_typed() -> None:
    nils = member("nils", Analyst)
    before = AuditEvent.objects.count()
    type_password(Client(), "min-hemlighet-här", "x")
    type_password(Client(), "nils", "x")
    type_password(Client(), "nils")
    rows = list(AuditEvent.objects.values_list("actor", "action", "outcome"))[before:]
    assert rows == [
        ("nobody", "sign_in.password", "refused"), (nils.pseudonym, "sign_in.password", "refused"),
        (nils.pseudonym, "sign_in.password", "ok"), (nils.pseudonym, "sign_in.keys", "ok"),
    ]  # fmt: skip
    everything = " ".join(str(row) for row in AuditEvent.objects.values_list())
    assert "hemlighet" not in everything and "nils" not in everything.casefold()


def test_the_demonstration_shows_its_password_and_it_works_nowhere_else(settings) -> None:
    person("disa")
    assert DEMO_PASSWORD in Client().get(SIGN_IN).content.decode()
    assert type_password(Client(), "disa", DEMO_PASSWORD).status_code == 302
    settings.DEMO = False
    assert DEMO_PASSWORD not in Client().get(SIGN_IN).content.decode()
    assert type_password(Client(), "disa", DEMO_PASSWORD).status_code == 422


def test_greta_gives_and_takes_a_role_and_nobody_else_finds_the_page(visit) -> None:
    person("greta")
    mika, cilla = Team.objects.get(kind="mika"), User.objects.get(username="cilla")
    greta, page = visit("greta"), "/personal/mottagningens-roller/"
    assert "Alva Demo" in greta.get(page).content.decode()
    assert greta.post(page, {"user": cilla.pk, "team": mika.pk}).status_code == 302
    held = RoleHeld.objects.get(user=cilla, team=mika)
    own = RoleHeld.objects.filter(user__username="greta", team=mika).get()
    for name in ("alva", "disa", "hugo"):
        assert visit(name).get(page).status_code == 404
        assert visit(name).post(f"{page}{held.pk}/ta-bort/").status_code == 404
    assert greta.post(f"{page}{own.pk}/ta-bort/").status_code == 404
    assert greta.post(f"{page}{held.pk}/ta-bort/").status_code == 302
    assert not RoleHeld.objects.filter(user=cilla, team=mika).exists()


def test_a_role_on_the_other_side_of_the_wall_is_refused_at_the_field(visit) -> None:
    person("greta")
    mika, bo = Team.objects.get(kind="mika"), User.objects.get(username="bo")
    answer = visit("greta").post("/personal/mottagningens-roller/", {"user": bo.pk, "team": mika.pk})
    assert answer.status_code == 422
    assert "Mika och KAST hålls isär" in answer.content.decode()
    assert not RoleHeld.objects.filter(user=bo, team=mika).exists()


def test_a_new_password_neither_widens_nor_narrows_what_the_session_may(visit) -> None:
    person("greta")
    client = visit("greta")
    session = client.session
    session["roles"] = ["report_checker"]
    session.save()
    assert client.get("/personal/mottagningens-roller/").status_code == 404
    assert change(client, old=DEMO_PASSWORD).status_code == 302
    assert client.session["roles"] == ["report_checker"] and client.session["factor"] == "totp"
    assert client.get("/personal/mottagningens-roller/").status_code == 404
