"""The identity provider of the service cards, and who comes in by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from klarsyn.people.models import User
from klarsyn.people.outside import saml
from klarsyn.people.roles import Analyst
from tests.make import member
from tests.people import ground
from tests.servers.saml import certificate, provider
from tests.web.people.card import HSA, ORGANISATION, SAYS, browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Path]:
    """The provider, running; its metadata is in `idp.xml`, what it says next is written to `says.json`."""
    with django_db_blocker.unblock(), provider(tmp_path_factory.mktemp("saml"), SAYS, browser()) as place:
        yield place


@pytest.fixture
def nils_by_card(db, folder: Path, settings) -> User:
    ground()
    settings.SAML_IDP_METADATA, settings.SIGN_IN_ORGANISATION = str(folder / "idp2.xml"), ORGANISATION
    user = member("nils", Analyst)
    User.objects.filter(pk=user.pk).update(hsa_id=HSA)
    return user


@pytest.fixture
def own_key(nils_by_card: User, folder: Path, settings) -> Path:
    """The site with a key and a certificate of its own, which the provider knows."""
    place = folder / "site"
    place.mkdir(exist_ok=True)
    certificate(place)
    (folder / "site.pem").write_bytes((place / "cert.pem").read_bytes())
    saml._own.cache_clear()
    settings.SAML_KEY, settings.SAML_CERTIFICATE = str(place / "key.pem"), str(place / "cert.pem")
    return place
