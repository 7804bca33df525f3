"""A SAML identity provider as a program of its own (pysaml2), for the tests of sign-in.

    python tests/servers/saml_idp.py PORT FOLDER

FOLDER holds `sp.xml` (our metadata), `key.pem`, `cert.pem`; `idp.xml` is written there. GET /sso?SAMLRequest=… answers with
JSON {"SAMLResponse", "RelayState"}; what it says is in FOLDER/says.json, read at each request. pysaml2 signs by the program
xmlsec1, which is not everywhere: here the `xmlsec` library signs what pysaml2 has made.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import xmlsec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate
from lxml import etree
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, sigver
from saml2.attribute_converter import AttributeConverter
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAME_FORMAT_URI, NAMEID_FORMAT_TRANSIENT, NameID
from saml2.server import Server

RSA_SHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
PASSWORD = {"class_ref": "http://id.sambi.se/loa/loa3", "authn_auth": "http://127.0.0.1/"}


class NoProgram(sigver.CryptoBackend):
    """pysaml2's own signing is not used: see `signed`."""

    version = "none"


def config(port: int, folder: Path, with_sp: bool) -> IdPConfig:
    at = f"http://127.0.0.1:{port}"
    sso = {
        "single_sign_on_service": [(f"{at}/sso", BINDING_HTTP_REDIRECT)],
        "single_logout_service": [(f"{at}/slo", BINDING_HTTP_REDIRECT)],
    }
    about: dict[str, Any] = {
        "entityid": f"{at}/idp", "key_file": str(folder / "key.pem"), "cert_file": str(folder / "cert.pem"),
        "service": {"idp": {"endpoints": sso, "name_id_format": [NAMEID_FORMAT_TRANSIENT], "policy": {"default": {"lifetime": {"minutes": 5}}}}},
    }  # fmt: skip
    if with_sp:
        about["xmlsec_binary"] = "/bin/true"  # asked for, never run
        about["metadata"] = {"local": [str(folder / "sp.xml")]}
    return IdPConfig().load(about)


def signed(xml: str, folder: Path, what: str) -> bytes:
    """The document with its "assertion" or its "response" signed (RSA-SHA256, exclusive canonical form)."""
    root = etree.fromstring(xml.encode())
    assertion = root if what == "response" else root.find(f".//{ASSERTION}Assertion")
    node = xmlsec.template.create(assertion, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256)
    assertion.insert(1, node)  # after the issuer, as the schema wants
    reference = xmlsec.template.add_reference(node, xmlsec.Transform.SHA256, uri=f"#{assertion.get('ID')}")
    xmlsec.template.add_transform(reference, xmlsec.Transform.ENVELOPED)
    xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(node))
    xmlsec.tree.add_ids(assertion, ["ID"])
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_file(str(folder / "key.pem"), xmlsec.KeyFormat.PEM)
    context.key.load_cert_from_file(str(folder / "cert.pem"), xmlsec.KeyFormat.PEM)
    context.sign(node)
    return etree.tostring(root)


def encrypted(xml: bytes, folder: Path) -> bytes:
    """The document with its assertion encrypted to the site's certificate (AES-256-GCM under RSA-OAEP)."""
    root = etree.fromstring(xml)
    assertion = root.find(f".//{ASSERTION}Assertion")
    data = xmlsec.template.encrypted_data_create(
        root, xmlsec.Transform.AES256_GCM, type=xmlsec.EncryptionType.ELEMENT, ns="xenc"
    )
    xmlsec.template.encrypted_data_ensure_cipher_value(data)
    about = xmlsec.template.encrypted_data_ensure_key_info(data, ns="dsig")
    key = xmlsec.template.add_encrypted_key(about, xmlsec.Transform.RSA_OAEP)
    xmlsec.template.encrypted_data_ensure_cipher_value(key)
    manager = xmlsec.KeysManager()
    manager.add_key(xmlsec.Key.from_file(str(folder / "site.pem"), xmlsec.KeyFormat.CERT_PEM, None))
    context = xmlsec.EncryptionContext(manager)
    context.key = xmlsec.Key.generate(xmlsec.KeyData.AES, 256, xmlsec.KeyDataType.SESSION)
    made = context.encrypt_xml(data, assertion)
    parent = made.getparent()
    around = etree.Element(f"{ASSERTION}EncryptedAssertion", nsmap={"saml": ASSERTION.strip("{}")})
    parent.replace(made, around)
    around.append(made)
    return etree.tostring(root)


def check_signed(raw: str, folder: Path) -> None:
    """Raises unless the question in the address is signed with the site's key (SAML bindings, 3.4.4.1)."""
    parts = dict(part.split("=", 1) for part in raw.split("&"))
    body = "&".join(
        f"{name}={parts[name]}" for name in ("SAMLRequest", "RelayState", "SigAlg") if name in parts
    )
    key = load_pem_x509_certificate((folder / "site.pem").read_bytes()).public_key()
    key.verify(base64.b64decode(unquote(parts["Signature"])), body.encode(), PKCS1v15(), SHA256())


def respond(server: Server, raw: str, folder: Path) -> dict[str, str]:
    query = {name: values[0] for name, values in parse_qs(raw).items()}
    says = json.loads((folder / "says.json").read_text())
    if says.get("wants_signed"):
        check_signed(raw, folder)
    asked = server.parse_authn_request(query["SAMLRequest"], BINDING_HTTP_REDIRECT).message
    args = server.response_args(asked, [BINDING_HTTP_POST])
    made = server.create_authn_response(
        identity=says["attributes"], userid="x", name_id=NameID(format=NAMEID_FORMAT_TRANSIENT, text=says.get("name_id", "t")),
        authn=PASSWORD, sign_assertion=False, sign_response=False, **args,
    )  # fmt: skip
    text = str(made)
    for pattern, other in says.get("change", []):
        text = re.sub(pattern, other, text)
    xml = signed(text, folder, says["sign"]) if says["sign"] else text.encode()
    xml = encrypted(xml, folder) if says.get("encrypt") else xml
    return {"SAMLResponse": base64.b64encode(xml).decode(), "RelayState": query.get("RelayState", "")}


def out(server: Server, raw: str, folder: Path) -> str:
    """Where the browser goes back to with a signed answer that the person is signed out, or what says.json says."""
    query = {name: values[0] for name, values in parse_qs(raw).items()}
    says = json.loads((folder / "says.json").read_text())
    asked = server.parse_logout_request(query["SAMLRequest"], BINDING_HTTP_REDIRECT).message
    (folder / "left.json").write_text(
        json.dumps({"name": asked.name_id.text, "signed": "Signature" in query})
    )
    if "Signature" in query or says.get("wants_signed"):
        check_signed(raw, folder)
    where = server.response_args(asked, [BINDING_HTTP_REDIRECT])["destination"]
    text = str(server.create_logout_response(asked, [BINDING_HTTP_REDIRECT], sign=False))
    if says.get("asks_out"):  # a question of the provider's own, in the place of the answer
        text = str(server.create_logout_request(where, asked.issuer.text, name_id=asked.name_id)[1])
    for pattern, other in says.get("change_out", []):
        text = re.sub(pattern, other, text)
    packed = base64.b64encode(zlib.compress(text.encode())[2:-4]).decode()
    name, old = "SAMLRequest" if says.get("asks_out") else "SAMLResponse", bool(says.get("sha1"))
    body = urlencode(
        {name: packed, "RelayState": query.get("RelayState", ""), "SigAlg": RSA_SHA1 if old else RSA_SHA256}
    )
    key = load_pem_private_key((folder / says.get("signs_with", "key.pem")).read_bytes(), None)
    mark = base64.b64encode(key.sign(body.encode(), PKCS1v15(), SHA1() if old else SHA256())).decode()
    return f"{where}?{body}" + ("" if says.get("unsigned_out") else f"&{urlencode({'Signature': mark})}")


def plain_names(server: Server) -> None:
    """Attributes go out under the names in says.json, whatever they are."""
    converter = AttributeConverter(NAME_FORMAT_URI)
    names = json.loads((Path(sys.argv[2]) / "names.json").read_text())
    converter._to, converter._fro = {n.lower(): n for n in names}, {n.lower(): n for n in names}
    server.config.attribute_converters = [converter]


def main(port: int, folder: Path) -> None:
    sigver.CryptoBackendXmlSec1 = lambda *_args, **_more: NoProgram()
    (folder / "idp.xml").write_text(str(entity_descriptor(config(port, folder, False))))
    server = Server(config=config(port, folder, True))
    plain_names(server)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/slo"):
                self.send_response(302)
                self.send_header("Location", out(server, urlsplit(self.path).query, folder))
                self.end_headers()
                return
            body = json.dumps(respond(server, urlsplit(self.path).query, folder)).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

    ThreadingHTTPServer(("127.0.0.1", port), Door).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
