"""The municipality's own sign-in by SAML 2, against an identity provider that is another process."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest
from django.conf import settings as site
from django.test import Client

from klarsyn.base.models import AuditEvent
from klarsyn.people.models import StaffSession, User
from klarsyn.people.outside import saml
from klarsyn.people.roles import Analyst
from tests.make import PASSWORD, member
from tests.people import ground
from tests.servers.saml import certificate, provider

BEGIN, ANSWER, FINISH = (f"/personal/logga-in/saml/{step}" for step in ("", "svar/", "klar/"))
SECURITY, HOST = "/personal/sakerhet/", "klarsyn.example.org"
HSA, ORGANISATION = "SE2321000016-1A2B", "Exempelkommunen"
SAYS = {
    "urn:sambi:names:attribute:levelOfAssurance": "http://id.sambi.se/loa/loa3",
    "urn:sambi:names:attribute:authnMethod": "urn:sambi:names:ac:classes:siths",
    "http://sambi.se/attributes/1/employeeHsaId": HSA,
    "urn:credential:organizationName": ORGANISATION,
}
LEVEL, _METHOD, WHO, WHERE = SAYS
OUT, BACK = "/personal/logga-ut/", "/personal/logga-ut/klar/"
Change = Sequence[tuple[str, str]]  # (what stands there, what is put there) before the provider signs


def browser() -> Client:
    return Client(SERVER_NAME=HOST)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Path]:
    """The provider, running; its metadata is in `idp.xml`, what it says next is written to `says.json`."""
    with django_db_blocker.unblock(), provider(tmp_path_factory.mktemp("saml"), SAYS, browser()) as place:
        yield place


@pytest.fixture
def nils(db, folder: Path, settings) -> User:
    ground()
    settings.SAML_IDP_METADATA, settings.SIGN_IN_ORGANISATION = str(folder / "idp2.xml"), ORGANISATION
    user = member("nils", Analyst)
    User.objects.filter(pk=user.pk).update(hsa_id=HSA)
    return user


def begin(client: Client, next_: str = "") -> str:
    return client.get(BEGIN, {"next": next_} if next_ else {}).headers["Location"]


def there(
    address: str, *, sign: str = "assertion", change: Change = (), more: dict[str, bool] | None = None, **says: str | None
) -> dict[str, str]:  # fmt: skip
    """What the provider gives the browser to post to us."""
    attributes = {name: [value] for name, value in {**SAYS, **says}.items() if value is not None}
    said = {"attributes": attributes, "sign": sign, "change": change, **(more or {})}
    (Path(site.SAML_IDP_METADATA).parent / "says.json").write_text(json.dumps(said))
    answer = httpx.get(address, timeout=30)
    answer.raise_for_status()
    return answer.json()


def post(client: Client, form: dict[str, str]):
    """As a browser does from another site: without our session's cookie. What we set comes back with the rest."""
    crossing = Client(enforce_csrf_checks=True, SERVER_NAME=HOST)
    answer = crossing.post(ANSWER, form, HTTP_ORIGIN="https://idp.example")
    client.cookies.update(crossing.cookies)
    return answer


def refused() -> list[str]:
    return list(
        AuditEvent.objects.filter(action="sign_in.saml", outcome="refused").values_list("actor", flat=True)
    )


def test_nils_comes_in_by_card_and_unlocks_the_vault_here(nils: User) -> None:
    client = browser()
    answer = post(client, there(begin(client, SECURITY)))
    assert (answer.status_code, answer.headers["Location"]) == (303, FINISH)
    assert site.SESSION_COOKIE_NAME not in answer.cookies
    assert client.get(FINISH).headers["Location"] == f"/personal/las-upp/?next={SECURITY}"
    assert "Valvet är låst" in client.get(SECURITY).content.decode()
    client.post("/personal/las-upp/", {"password": PASSWORD})
    assert "Valvet är upplåst" in client.get(SECURITY).content.decode()
    line = AuditEvent.objects.get(action="sign_in.saml")
    assert (line.actor, line.object) == (nils.pseudonym, "loa3 urn:sambi:names:ac:classes:siths")


def test_an_answer_belongs_to_the_browser_that_asked_and_is_taken_once(nils: User) -> None:
    asking, other = browser(), browser()
    form = there(begin(asking))
    begin(other)
    assert post(other, form).status_code == 303
    assert other.get(FINISH).status_code == 409  # somebody else's sign-in is not pushed on anyone
    assert post(asking, form).status_code == 303
    assert asking.get(FINISH).status_code == 302 and asking.get(FINISH).status_code == 409
    post(asking, form)
    assert asking.get(FINISH).status_code == 409  # the question has been answered


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        ({LEVEL: "http://id.sambi.se/loa/loa2"}, "låg tillitsnivå"), ({LEVEL: None}, "låg tillitsnivå"),
        ({WHERE: "Grannkommunen"}, "annan organisation"), ({WHO: "SE-annan"}, "inget konto"),
        ({WHO: None}, "inte vem det är"),
    ],
)  # fmt: skip
def test_a_card_that_is_not_good_enough_lets_nobody_in(nils: User, says, sentence: str) -> None:
    client = browser()
    post(client, there(begin(client), **says))
    answer = client.get(FINISH)
    assert answer.status_code == 409 and sentence in answer.content.decode()
    assert client.get("/personal/").status_code == 302 and len(refused()) == 1


def _changed(form: dict[str, str], change) -> dict[str, str]:
    xml = change(base64.b64decode(form["SAMLResponse"]).decode())
    return {**form, "SAMLResponse": base64.b64encode(xml.encode()).decode()}


FORGERIES = {
    "another person": lambda xml: xml.replace(HSA, "SE2321000016-9Z9Z"),
    "no signature": lambda xml: re.sub(r"<(\w+:)?Signature .*?</(\w+:)?Signature>", "", xml, flags=re.S),
    "another audience": lambda xml: re.sub(r"(<\w+:Audience>)[^<]+", r"\1https://annan", xml),
    "later": lambda xml: re.sub(r'NotOnOrAfter="20\d\d', 'NotOnOrAfter="2999', xml),
    "another place": lambda xml: xml.replace(f"http://{HOST}{ANSWER}", "http://annan/svar/"),
    "nothing": lambda xml: "",
    "not XML": lambda xml: "<a",
    "an entity": lambda xml: (
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + xml.replace(HSA, "&b;")
    ),
}


@pytest.mark.parametrize("change", FORGERIES.values(), ids=FORGERIES)
def test_an_answer_that_was_changed_on_its_way_is_refused_and_leaves_nothing(nils: User, change) -> None:
    client = browser()
    form = _changed(there(begin(client)), change)
    before = StaffSession.objects.count()
    answer = post(client, form)
    assert answer.status_code == 409 and "inte att lita på" in answer.content.decode()
    assert client.get(FINISH).status_code == 409 and StaffSession.objects.count() <= before
    assert set(refused()) == {"nobody"}


def test_a_signed_answer_wrapped_round_a_forged_one_is_refused(nils: User) -> None:
    """XML signature wrapping: the signed assertion is there, but another one stands where it would be read."""

    def wrap(xml: str) -> str:
        found = re.search(r"<(\w+:)Assertion.*</\1Assertion>", xml, flags=re.S)
        assert found
        bare = FORGERIES["no signature"](found.group()).replace(HSA, "SE2321000016-9Z9Z")
        evil = re.sub(r' ID="[^"]+"', ' ID="evil"', bare, count=1)
        return xml.replace(found.group(), evil + found.group())

    assert post(browser(), _changed(there(begin(browser())), wrap)).status_code == 409


@pytest.mark.parametrize("form", [{}, {"SAMLResponse": "x" * 300_000}, {"SAMLResponse": "ö"}])
def test_whatever_else_is_posted_is_refused(nils: User, form: dict[str, str]) -> None:
    assert post(browser(), form).status_code == 409


@pytest.mark.parametrize("sign", ["", "response"])
def test_an_answer_whose_assertion_is_not_signed_is_refused(nils: User, sign: str) -> None:
    client = browser()
    assert post(client, there(begin(client), sign=sign)).status_code == 409


NOT_FOR_US = {
    "for another audience": [(r"(<\w+:Audience>)[^<]+", r"\1https://annan")],
    "no longer": [(r'NotOnOrAfter="20\d\d', 'NotOnOrAfter="2001')],
    "not yet": [(r'NotBefore="20\d\d', 'NotBefore="2999')],
    "to another place": [(r'(Recipient|Destination)="[^"]+"', r'\1="https://annan/"')],
    "by somebody else": [(r"(<\w+:Issuer[^>]*>)[^<]+", r"\1https://annan")],
    "to no question": [(r' InResponseTo="[^"]+"', "")],
    "as a failure": [(r"status:Success", "status:AuthnFailed")],
}


@pytest.mark.parametrize("change", NOT_FOR_US.values(), ids=NOT_FOR_US)
def test_a_rightly_signed_answer_that_is_not_meant_for_us_is_refused(nils: User, change: Change) -> None:
    client = browser()
    assert post(client, there(begin(client), change=change)).status_code == 409


@pytest.fixture
def own_key(nils: User, folder: Path, settings) -> Path:
    """The site with a key and a certificate of its own, which the provider knows."""
    place = folder / "site"
    place.mkdir(exist_ok=True)
    certificate(place)
    (folder / "site.pem").write_bytes((place / "cert.pem").read_bytes())
    saml._own.cache_clear()
    settings.SAML_KEY, settings.SAML_CERTIFICATE = str(place / "key.pem"), str(place / "cert.pem")
    return place


SIGNED, ENCRYPTED = {"wants_signed": True}, {"wants_signed": True, "encrypt": True}


def test_with_a_key_of_our_own_questions_are_signed_and_answers_may_be_encrypted(own_key: Path) -> None:
    for more in (SIGNED, ENCRYPTED):
        client = browser()
        form = there(begin(client, SECURITY), more=more)
        assert (HSA in base64.b64decode(form["SAMLResponse"]).decode()) is (more is SIGNED)
        assert post(client, form).status_code == 303
        assert client.get(FINISH).headers["Location"] == f"/personal/las-upp/?next={SECURITY}"
    assert "X509Certificate" in browser().get(f"{BEGIN}metadata.xml").content.decode()


def test_a_question_that_was_changed_or_not_signed_gets_no_answer_there(own_key: Path, settings) -> None:
    address = begin(browser())
    with pytest.raises(httpx.HTTPError):
        there(address.replace("SigAlg=", "RelayState=https%3A%2F%2Fannan&SigAlg="), more=SIGNED)
    settings.SAML_KEY = ""
    with pytest.raises(httpx.HTTPError):
        there(begin(browser()), more=SIGNED)


def test_where_answers_must_be_encrypted_a_readable_one_is_refused(own_key: Path, settings) -> None:
    settings.SAML_ENCRYPTED = True
    client = browser()
    assert post(client, there(begin(client))).status_code == 409
    assert post(client, there(begin(client), more=ENCRYPTED)).status_code == 303
    certificate(own_key)  # encrypted to a key that is no longer ours
    saml._own.cache_clear()
    assert post(client, there(begin(client), more={"encrypt": True})).status_code == 409


def test_without_a_provider_the_way_does_not_exist(db) -> None:
    ground()
    for path in (BEGIN, FINISH, f"{BEGIN}metadata.xml"):
        assert browser().get(path).status_code == 404
    assert browser().post(ANSWER, {}).status_code == 404


def _signed_in() -> Client:
    client = browser()
    post(client, there(begin(client)))
    assert client.get(FINISH).status_code == 302
    return client


def _out(client: Client, **says: object) -> str:
    """Sign out, as far as the provider's answer; where that sends the browser."""
    place = Path(site.SAML_IDP_METADATA).parent / "says.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), **says}))
    where = client.post(OUT).headers["Refresh"].removeprefix("0; url=")
    return httpx.get(where).headers["Location"].removeprefix(f"http://{HOST}")


def test_nils_signs_out_here_at_once_and_then_at_the_provider(nils: User, folder: Path) -> None:
    client = _signed_in()
    name = client.session["leaves_by"]["name"]
    back = _out(client)
    assert not StaffSession.objects.filter(user=nils).exists() and back.startswith(BACK)
    assert json.loads((folder / "left.json").read_text()) == {"name": name, "signed": False}
    assert "här och hos kommunen" in client.get(back).content.decode()
    assert "fortfarande vara inloggad" in client.get(back).content.decode()  # known once


@pytest.mark.parametrize("says", [
    {"unsigned_out": True}, {"change_out": [(r'InResponseTo="[^"]+"', 'InResponseTo="annan"')]},
    {"change_out": [("status:Success", "status:Responder")]},
    {"change_out": [(r'Destination="http://klarsyn', 'Destination="http://annan')]},
])  # fmt: skip
def test_a_provider_that_has_not_said_so_to_this_question_is_not_believed(nils: User, says) -> None:
    client = _signed_in()
    assert "fortfarande vara inloggad" in client.get(_out(client, **says)).content.decode()


def test_another_browser_is_not_told_that_it_is_out(nils: User) -> None:
    client, other = _signed_in(), _signed_in()
    back = _out(client)
    other.post(OUT)
    assert "fortfarande vara inloggad" in other.get(back).content.decode()


def test_where_the_metadata_offers_no_way_out_the_page_says_so(nils: User, folder: Path, settings) -> None:
    without = re.sub(r"<[\w:]*SingleLogoutService[^>]*/>", "", (folder / "idp2.xml").read_text())
    (folder / "idp3.xml").write_text(without)
    settings.SAML_IDP_METADATA = str(folder / "idp3.xml")
    client = _signed_in()
    answer = client.post(OUT)
    assert answer.headers["Location"] == BACK and "Refresh" not in answer.headers
    assert "fortfarande vara inloggad" in client.get(BACK).content.decode()
