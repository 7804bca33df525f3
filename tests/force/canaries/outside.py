"""Sign-in by the municipality, by OIDC and by SAML, through the pages and against real providers."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from django.conf import settings
from django.test import Client, override_settings

from klarsyn.people.models import User
from klarsyn.people.outside import oidc
from tests.servers.process import free_port, running
from tests.servers.saml import provider

New = Callable[[str], str]
ORGANISATION, HSA, LEVEL = "Exempelkommunen", "SE2321000016-1A2B", "http://id.sambi.se/loa/loa3"
HOST = "klarsyn.example.org"
OIDC = {
    "acr": LEVEL, "amr": "siths", "employeeHsaId": HSA, "credentialOrganizationName": ORGANISATION,
    "commissionPurpose": "Socialt stöd",
}  # fmt: skip
SAML = {
    "acr": "urn:sambi:names:attribute:levelOfAssurance", "amr": "urn:sambi:names:attribute:authnMethod",
    "employeeHsaId": "http://sambi.se/attributes/1/employeeHsaId", "given_name": "http://sambi.se/attributes/1/givenName",
    "family_name": "http://sambi.se/attributes/1/surname", "commissionHsaId": "http://sambi.se/attributes/1/commissionHsaId",
    "commissionPurpose": "http://sambi.se/attributes/1/commissionPurpose",
    "credentialOrganizationName": "urn:credential:organizationName",
}  # fmt: skip


def feed(new: New, keep: Callable[[str, str], None], user: User, password: str) -> None:
    """Come in, be refused and unlock the vault, by both ways. `keep(what, text)`: secrets that others made."""
    User.objects.filter(pk=user.pk).update(hsa_id=HSA)
    with (
        TemporaryDirectory(dir="/tmp") as theirs,  # the other side's machine, which is not searched
        override_settings(SIGN_IN_ORGANISATION=ORGANISATION),
    ):
        with _oidc_provider(Path(theirs)):
            for wrong in (
                {},
                {"employeeHsaId": new("oidc person")},
                {"credentialOrganizationName": new("oidc place")},
            ):
                _by_oidc(new, keep, wrong, "" if wrong else password)
        (place := Path(theirs) / "saml").mkdir()
        with (
            provider(place, SAML.values(), Client(SERVER_NAME=HOST)),
            override_settings(SAML_IDP_METADATA=str(place / "idp2.xml")),
        ):
            for wrong in (
                {},
                {"employeeHsaId": new("saml person")},
                {"credentialOrganizationName": new("saml place")},
            ):
                _by_saml(new, keep, place, wrong, "" if wrong else password)


def _names(new: New, way: str) -> dict[str, str]:
    names = ("given_name", "family_name", "commissionHsaId")
    return {name: new(f"{way} {name}") for name in names}


@contextmanager
def _oidc_provider(theirs: Path) -> Iterator[None]:
    port = free_port()
    words = ("-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true")
    with running(*words, port=port, log=theirs / "oidc.log") as at, override_settings(
        OIDC_ISSUER=at, OIDC_CLIENT_ID="klarsyn", OIDC_CLIENT_SECRET=None
    ):  # fmt: skip
        yield


def _by_oidc(new: New, keep: Callable[[str, str], None], wrong: Mapping[str, str], password: str) -> None:
    secret, who = new("oidc client secret"), new("oidc subject")
    claims = {**OIDC, **_names(new, "oidc"), "email": new("oidc email"), "other": new("oidc claim"), **wrong}
    tokens = _overheard(keep)
    with override_settings(OIDC_CLIENT_SECRET=secret), tokens:
        client = Client()
        begun = client.get("/personal/logga-in/oidc/", {"next": f"/personal/?q={new('oidc next')}"})
        address = begun.headers["Location"]
        _ask(
            f"{settings.OIDC_ISSUER}/users/{quote(who)}",
            "PUT",
            json.dumps(claims).encode(),
            "application/json",
        )
        back = urlsplit(_ask(address, "POST", urlencode({"sub": who}).encode()))
        for name, text in [*parse_qsl(urlsplit(address).query), *parse_qsl(back.query)]:
            if name in ("state", "nonce", "code"):
                keep(f"oidc {name}", text)
        keep("oidc verifier", client.session["outside"]["verifier"])
        answer = client.get(f"{back.path}?{back.query}")
        _arrived(new, client, answer.status_code, password)
        for lie in ("code", "state", "error", "error_description"):
            client.get("/personal/logga-in/oidc/svar/", {lie: new(f"oidc {lie} sent")})


def _by_saml(
    new: New, keep: Callable[[str, str], None], place: Path, wrong: Mapping[str, str], password: str
) -> None:
    claims = {"acr": LEVEL, "amr": "siths", "employeeHsaId": HSA, "credentialOrganizationName": ORGANISATION,
              "commissionPurpose": "Socialt stöd", **_names(new, "saml"), **wrong}  # fmt: skip
    says = {"attributes": {SAML[name]: [text] for name, text in claims.items()}, "sign": "assertion"}
    (place / "says.json").write_text(json.dumps({**says, "name_id": new("saml name")}))
    client, crossing = Client(SERVER_NAME=HOST), Client(SERVER_NAME=HOST)
    begun = client.get("/personal/logga-in/saml/", {"next": f"/personal/?q={new('saml next')}"})
    keep("saml question", client.session["outside"]["id"].removeprefix("ONELOGIN_"))
    with urllib.request.urlopen(begun.headers["Location"], timeout=30) as answer:
        form = json.load(answer)
    keep("saml answer", form["SAMLResponse"][-400:].rstrip("="))
    crossing.post("/personal/logga-in/saml/svar/", form)
    crossing.post("/personal/logga-in/saml/svar/", {"SAMLResponse": new("saml answer sent")})
    client.cookies.update(crossing.cookies)
    keep("saml cookie", crossing.cookies["saml-answer"].value)
    finished = client.get("/personal/logga-in/saml/klar/")
    _arrived(new, client, finished.status_code, password)


def _arrived(new: New, client: Client, status: int, password: str) -> None:
    """In with the right one, refused with a wrong one; the vault is tried with a wrong password and the right."""
    assert status == (302 if password else 409)
    if password:
        client.post("/personal/las-upp/", {"password": new("typed to unlock")})
        assert client.post("/personal/las-upp/", {"password": password}).status_code == 302
        sent = client.post("/personal/logga-ut/")
        assert sent.headers["Refresh"].startswith("0; url=http://127.0.0.1")
        client.get(
            "/personal/logga-ut/klar/",
            {"state": new("sign-out state"), "SAMLResponse": new("sign-out answer")},
        )


@contextmanager
def _overheard(keep: Callable[[str, str], None]) -> Iterator[None]:
    """Whatever the provider gives the site for the code is noted here as well."""
    redeem = oidc._redeem

    def noted(*asked: Any) -> Mapping[str, Any]:
        tokens = redeem(*asked)
        keep("oidc access token", str(tokens["access_token"]))
        keep("oidc identity token", str(tokens["id_token"]).rpartition(".")[2])
        return tokens

    oidc._redeem = noted
    try:
        yield
    finally:
        oidc._redeem = redeem


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


def _ask(address: str, method: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> str:
    """As the person's browser at the provider: not by the site's own client, which is listened to. Where it leads."""
    asked = urllib.request.Request(address, body, {"Content-Type": kind}, method=method)
    try:
        with urllib.request.build_opener(_Stay).open(asked, timeout=30) as answer:
            return str(answer.headers.get("Location", ""))
    except urllib.error.HTTPError as answer:
        if answer.code not in (302, 303):
            raise
        return str(answer.headers["Location"])
