"""The headers as they leave the real server with production's settings: what Django promises, Granian sends."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.servers.process import free_port, running

ROOT = Path(__file__).resolve().parents[3]
PREPARE = """
import django; django.setup()
from klarsyn.config.cli import site
site.migrate(); site.ensure_keys(); site.collect_static()
"""
EVERYWHERE = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-permitted-cross-domain-policies": "none",
}
PAGE = {
    "x-frame-options": "DENY",
    "content-security-policy": (
        "default-src 'none'; connect-src 'self'; base-uri 'none'; font-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; img-src 'self' data:; script-src 'self'; style-src 'self'"
    ),
}
OVER_TLS = {"X-Forwarded-Proto": "https", "Host": "klarsyn.example"}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    home = tmp_path_factory.mktemp("production")
    own = {
        "DJANGO_SETTINGS_MODULE": "klarsyn.config.settings.production", "KLARSYN_HOME": str(home),
        "KLARSYN_SECRET_KEY": secrets.token_urlsafe(60), "KLARSYN_HOSTS": "klarsyn.example", "DATABASE_URL": "",
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in own.items():
            patch.setenv(name, value)
        patch.delenv("DATABASE_URL")
        subprocess.run([sys.executable, "-c", PREPARE], cwd=ROOT, env=os.environ, check=True)
        port = free_port()
        words = ("-m", "klarsyn.config.cli", "site", "serve", "--port", str(port))
        with (
            ExitStack() as silent,
            running(*words, port=port, log=home / "log") as address,
            httpx.Client(base_url=address) as client,
        ):
            yield client
            for _one in range(
                20
            ):  # the server is told to stop while they keep it waiting; `running` waits for its end
                silent.enter_context(_begins(client, 1000))


def _parts(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/en/", 200),
        ("/personal/logga-in/", 200),
        ("/personal/", 302),
        ("/finns-inte/", 404),
        ("/kommun.css", 200),
    ],
)
def test_every_answer_carries_every_header(site: httpx.Client, path: str, status: int) -> None:
    answer = site.get(path, headers=OVER_TLS)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert answer.headers["x-frame-options"] == PAGE["x-frame-options"]
    assert _parts(answer.headers["content-security-policy"]) == _parts(PAGE["content-security-policy"])
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert "x-powered-by" not in answer.headers and not any(
        c.isdigit() for c in answer.headers.get("server", "")
    )


def test_a_static_file_and_every_refusal_carry_them_too(site: httpx.Client) -> None:
    page = site.get("/", headers=OVER_TLS).text
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    forged = site.post("/personal/logga-in/", headers=OVER_TLS, data={"username": "a"})
    wrong = site.options("/", headers=OVER_TLS)
    file = site.get(style, headers=OVER_TLS)
    assert (file.status_code, forged.status_code, wrong.status_code) == (200, 403, 405)
    for answer in (file, forged, wrong):
        assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE


def test_without_tls_one_is_sent_to_it_and_another_host_is_not_answered(site: httpx.Client) -> None:
    plain = site.get("/personal/logga-in/", headers={"Host": "klarsyn.example"})
    assert (plain.status_code, plain.headers["location"]) == (
        301,
        "https://klarsyn.example/personal/logga-in/",
    )
    assert site.get("/", headers={**OVER_TLS, "Host": "annan.example"}).status_code == 400


def test_what_is_guarded_is_kept_by_nobody_and_cookies_are_the_hosts_own(site: httpx.Client) -> None:
    answer = site.get("/personal/logga-in/", headers=OVER_TLS)
    assert "no-store" in answer.headers["cache-control"]
    cookies = answer.headers.get_list("set-cookie")
    assert cookies and all(
        c.startswith("__Host-") and {"Secure", "HttpOnly", "Path=/"} <= {p.strip() for p in c.split(";")}
        for c in cookies
    )
    assert "set-cookie" not in site.get("/", headers=OVER_TLS).headers


def _begins(site: httpx.Client, length: int) -> socket.socket:
    """A form of so many bytes, announced and not sent."""
    line = socket.create_connection((site.base_url.host, site.base_url.port or 80), timeout=20)
    head = f"POST /stod/sv/prata/ HTTP/1.1\r\nHost: klarsyn.example\r\nX-Forwarded-Proto: https\r\nContent-Length: {length}\r\n\r\n"
    line.sendall(head.encode())
    return line


def test_a_body_that_is_too_large_is_refused_unread_in_words(site: httpx.Client) -> None:
    with _begins(site, 65 * 1024 * 1024) as line:
        told = b""
        while piece := line.recv(4096):
            told += piece
    head, _, said = told.decode().partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 413") and "nosniff" in head.lower()
    assert "högst 64 MB" in said and "at most 64 MB" in said


def test_many_silent_senders_shut_nobody_out(site: httpx.Client) -> None:
    with ExitStack() as silent:
        for _one in range(60):
            silent.enter_context(_begins(site, 1000))
        assert [site.get("/", headers=OVER_TLS).status_code for _again in range(5)] == [200] * 5
