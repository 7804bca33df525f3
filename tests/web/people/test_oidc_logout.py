"""The municipality's own sign-in ends sessions here (Back-Channel Logout), by a provider that is another process."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.people import throttle
from klarsyn.people.models import SeenLogout, StaffSession, User
from klarsyn.people.outside import backchannel, oidc
from klarsyn.people.roles import Analyst
from tests.make import PASSWORD, member
from tests.people import ground
from tests.servers.process import free_port, running

OUT, SECURITY = "/personal/logga-in/oidc/utloggad/", "/personal/sakerhet/"
SAYS = {"acr": "http://id.sambi.se/loa/loa3", "credentialOrganizationName": "Exempelkommunen"}
EVENTS = {backchannel.EVENT: {}}


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> Iterator[str]:
    port = free_port()
    log = tmp_path_factory.mktemp("oidc") / "log"
    with running("-m", "tests.servers.oidc_idp", str(port), port=port, log=log) as at:
        yield at


@pytest.fixture
def staff(db, provider: str, settings) -> dict[str, User]:
    """nils and disa, whom the provider knows by these names."""
    ground()
    backchannel._held.clear()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider, "klarsyn", "hemlig"
    settings.SIGN_IN_ORGANISATION = SAYS["credentialOrganizationName"]
    found = {name: member(name, Analyst) for name in ("nils", "disa")}
    for name, user in found.items():
        User.objects.filter(pk=user.pk).update(hsa_id=f"SE-{name}")
    return found


def come_in(name: str, sid: str | None) -> Client:
    """Signed in by the provider, which calls the session `sid` (None: it gives sessions no names)."""
    client = Client()
    where = client.get("/personal/logga-in/oidc/").headers["Location"]
    claims = {**SAYS, "employeeHsaId": f"SE-{name}", **({"sid": sid} if sid else {})}
    httpx.put(f"{site.OIDC_ISSUER}/users/{name}", json=claims).raise_for_status()
    back = httpx.post(where, data={"sub": name}).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get(SECURITY).status_code == 200


def token(header: dict[str, str] | None = None, **claims: object) -> str:
    """A logout token that the provider signs; None leaves a claim out."""
    now = int(time.time())
    body = {
        "iss": site.OIDC_ISSUER, "aud": "klarsyn", "iat": now, "exp": now + 120, "jti": uuid4().hex,
        "events": EVENTS, **claims,
    }  # fmt: skip
    asked = {
        "claims": {k: v for k, v in body.items() if v is not None},
        "header": header or {"typ": "logout+jwt"},
    }
    return httpx.post(f"{site.OIDC_ISSUER}/logout-token", json=asked).raise_for_status().text


def post(said: str) -> int:
    """As the provider's server does: no cookie, and no proof of ours that the form is ours."""
    answer = Client(enforce_csrf_checks=True).post(OUT, {"logout_token": said})
    assert "no-store" in answer.headers["Cache-Control"] and not answer.cookies
    assert answer.content == (b"" if answer.status_code == 200 else b'{"error": "invalid_request"}')
    return answer.status_code


def lines() -> list[tuple[str, str]]:
    found = AuditEvent.objects.filter(action="sign_out.oidc").order_by("sequence")
    return list(found.values_list("actor", "outcome"))


def test_a_session_ends_by_its_name_and_no_other_does(staff) -> None:
    one, two, other = come_in("nils", "s1"), come_in("nils", "s2"), come_in("disa", "s3")
    one.post("/personal/las-upp/", {"password": PASSWORD})
    assert post(token(sid="s1")) == 200
    assert [is_in(client) for client in (one, two, other)] == [False, True, True]
    assert lines() == [(staff["nils"].pseudonym, "ok")]
    assert post(token(sid="s3", sub="nils")) == 200 and is_in(other)  # not that person's: nobody's
    assert post(token(sid="s1")) == 200 and len(lines()) == 1  # over already is no error, and no line


def test_a_person_is_signed_out_of_every_session_that_came_that_way(staff) -> None:
    came = [come_in("nils", "s1"), come_in("nils", None), come_in("disa", "s3")]
    by_password = Client()
    by_password.post("/personal/logga-in/", {"username": "nils", "password": PASSWORD})
    assert post(token(sub="nils")) == 200
    assert [is_in(client) for client in (*came, by_password)] == [False, False, True, True]
    assert lines() == [(staff["nils"].pseudonym, "ok")]


def test_a_session_that_was_never_named_ends_with_its_person_and_a_new_password_keeps_the_name(staff) -> None:
    unnamed, named = come_in("nils", None), come_in("nils", "s2")
    named.post("/personal/las-upp/", {"password": PASSWORD})
    new = "sunnanvind-och-tunga-moln"
    named.post("/personal/sakerhet/losenord/", {"old": PASSWORD, "new": new, "again": new})
    unnamed = come_in("nils", None)
    assert is_in(named) and post(token(sub="nils", sid="s9")) == 200
    assert (is_in(unnamed), is_in(named)) == (False, True)
    assert post(token(sid="s2")) == 200 and not is_in(named)


def test_what_the_session_is_called_there_stands_here_as_a_hash_alone(staff) -> None:
    come_in("nils", "s1")
    row = StaffSession.objects.exclude(outside_session="").get()
    kept = (row.outside_session, row.outside_person)
    assert all(len(name) == 64 for name in kept) and "nils" not in "".join(kept) and kept[0] != kept[1]
    assert post(token(sub="nils", jti="number-7")) == 200
    assert "number-7" not in SeenLogout.objects.get().name


def test_the_same_token_ends_nothing_twice_and_is_remembered_while_it_could_be_believed(staff) -> None:
    said = token(sub="nils", exp=int(time.time()) + 3600)
    assert post(said) == 200
    client = come_in("nils", "s1")
    assert post(said) == 400 and is_in(client) and lines() == [("nobody", "refused")]
    row = SeenLogout.objects.get()
    assert row.until - timezone.now() > backchannel.OLDEST + timedelta(seconds=oidc.LEEWAY)
    SeenLogout.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert post(token(sid="s1")) == 200 and not SeenLogout.objects.filter(pk=row.pk).exists()


NOW = int(time.time())
NOT_BELIEVED = {
    "another issuer": {"iss": "https://evil.example"}, "another client": {"aud": "annan"},
    "several clients": {"aud": ["klarsyn", "annan"]}, "no client": {"aud": None}, "no issuer": {"iss": None},
    "no time": {"iat": None}, "no end": {"exp": None}, "over": {"exp": NOW - 3600}, "not yet": {"iat": NOW + 3600},
    "old": {"iat": NOW - 11 * 60 - 30, "exp": NOW + 3600}, "no number": {"jti": None}, "empty number": {"jti": ""},
    "a number that is none": {"jti": 7}, "no event": {"events": None}, "another event": {"events": {"x": {}}},
    "an event that is none": {"events": {backchannel.EVENT: None}}, "events that are a list": {"events": [backchannel.EVENT]},
    "a nonce": {"nonce": "n"}, "an empty nonce": {"nonce": ""}, "nobody": {"sid": None}, "an empty name": {"sid": ""},
    "a name that is none": {"sid": 7}, "a person that is none": {"sub": ["nils"]}, "an empty person": {"sub": ""},
}  # fmt: skip


def test_a_token_of_which_anything_is_wrong_ends_nothing(staff, monkeypatch) -> None:
    client = come_in("nils", "s1")
    monkeypatch.setattr(throttle, "FREE", 1000)
    for what, claims in NOT_BELIEVED.items():
        assert post(token(**{"sid": "s1", **claims})) == 400, what
        assert is_in(client), what
    assert post(token(header={"typ": "at+jwt"}, sid="s1")) == 400
    assert lines() == [("nobody", "refused")] * (len(NOT_BELIEVED) + 1) and not SeenLogout.objects.exists()
    for kind in ("JWT", "application/logout+jwt"):
        assert post(token(header={"typ": kind}, sid="s9")) == 200
    assert post(
        token(sid="s1", iat=int(time.time()) - 9 * 60, exp=int(time.time()) - 30)
    ) == 200 and not is_in(client)


def test_a_token_is_believed_by_the_providers_signature_alone(staff) -> None:
    client, said = come_in("nils", "s1"), token(sid="s1")
    head, body, signature = said.split(".")
    claims = jwt.decode(said, options={"verify_signature": False})
    kid = jwt.get_unverified_header(said)["kid"]
    mine = rsa.generate_private_key(65537, 2048)
    forged = [
        jwt.encode(claims, mine, "RS256", {"kid": kid}), jwt.encode(claims, "x" * 40, "HS256", {"kid": kid}),
        jwt.encode(claims, None, "none", {"kid": kid}), f"{head}.{body}.", f"{head}.{token(sid='s2').split('.')[1]}.{signature}",
        client.session["leaves_by"]["token"], "", "a.b.c", "x" * 40_000, "\0", "å.ä.ö",
    ]  # fmt: skip
    for wrong in forged:
        assert post(wrong) == 400 and is_in(client)
    asked = Client()
    assert asked.post(OUT, {"logout_token": [said, said]}).status_code == 400
    assert asked.post(OUT, json.dumps({"logout_token": said}), "application/json").status_code == 400
    assert asked.get(OUT, {"logout_token": said}).status_code == 405 and is_in(client)
    assert post(said) == 200 and not is_in(client)


def test_a_logout_token_is_no_identity_token(staff) -> None:
    keys = httpx.get(f"{site.OIDC_ISSUER}/jwks").json()
    with pytest.raises(oidc.NotTrusted):
        oidc.read_token(token(sub="nils"), keys, "n")
    assert oidc.read_token(token(sub="nils", nonce="n"), keys, "n")["sub"] == "nils"


def test_rubbish_makes_few_lines_and_few_questions_and_does_not_keep_the_provider_out(
    staff, monkeypatch
) -> None:
    asked: list[str] = []
    get = oidc._get
    monkeypatch.setattr(oidc, "_get", lambda client, address: asked.append(address) or get(client, address))
    client, mine = come_in("nils", "s1"), rsa.generate_private_key(65537, 2048)
    asked.clear()
    for n in range(20):
        assert post(jwt.encode({"iss": site.OIDC_ISSUER}, mine, "RS256", {"kid": str(n)})) == 400
    assert len(asked) == 2 and len(lines()) == throttle.FREE  # the provider's description and its keys, once
    assert post(token(sid="s1")) == 200 and not is_in(client) and len(asked) == 2


def test_a_key_that_the_provider_has_taken_into_use_since_is_fetched_but_not_at_once_again(staff) -> None:
    client, other = come_in("nils", "s1"), come_in("disa", "s2")
    assert post(token(sid="s9")) == 200
    old = token(sid="s2")
    httpx.post(f"{site.OIDC_ISSUER}/new-key").raise_for_status()
    said = token(sid="s1")
    assert post(said) == 400 and is_in(client)
    held = backchannel._held[site.OIDC_ISSUER]
    held.tried -= backchannel.BETWEEN
    assert post(said) == 200 and not is_in(client)
    assert post(old) == 400 and is_in(other)  # the key is the provider's no longer
    held.at -= backchannel.KEYS_LAST + 1
    assert post(token(sid="s2")) == 400  # too old to be believed, and asked for a moment ago
    held.tried -= backchannel.BETWEEN
    assert post(token(sid="s2")) == 200


def test_while_the_keys_are_being_fetched_nobody_waits_for_long(staff, monkeypatch) -> None:
    monkeypatch.setattr(backchannel, "_WAIT", 0.01)
    assert post(token(sid="s9")) == 200
    held = backchannel._held[site.OIDC_ISSUER]
    with held.lock:
        assert post(token(sid="s9")) == 200  # its key is known
        held.at -= backchannel.KEYS_LAST + 1
        assert post(token(sid="s9")) == 400


def test_a_provider_that_is_away_is_no_error_of_ours(staff, settings) -> None:
    said, settings.OIDC_ISSUER = token(sid="s1"), f"http://127.0.0.1:{free_port()}"
    assert post(said) == 400 and lines() == [("nobody", "refused")]


def test_when_the_line_cannot_be_written_nothing_is_ended_and_the_token_may_come_again(
    staff, monkeypatch
) -> None:
    client, said = come_in("nils", "s1"), token(sid="s1")
    with monkeypatch.context() as patch:
        patch.setattr(backchannel, "record", lambda **_line: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            post(said)
    assert is_in(client) and not SeenLogout.objects.exists()
    assert post(said) == 200 and not is_in(client)


def test_without_a_provider_the_address_does_not_exist(db, settings) -> None:
    ground()
    assert settings.OIDC_ISSUER == "" and Client().post(OUT, {"logout_token": "x"}).status_code == 404
