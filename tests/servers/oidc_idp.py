"""An OpenID provider as a program of its own (oidc_provider_mock) that also signs people out by the back channel.

    python -m tests.servers.oidc_idp PORT

POST /logout-token with {"claims": …, "header": …} answers with a logout token signed with the provider's own key.
POST /new-key lets it sign with another key from then on, under another name.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from uuid import uuid4

import flask
import jwt
import oidc_provider_mock
import uvicorn
from authlib import jose

app = oidc_provider_mock.app(require_nonce=True)


@app.post("/logout-token")
def logout_token() -> str:
    asked: Mapping[str, Mapping[str, object]] = flask.request.json
    key = flask.g.oidc_provider_mock_storage.jwk
    pem, name = key.as_pem(is_private=True), {"kid": key.as_dict(add_kid=True)["kid"]}
    return jwt.encode(dict(asked["claims"]), pem, "RS256", {**name, **asked["header"]})


@app.post("/new-key")
def new_key() -> str:
    key = jose.RSAKey.generate_key(options={"kid": uuid4().hex}, is_private=True)
    flask.g.oidc_provider_mock_storage.jwk = key
    return str(key.as_dict()["kid"])


if __name__ == "__main__":
    uvicorn.run(app, interface="wsgi", port=int(sys.argv[1]), log_config=None)
