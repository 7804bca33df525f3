"""The municipality's own sign-in by SAML 2, against an identity provider that is another process."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import httpx
import pytest
from django.conf import settings as site

from klarsyn.base.models import AuditEvent
from klarsyn.people.models import StaffSession, User
from klarsyn.people.outside import saml
from tests.make import PASSWORD
from tests.people import ground
from tests.servers.saml import certificate
from tests.web.people.card import (
    ANSWER,
    BEGIN,
    FINISH,
    HOST,
    HSA,
    LEVEL,
    SECURITY,
    WHERE,
    WHO,
    Change,
    begin,
    browser,
    post,
    there,
)


def refused() -> list[str]:
    return list(
        AuditEvent.objects.filter(action="sign_in.saml", outcome="refused").values_list("actor", flat=True)
    )


def test_nils_comes_in_by_card_and_unlocks_the_vault_here(nils_by_card: User) -> None:
    client = browser()
    answer = post(client, there(begin(client, SECURITY)))
    assert (answer.status_code, answer.headers["Location"]) == (303, FINISH)
    assert site.SESSION_COOKIE_NAME not in answer.cookies
    assert client.get(FINISH).headers["Location"] == f"/personal/las-upp/?next={SECURITY}"
    assert "Valvet är låst" in client.get(SECURITY).content.decode()
    client.post("/personal/las-upp/", {"password": PASSWORD})
    assert "Valvet är upplåst" in client.get(SECURITY).content.decode()
    line = AuditEvent.objects.get(action="sign_in.saml")
    assert (line.actor, line.object) == (nils_by_card.pseudonym, "loa3 urn:sambi:names:ac:classes:siths")


def test_an_answer_belongs_to_the_browser_that_asked_and_is_taken_once(nils_by_card: User) -> None:
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
def test_a_card_that_is_not_good_enough_lets_nobody_in(nils_by_card: User, says, sentence: str) -> None:
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
def test_an_answer_that_was_changed_on_its_way_is_refused_and_leaves_nothing(
    nils_by_card: User, change
) -> None:
    client = browser()
    form = _changed(there(begin(client)), change)
    before = StaffSession.objects.count()
    answer = post(client, form)
    assert answer.status_code == 409 and "inte att lita på" in answer.content.decode()
    assert client.get(FINISH).status_code == 409 and StaffSession.objects.count() <= before
    assert set(refused()) == {"nobody"}


def test_a_signed_answer_wrapped_round_a_forged_one_is_refused(nils_by_card: User) -> None:
    """XML signature wrapping: the signed assertion is there, but another one stands where it would be read."""

    def wrap(xml: str) -> str:
        found = re.search(r"<(\w+:)Assertion.*</\1Assertion>", xml, flags=re.S)
        assert found
        bare = FORGERIES["no signature"](found.group()).replace(HSA, "SE2321000016-9Z9Z")
        evil = re.sub(r' ID="[^"]+"', ' ID="evil"', bare, count=1)
        return xml.replace(found.group(), evil + found.group())

    assert post(browser(), _changed(there(begin(browser())), wrap)).status_code == 409


@pytest.mark.parametrize("form", [{}, {"SAMLResponse": "x" * 300_000}, {"SAMLResponse": "ö"}])
def test_whatever_else_is_posted_is_refused(nils_by_card: User, form: dict[str, str]) -> None:
    assert post(browser(), form).status_code == 409


@pytest.mark.parametrize("sign", ["", "response"])
def test_an_answer_whose_assertion_is_not_signed_is_refused(nils_by_card: User, sign: str) -> None:
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
def test_a_rightly_signed_answer_that_is_not_meant_for_us_is_refused(
    nils_by_card: User, change: Change
) -> None:
    client = browser()
    assert post(client, there(begin(client), change=change)).status_code == 409


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
