"""The SAML identity provider of `saml_idp.py`, started for a while; it knows the site and the site knows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.test import Client, override_settings

from tests.servers.process import free_port, running

METADATA = "/personal/logga-in/saml/metadata.xml"
FIRST = """<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x"><IDPSSODescriptor
 protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><SingleSignOnService Location="http://127.0.0.1/"
 Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"/></IDPSSODescriptor></EntityDescriptor>"""


@contextmanager
def provider(place: Path, names: Iterable[str], browser: Client) -> Iterator[Path]:
    """A running provider that says attributes of these names; its metadata is `idp2.xml` in the folder.

    What it says next is read from `says.json` there. `browser` asks for our own metadata.
    """
    port = free_port()
    certificate(place)
    (place / "names.json").write_text(json.dumps(list(names)))
    (place / "idp.xml").write_text(FIRST)  # our own metadata can be asked for before the provider is there
    with override_settings(SAML_IDP_METADATA=str(place / "idp.xml")):
        (place / "sp.xml").write_bytes(browser.get(METADATA).content)
    with running("-m", "tests.servers.saml_idp", str(port), str(place), port=port, log=place / "log"):
        # By another name: the first is remembered.
        (place / "idp2.xml").write_bytes((place / "idp.xml").read_bytes())
        yield place


def certificate(folder: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp")])
    today = datetime(2026, 1, 1)  # noqa: DTZ001  a certificate's day
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(today).not_valid_after(today + timedelta(days=36_500))
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, serialization.NoEncryption()))
