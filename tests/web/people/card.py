"""What a person with a service card does: at the identity provider, on the way back, and on the way out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import httpx
from django.conf import settings as site
from django.test import Client

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


def signed_in() -> Client:
    client = browser()
    post(client, there(begin(client)))
    assert client.get(FINISH).status_code == 302
    return client


def out(client: Client, **says: object) -> str:
    """Sign out, as far as the provider's answer; where that sends the browser."""
    place = Path(site.SAML_IDP_METADATA).parent / "says.json"
    place.write_text(json.dumps({**json.loads(place.read_text()), **says}))
    where = client.post(OUT).headers["Refresh"].removeprefix("0; url=")
    return httpx.get(where).headers["Location"].removeprefix(f"http://{HOST}")
