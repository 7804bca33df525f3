"""Signing out here and at the identity provider, which is another process: who asks, who answers, who is believed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from klarsyn.people.models import StaffSession, User
from tests.servers.saml import certificate
from tests.web.people.card import BACK, OUT, out, signed_in


def test_nils_signs_out_here_at_once_and_then_at_the_provider(nils_by_card: User, folder: Path) -> None:
    client = signed_in()
    name = client.session["leaves_by"]["name"]
    back = out(client)
    assert not StaffSession.objects.filter(user=nils_by_card).exists() and back.startswith(BACK)
    assert json.loads((folder / "left.json").read_text()) == {"name": name, "signed": False}
    assert "här och hos kommunen" in client.get(back).content.decode()
    assert "fortfarande vara inloggad" in client.get(back).content.decode()  # known once


@pytest.mark.parametrize("says", [
    {"unsigned_out": True}, {"change_out": [(r'InResponseTo="[^"]+"', 'InResponseTo="annan"')]},
    {"change_out": [("status:Success", "status:Responder")]},
    {"change_out": [(r'Destination="http://klarsyn', 'Destination="http://annan')]},
    {"change_out": [(r"(<\w+:Issuer[^>]*>)[^<]+", r"\1https://annan")]},
    {"signs_with": "other/key.pem"}, {"sha1": True}, {"asks_out": True},
])  # fmt: skip
def test_a_provider_that_has_not_said_so_to_this_question_is_not_believed(
    nils_by_card: User, folder: Path, says
) -> None:
    (folder / "other").mkdir(exist_ok=True)
    certificate(folder / "other")  # somebody else's key
    client = signed_in()
    assert "fortfarande vara inloggad" in client.get(out(client, **says)).content.decode()


@pytest.mark.parametrize("change", [
    (r"SAMLResponse=[^&]{20}", "SAMLResponse=" + "A" * 20), (r"RelayState=[^&]*", "RelayState=annan"),
    (r"Signature=[^&]{8}", "Signature=AAAAAAAA"), (r"&Signature=[^&]*", ""), (r"rsa-sha256", "rsa-sha512"),
])  # fmt: skip
def test_an_answer_about_signing_out_that_was_changed_on_its_way_is_not_believed(
    nils_by_card: User, change
) -> None:
    client = signed_in()
    back = out(client)
    changed = re.sub(*change, back)
    assert changed != back and "fortfarande vara inloggad" in client.get(changed).content.decode()


def test_with_a_key_of_our_own_we_ask_to_be_signed_out_under_our_signature(
    own_key: Path, folder: Path
) -> None:
    """The provider checks it with our certificate, and its own answer is believed as before."""
    client = signed_in()
    back = out(client, wants_signed=True)
    assert json.loads((folder / "left.json").read_text())["signed"] is True
    assert "här och hos kommunen" in client.get(back).content.decode()


def test_where_the_provider_demands_a_signature_it_signs_nobody_out_without_a_right_one(
    own_key: Path, settings
) -> None:
    client, settings.SAML_KEY = signed_in(), ""
    with pytest.raises(httpx.HTTPError):
        out(client, wants_signed=True)  # not signed at all
    assert not StaffSession.objects.filter(user__username="nils").exists()  # out here all the same
    client = signed_in()
    settings.SAML_KEY = str(own_key / "key.pem")
    where = client.post(OUT).headers["Refresh"].removeprefix("0; url=")
    for wrong in (
        re.sub(r"Signature=[^&]{8}", "Signature=AAAAAAAA", where),
        where.replace("SigAlg", "RelayState=x&SigAlg"),
    ):
        assert wrong != where
        with pytest.raises(httpx.HTTPError):
            httpx.get(wrong)
    assert httpx.get(where).status_code == 302


def test_another_browser_is_not_told_that_it_isout(nils_by_card: User) -> None:
    client, other = signed_in(), signed_in()
    back = out(client)
    other.post(OUT)
    assert "fortfarande vara inloggad" in other.get(back).content.decode()


def test_where_the_metadata_offers_no_way_out_the_page_says_so(
    nils_by_card: User, folder: Path, settings
) -> None:
    without = re.sub(r"<[\w:]*SingleLogoutService[^>]*/>", "", (folder / "idp2.xml").read_text())
    (folder / "idp3.xml").write_text(without)
    settings.SAML_IDP_METADATA = str(folder / "idp3.xml")
    client = signed_in()
    answer = client.post(OUT)
    assert answer.headers["Location"] == BACK and "Refresh" not in answer.headers
    assert "fortfarande vara inloggad" in client.get(BACK).content.decode()
