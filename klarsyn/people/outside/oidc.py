"""OpenID Connect, authorization code with PKCE (RFC 7636): the question, and the whole check of the answer.

allauth's client reads the identity token without its signature and sends no nonce; this one asks for both.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
from django.conf import settings

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
SCOPES: Final = "openid profile"
LEEWAY: Final = 60  # seconds that two clocks may differ
TIMEOUT: Final = 10.0
_ADDRESSES: Final = (
    "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint", "end_session_endpoint",
)  # fmt: skip
_SIGNED: Final = ("acr", "amr", "sid")  # read from the identity token alone
_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}


class NotTrusted(Exception):
    """The other side's answer does not hold. The text is for the log of the server, never for a page."""


@dataclass(frozen=True, slots=True)
class Question:
    """What this browser was sent away with; kept in its session until it comes back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Question:
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def address(question: Question, back: str) -> str:
    """Where the browser is sent. Raises NotTrusted when the provider cannot be read."""
    asked = {
        "response_type": "code", "client_id": settings.OIDC_CLIENT_ID, "redirect_uri": back, "scope": SCOPES,
        "state": question.state, "nonce": question.nonce, "code_challenge": question.challenge(),
        "code_challenge_method": "S256",
    }  # fmt: skip
    if settings.OIDC_ACR:
        asked["acr_values"] = settings.OIDC_ACR
    with _client() as client:
        return f"{_discover(client)['authorization_endpoint']}?{urlencode(asked)}"


def leave(token: str, back: str, state: str) -> str | None:
    """Where the browser is sent to be signed out there (RP-initiated logout); None when that is not offered.

    `token`: the identity token of the arrival. Raises NotTrusted when the provider cannot be read.
    """
    with _client() as client:
        where = _discover(client).get("end_session_endpoint")
    asked = {"id_token_hint": token, "client_id": settings.OIDC_CLIENT_ID, "post_logout_redirect_uri": back}
    return f"{where}?{urlencode({**asked, 'state': state})}" if where else None


def answer(question: Question, state: str, code: str, back: str) -> tuple[Mapping[str, Any], str]:
    """(the claims of whoever came back, the identity token). Raises NotTrusted."""
    if not state or not hmac.compare_digest(state.encode(), question.state.encode()):
        raise NotTrusted("the answer is not to this browser's question")
    with _client() as client:
        found = _discover(client)
        tokens = _redeem(client, found, question, code, back)
        token = str(tokens.get("id_token", ""))
        claims = read_token(token, _get(client, found["jwks_uri"]), question.nonce)
        more = _about(client, found, str(tokens.get("access_token", "")))
    if more and more.get("sub") != claims["sub"]:
        raise NotTrusted("the user information is about somebody else")
    trusted = {name: value for name, value in more.items() if name not in _SIGNED}
    return {**trusted, **claims}, token


def read_token(token: str, keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
    """The claims of an identity token whose signature, issuer, audience, time and nonce hold.

    `keys` is the provider's key set (RFC 7517). Raises NotTrusted.
    """
    claims = read_signed(token, keys, ("sub",))
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotTrusted("the identity token answers another question")
    return claims


def read_signed(token: str, keys: Mapping[str, Any], needed: Sequence[str]) -> Mapping[str, Any]:
    """The claims of the provider's token for us, in time and with all that is `needed`. Raises NotTrusted."""
    try:
        key = _key(token, keys)
        claims: dict[str, Any] = jwt.decode(
            token, key, algorithms=list(ALGORITHMS), audience=settings.OIDC_CLIENT_ID,
            issuer=settings.OIDC_ISSUER, leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", *needed]},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise NotTrusted(f"token: {type(error).__name__}") from None
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != settings.OIDC_CLIENT_ID:
        raise NotTrusted("the token was made for another client")
    return claims


def fetch_keys() -> Mapping[str, Any]:
    """The provider's key set as it is now. Raises NotTrusted when the provider cannot be read."""
    with _client() as client:
        return _get(client, _discover(client)["jwks_uri"])


def names_key(token: str, keys: Mapping[str, Any]) -> bool:
    """Whether the token names a key of this set; says nothing of its signature."""
    try:
        _key(token, keys)
    except (NotTrusted, jwt.PyJWTError, ValueError, TypeError, KeyError):
        return False
    return True


def _key(token: str, keys: Mapping[str, Any]) -> Any:
    """The key the token names; a set of one need not be named."""
    name = jwt.get_unverified_header(token).get("kid")
    usable = [
        k for k in keys.get("keys", []) if k.get("use", "sig") == "sig" and k.get("kty") in ("RSA", "EC")
    ]
    fitting = [k for k in usable if k.get("kid") == name] if name else usable
    if len(fitting) != 1:
        raise NotTrusted("the token names no key of the provider")
    return jwt.PyJWK(fitting[0]).key


def _redeem(
    client: httpx.Client, found: Mapping[str, Any], question: Question, code: str, back: str
) -> Mapping[str, Any]:
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    body["code_verifier"] = question.verifier
    methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    who, secret = settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET
    if "client_secret_basic" in methods:
        return _read(lambda: client.post(found["token_endpoint"], data=body, auth=(who, secret)))
    mine = {"client_id": who, "client_secret": secret}
    return _read(lambda: client.post(found["token_endpoint"], data={**body, **mine}))


def _about(client: httpx.Client, found: Mapping[str, Any], token: str) -> Mapping[str, Any]:
    if "userinfo_endpoint" not in found or not token:
        return {}
    headers = {"Authorization": f"Bearer {token}"}
    return _read(lambda: client.get(found["userinfo_endpoint"], headers=headers))


def _discover(client: httpx.Client) -> Mapping[str, Any]:
    """What the provider says of itself; every address in it must be as safe as its own."""
    issuer = settings.OIDC_ISSUER
    found = _get(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != issuer:
        raise NotTrusted("the provider calls itself something else than KLARSYN_OIDC_ISSUER")
    for name in _ADDRESSES:
        where = urlsplit(str(found.get(name, "")))
        if name in found and where.scheme != "https" and where.hostname not in _LOOPBACK:
            raise NotTrusted(f"{name} is not https")
    if not all(found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")):
        raise NotTrusted("the provider's description lacks an address")
    return found


def _get(client: httpx.Client, address: str) -> Mapping[str, Any]:
    return _read(lambda: client.get(address))


def _read(ask: Any) -> Mapping[str, Any]:
    try:
        response = ask()
        response.raise_for_status()
        found = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise NotTrusted(f"provider: {type(error).__name__}") from None
    if not isinstance(found, dict):
        raise NotTrusted("provider: not an object")
    return found


def _client() -> httpx.Client:
    return httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)
