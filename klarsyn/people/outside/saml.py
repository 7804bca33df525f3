"""SAML 2 web browser SSO: our question to the identity provider, and the check of its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import xmlsec
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from klarsyn.people.outside.oidc import NotTrusted

LARGEST: Final = 256 * 1024  # an answer is some kilobytes; more is somebody wasting our time
_SECURITY: Final = {
    "wantAssertionsSigned": True,
    "wantNameId": False,
    "wantAttributeStatement": True,
    "requestedAuthnContext": False,  # the level stands in an attribute
    "rejectDeprecatedAlgorithm": True,
    "allowRepeatAttributeName": False,
    "signatureAlgorithm": Names.RSA_SHA256,
    "digestAlgorithm": Names.SHA256,
}

_AS_USUAL: Final[Mapping[str, bool]] = {}


@dataclass(frozen=True, slots=True)
class Name:
    """How the provider calls a person in one of its sessions: needed to be signed out there."""

    name: str
    format: str
    index: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A signed answer: to which question of ours, what it says, and the provider's name for the session."""

    in_response_to: str
    attributes: Mapping[str, Any]
    name: Name


def address(request: HttpRequest) -> tuple[str, str]:
    """(where the browser is sent, the question's id)."""
    auth = _auth(request)
    return str(auth.login()), str(auth.get_last_request_id())


def answer(request: HttpRequest) -> Answer:
    """What a posted answer says, once its signature, audience, recipient and time hold. Raises NotTrusted.

    That it answers this browser's own question is asked where the browser's session can be read.
    """
    if len(request.POST.get("SAMLResponse", "")) > LARGEST:
        raise NotTrusted("too large")
    auth = _auth(request)
    try:
        auth.process_response()
    except (
        OneLogin_Saml2_Error,
        OneLogin_Saml2_ValidationError,
        ValueError,
        SyntaxError,
        xmlsec.Error,
    ) as error:
        raise NotTrusted(type(error).__name__) from None
    asked = auth.get_last_response_in_response_to()
    if auth.get_errors() or not auth.is_authenticated() or not asked:
        raise NotTrusted(", ".join(auth.get_errors()) or "answers no question")
    name = (auth.get_nameid(), auth.get_nameid_format(), auth.get_session_index())
    return Answer(str(asked), auth.get_attributes(), Name(*(str(part or "") for part in name)))


def leave(request: HttpRequest, name: Name) -> tuple[str, str] | None:
    """(where the browser is sent to be signed out at the provider, the question's id); None when its metadata
    does not offer that.
    """
    auth = _auth(request)
    if not auth.get_slo_url() or not name.name:
        return None
    where = auth.logout(
        name_id=name.name, name_id_format=name.format or None, session_index=name.index or None
    )
    return str(where), str(auth.get_last_request_id())


def has_left(request: HttpRequest, question: str) -> bool:
    """Whether a signed answer to the question says that the person is signed out. Raises NotTrusted."""
    said = request.GET.get("SAMLResponse", "")
    if not said or len(said) > LARGEST:
        raise NotTrusted(
            "no answer" if not said else "too large"
        )  # a question of theirs is no answer to ours
    auth = _auth(request, {"wantMessagesSigned": True})
    try:
        auth.process_slo(keep_local_session=True, request_id=question)
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, ValueError, SyntaxError) as error:
        raise NotTrusted(type(error).__name__) from None
    if auth.get_errors():
        raise NotTrusted(", ".join(auth.get_errors()))
    return True


def metadata(request: HttpRequest) -> bytes:
    """What the identity provider needs to know of us, as XML."""
    found = OneLogin_Saml2_Settings(_settings(request), sp_validation_only=True).get_sp_metadata()
    return found if isinstance(found, bytes) else str(found).encode()


def _auth(request: HttpRequest, security: Mapping[str, bool] = _AS_USUAL) -> Any:
    where = {
        "https": "on" if request.is_secure() else "off", "http_host": request.get_host(),
        "script_name": request.path, "get_data": request.GET.dict(), "post_data": request.POST.dict(),
    }  # fmt: skip
    found = _settings(request)
    return OneLogin_Saml2_Auth(where, {**found, "security": {**found["security"], **security}})


def _settings(request: HttpRequest) -> dict[str, Any]:
    def ours(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    service = {
        "entityId": ours("people:saml_metadata"),
        "assertionConsumerService": {"url": ours("people:saml_answer"), "binding": Names.BINDING_HTTP_POST},
        "singleLogoutService": {"url": ours("people:signed_out"), "binding": Names.BINDING_HTTP_REDIRECT},
        "NameIDFormat": Names.NAMEID_TRANSIENT,
    }
    own = _own(settings.SAML_KEY, settings.SAML_CERTIFICATE) if settings.SAML_KEY else {}
    asked = {
        "authnRequestsSigned": bool(own), "logoutRequestSigned": bool(own),
        "wantAssertionsEncrypted": settings.SAML_ENCRYPTED,
    }  # fmt: skip
    return {
        "strict": True,
        "security": _SECURITY | asked,
        "sp": service | own,
        "idp": _provider(settings.SAML_IDP_METADATA),
    }


@lru_cache(maxsize=4)
def _own(key: str, certificate: str) -> dict[str, str]:
    """Our key and certificate: the questions are signed with it, and answers may be encrypted to it."""
    return {
        "privateKey": Path(key).read_text(encoding="ascii"),
        "x509cert": Path(certificate).read_text(encoding="ascii"),
    }


@lru_cache(maxsize=4)
def _provider(path: str) -> dict[str, Any]:
    """The identity provider's description, from a file that the operator has fetched and looked at."""
    found: dict[str, Any] = OneLogin_Saml2_IdPMetadataParser.parse(Path(path).read_text(encoding="utf-8"))[
        "idp"
    ]
    return found
