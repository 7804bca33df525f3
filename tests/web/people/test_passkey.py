"""A passkey, in software, as the second factor: made, used, and refused when it is another's."""

from __future__ import annotations

import html
import json
import re
from copy import deepcopy

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from klarsyn.base.models import AuditEvent
from klarsyn.people.roles import Analyst
from tests.make import member
from tests.people import ground
from tests.web.people.device import Device
from tests.web.people.steps import SECOND, type_password

ADD, HOST = "/personal/sakerhet/passnyckel/", "klarsyn.example.org"
ORIGIN = f"https://{HOST}"


@pytest.fixture(autouse=True)
def _ground(db) -> None:
    ground()


def _options(page: str) -> dict:
    """What the page hands the browser."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page[:200]
    return json.loads(html.unescape(found.group(1)))


def secure() -> Client:
    return Client(SERVER_NAME=HOST, **{"wsgi.url_scheme": "https"})


def add(client: Client, device: Device, origin: str = ORIGIN):
    options = _options(client.get(ADD).content.decode())
    return client.post(ADD, {"name": "Nyckelringen", "answer": device.create(options, origin)})


def use(client: Client, device: Device, origin: str = ORIGIN):
    options = _options(client.get(SECOND).content.decode())
    return client.post(SECOND, {"answer": device.get(options, origin)})


@pytest.fixture
def device() -> Device:
    """Nils's key, added."""
    member("nils", Analyst)
    client, key = secure(), Device()
    type_password(client)
    assert add(client, key).headers["Location"] == "/personal/sakerhet/koder/"
    return key


def test_nils_adds_a_passkey_and_signs_in_with_it_after_the_password(device: Device) -> None:
    client = secure()
    assert type_password(client).headers["Location"] == SECOND
    assert use(client, device).headers["Location"] == "/personal/"
    page = client.get("/personal/sakerhet/").content.decode()
    assert "Passnyckeln Nyckelringen" in page and "Valvet är upplåst" in page
    acts = [(e.action, e.object) for e in AuditEvent.objects.filter(action__contains="factor")]
    assert acts == [
        ("factor.add", "webauthn"), ("factor.codes", ""),
        ("sign_in.factor", "webauthn"), ("sign_in.second_factor", "webauthn"),
    ]  # fmt: skip


def test_a_copy_of_the_key_is_noticed_by_its_count(device: Device) -> None:
    copy = deepcopy(device)
    for _ in range(2):
        client = secure()
        type_password(client)
        assert use(client, device).status_code == 302
    client = secure()
    type_password(client)
    assert use(client, copy).status_code == 422  # it counts from where the real one stood before
    line = AuditEvent.objects.get(action="factor.copied")
    assert (line.object, line.outcome) == ("webauthn", "refused")
    assert client.get("/personal/").status_code == 302


def test_a_key_that_never_counts_is_good_again_and_again(db) -> None:
    member("nils", Analyst)
    client, key = secure(), Device(counts=False)
    type_password(client)
    add(client, key)
    for _ in range(2):
        client = secure()
        type_password(client)
        assert use(client, key).status_code == 302


def test_a_passkey_alone_opens_nothing(device: Device) -> None:
    assert secure().get(SECOND).headers["Location"] == "/personal/logga-in/"


def test_an_answer_is_good_for_its_own_challenge_once(device: Device) -> None:
    client = secure()
    type_password(client)
    options = _options(client.get(SECOND).content.decode())
    answer = device.get(options, ORIGIN)
    client.get(SECOND)  # a new challenge: the old answer is void
    assert client.post(SECOND, {"answer": answer}).status_code == 422


@pytest.mark.parametrize("origin", ["https://example.com", f"http://{HOST}", f"https://{HOST}.evil.org"])
def test_another_site_cannot_have_the_key_used_here(device: Device, origin: str) -> None:
    client = secure()
    type_password(client)
    assert use(client, device, origin).status_code == 422


def test_another_persons_key_does_not_let_nils_in(device: Device) -> None:
    member("anna", Analyst)
    hers, key = secure(), Device()
    type_password(hers, "anna")
    add(hers, key)
    client = secure()
    type_password(client)
    options = _options(client.get(SECOND).content.decode())
    assert client.post(SECOND, {"answer": key.get(options, ORIGIN)}).status_code == 422


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '"x"', '{"id": 1}', "ö" * 100, "{" * 2000])
def test_whatever_else_comes_as_an_answer_is_refused(device: Device, answer: str) -> None:
    client = secure()
    type_password(client)
    client.get(SECOND)
    assert client.post(SECOND, {"answer": answer}).status_code == 422
    assert client.get("/personal/").status_code == 302
    client.get(ADD)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
