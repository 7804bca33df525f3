"""The municipality's own sign-in by OIDC, against a provider that is another process; then the vault's lock."""

from __future__ import annotations

import re
import time
from html import escape
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as site
from django.test import Client

from klarsyn.base.models import AuditEvent
from klarsyn.people.models import StaffSession, User
from klarsyn.people.outside import oidc
from klarsyn.people.outside.oidc import NotTrusted, read_token
from klarsyn.people.roles import Analyst
from tests.make import PASSWORD, member
from tests.people import ground
from tests.servers.process import free_port, running

BEGIN, SECURITY = "/personal/logga-in/oidc/", "/personal/sakerhet/"
OUT, BACK = "/personal/logga-ut/", "/personal/logga-ut/klar/"
HSA, ORGANISATION = "SE2321000016-1A2B", "Exempelkommunen"
SAYS = {
    "acr": "http://id.sambi.se/loa/loa3", "amr": "urn:sambi:names:ac:classes:siths", "employeeHsaId": HSA,
    "credentialOrganizationName": ORGANISATION, "commissionPurpose": "Socialt stöd", "given_name": "Nils",
}  # fmt: skip


@pytest.fixture(scope="module")
def provider(tmp_path_factory) -> str:
    port = free_port()
    log = tmp_path_factory.mktemp("oidc") / "log"
    with running(
        "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true", port=port, log=log
    ) as at:
        yield at


@pytest.fixture
def nils(db, provider: str, settings) -> User:
    ground()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = provider, "klarsyn", "hemlig"
    settings.SIGN_IN_ORGANISATION = ORGANISATION
    user = member("nils", Analyst)
    User.objects.filter(pk=user.pk).update(hsa_id=HSA)
    return user


def there(address: str, **says: object) -> str:
    """What a person does at the provider, and where they are sent back to."""
    claims = {name: value for name, value in {**SAYS, **says}.items() if value is not None}
    httpx.put(f"{site.OIDC_ISSUER}/users/nils", json=claims).raise_for_status()
    back = httpx.post(address, data={"sub": "nils"}).headers["Location"]
    return back.removeprefix("http://testserver")


def begin(client: Client, next_: str = "") -> str:
    answer = client.get(BEGIN, {"next": next_} if next_ else {})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def refused() -> list[tuple[str, str]]:
    return list(
        AuditEvent.objects.filter(action="sign_in.oidc", outcome="refused").values_list("actor", "object")
    )


def test_nils_comes_in_by_the_municipality_and_unlocks_the_vault_here(nils: User) -> None:
    client = Client()
    arrived = client.get(there(begin(client, SECURITY)))
    assert arrived.headers["Location"] == f"/personal/las-upp/?next={SECURITY}"
    assert "Valvet är låst" in client.get(SECURITY).content.decode()
    assert client.post("/personal/las-upp/", {"password": "fel"}).status_code == 422
    client.post("/personal/las-upp/", {"password": PASSWORD})
    assert "Valvet är upplåst" in client.get(SECURITY).content.decode()
    line = AuditEvent.objects.get(action="sign_in.oidc")
    assert (line.actor, line.object, line.outcome) == (nils.pseudonym, f"loa3 {SAYS['amr']}", "ok")


def test_what_the_browser_is_sent_with_gives_no_secret_away(nils: User) -> None:
    client = Client()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begin(client)).query).items()}
    assert asked["code_challenge_method"] == "S256" and asked["response_type"] == "code"
    assert len(asked["state"]) >= 32 and len(asked["nonce"]) >= 32
    assert "hemlig" not in str(asked) and client.session["outside"]["verifier"] not in str(asked)


@pytest.mark.parametrize(
    ("says", "sentence", "known"),
    [
        ({"acr": "http://id.sambi.se/loa/loa2"}, "låg tillitsnivå", True),
        ({"acr": None}, "låg tillitsnivå", True),
        ({"acr": "http://id.sambi.se/loa/loa3-nästan"}, "låg tillitsnivå", True),
        ({"credentialOrganizationName": "Grannkommunen"}, "annan organisation", True),
        ({"credentialOrganizationName": None}, "annan organisation", True),
        ({"employeeHsaId": "SE-annan"}, "inget konto", False),
        ({"employeeHsaId": None}, "inte vem det är", False),
        ({"iss": "https://evil.example"}, "inte att lita på", False),
        ({"aud": "annan"}, "inte att lita på", False),
        ({"aud": ["klarsyn", "annan"]}, "inte att lita på", False),
        ({"azp": "annan"}, "inte att lita på", False),
        ({"nonce": "en annan frågas"}, "inte att lita på", False),
        ({"exp": 1}, "inte att lita på", False),
    ],
)  # fmt: skip
def test_a_sign_in_that_is_not_good_enough_lets_nobody_in(
    nils: User, says, sentence: str, known: bool
) -> None:
    client = Client()
    answer = client.get(there(begin(client), **says))
    assert answer.status_code == 409 and sentence in answer.content.decode()
    assert client.get("/personal/").status_code == 302
    assert refused() == [(nils.pseudonym if known else "nobody", "")]


def test_before_the_organisation_is_set_nobody_comes_in(nils: User, settings) -> None:
    settings.SIGN_IN_ORGANISATION, client = "", Client()
    for name in (None, ORGANISATION):
        answer = client.get(there(begin(client), credentialOrganizationName=name))
        assert answer.status_code == 409 and "annan organisation" in answer.content.decode()


def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(nils: User) -> None:
    asking, other = Client(), Client()
    begin(other)
    back = there(begin(asking))
    assert other.get(back).status_code == 409 and Client().get(back).status_code == 409
    assert "outside" not in other.session  # a wrong answer uses the question up too
    assert asking.get(back).status_code == 302 and "outside" not in asking.session
    assert asking.get(back).status_code == 409
    denied = Client()
    begin(denied)
    assert denied.get(f"{BEGIN}svar/?error=access_denied&state=x").status_code == 409


def test_a_closed_account_and_a_demo_person_do_not_come_in(nils: User) -> None:
    for change in ({"is_active": False}, {"is_active": True, "is_demo": True}):
        User.objects.filter(pk=nils.pk).update(**change)
        client = Client()
        assert client.get(there(begin(client))).status_code == 409


def test_an_assignment_gives_only_the_roles_it_is_for(nils: User, settings) -> None:
    nils.roles_held.create(role="councillor")
    settings.SIGN_IN_PURPOSES = {"Förtroendeuppdrag": "councillor unit_head"}
    client = Client()
    client.get(there(begin(client), commissionPurpose="Förtroendeuppdrag"))
    page = client.get("/personal/").content.decode()
    assert "Förtroendevald" in page and "Analytiker" not in page
    assert client.get("/personal/kallor/las-in/").status_code == 404
    settings.SIGN_IN_PURPOSES, other = {}, Client()
    other.get(there(begin(other)))
    assert other.get("/personal/kallor/las-in/").status_code == 200
    settings.SIGN_IN_PURPOSES, other = {"Förtroendeuppdrag": "councillor"}, Client()
    assert "ger ingen roll" in other.get(there(begin(other))).content.decode()


def test_without_a_provider_the_way_does_not_exist(db, settings) -> None:
    ground()
    assert settings.OIDC_ISSUER == ""
    assert Client().get(BEGIN).status_code == Client().get(f"{BEGIN}svar/").status_code == 404
    assert "kommunens inloggning" not in Client().get("/personal/logga-in/").content.decode()


def test_a_provider_that_is_away_or_calls_itself_otherwise_is_not_followed(
    nils: User, provider, settings
) -> None:
    for issuer in (f"http://127.0.0.1:{free_port()}", provider.replace("127.0.0.1", "localhost") + "/"):
        settings.OIDC_ISSUER = issuer
        answer = Client().get(BEGIN)
        assert answer.status_code == 409 and "Försök igen" in answer.content.decode()


KEY, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
KEYS = {
    "keys": [{**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "k", "use": "sig"}]
}


def _token(key=KEY, algorithm: str = "RS256", kid: str = "k", **claims: object) -> str:
    now = int(time.time())
    body = {
        "iss": "https://i",
        "aud": "klarsyn",
        "sub": "s",
        "iat": now,
        "exp": now + 60,
        "nonce": "n",
        **claims,
    }
    return jwt.encode({k: v for k, v in body.items() if v is not None}, key, algorithm, {"kid": kid})


def test_an_identity_token_is_believed_by_its_signature_alone(settings) -> None:
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = "https://i", "klarsyn"
    assert read_token(_token(), KEYS, "n")["sub"] == "s"
    head, body, signature = _token().split(".")
    forged = [
        _token(OTHER), _token(kid="annan"), _token("x" * 40, "HS256"), jwt.encode({"sub": "s"}, None, "none"),
        f"{head}.{body}.", f"{head}.{_token(sub='annan').split('.')[1]}.{signature}", "", "a.b.c",
        *(_token(**{name: None}) for name in ("exp", "iat", "iss", "aud", "sub", "nonce")), _token(nonce="m"),
    ]  # fmt: skip
    for token in forged:
        with pytest.raises(NotTrusted):
            read_token(token, KEYS, "n")
    assert "HS256" not in oidc.ALGORITHMS and "none" not in oidc.ALGORITHMS


def _signed_in() -> Client:
    client = Client()
    client.get(there(begin(client)))
    client.post("/personal/las-upp/", {"password": PASSWORD})
    assert client.get(SECURITY).status_code == 200
    return client


def test_nils_signs_out_here_at_once_and_then_at_the_municipality(nils: User) -> None:
    client = _signed_in()
    token, sent = client.session["leaves_by"]["token"], client.post(OUT)
    assert not StaffSession.objects.filter(user=nils).exists()  # before the browser goes anywhere
    assert "Nu loggas du ut hos kommunen också" in sent.content.decode()
    where = sent.headers["Refresh"].removeprefix("0; url=")
    assert where.startswith(f"{site.OIDC_ISSUER}/") and escape(where) in sent.content.decode()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
    assert asked["id_token_hint"] == token and asked["post_logout_redirect_uri"] == f"http://testserver{BACK}"
    form = re.search(r'name="redirect_uri" value="([^"]+)"', httpx.get(where).text)
    assert form
    done = httpx.post(f"{site.OIDC_ISSUER}/oauth2/end_session/confirm", data={"redirect_uri": form[1]})
    back = done.headers["Location"].removeprefix("http://testserver")
    assert "här och hos kommunen" in client.get(back).content.decode()
    assert "fortfarande vara inloggad" in client.get(back).content.decode()  # known once


def test_that_he_is_out_there_is_said_to_his_own_question_alone(nils: User) -> None:
    client = _signed_in()
    client.post(OUT)
    for lie in ("", "?state=", "?state=annan"):
        other = Client()
        other.cookies["sign-out"] = client.cookies["sign-out"].value
        assert "fortfarande vara inloggad" in other.get(f"{BACK}{lie}").content.decode()


@pytest.mark.parametrize("found", [{}, {"end_session_endpoint": "http://evil.example/"}, None])
def test_where_the_provider_offers_no_way_out_the_page_says_so(nils: User, monkeypatch, found) -> None:
    """Not offered, offered without encryption, and a provider that does not answer at all."""
    client, get = _signed_in(), oidc._get

    def described(asking: httpx.Client, address: str):
        if found is None:
            raise NotTrusted("provider: ConnectError")
        said = {name: value for name, value in get(asking, address).items() if name != "end_session_endpoint"}
        return {**said, **found}

    monkeypatch.setattr(oidc, "_get", described)
    answer = client.post(OUT)
    assert answer.headers["Location"] == BACK and "Refresh" not in answer.headers
    assert "fortfarande vara inloggad" in client.get(BACK).content.decode()
    assert not StaffSession.objects.filter(user=nils).exists()


def test_who_came_in_by_password_is_sent_nowhere(nils: User) -> None:
    client = Client()
    client.post("/personal/logga-in/", {"username": "nils", "password": PASSWORD})
    assert client.post(OUT).headers["Location"] == "/personal/logga-in/"


def test_a_new_password_does_not_forget_how_he_came(nils: User) -> None:
    client = _signed_in()
    new = "sunnanvind-och-tunga-moln"
    client.post("/personal/sakerhet/losenord/", {"old": PASSWORD, "new": new, "again": new})
    assert "Refresh" in client.post(OUT).headers
