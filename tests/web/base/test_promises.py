"""What every public page promises: no cookie, nothing inline, nothing from elsewhere, a way out."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

import klarsyn
from tests.web.public import PAGES

TEMPLATES = sorted(Path(klarsyn.__file__).parent.glob("*/templates/**/*.html"))
STYLES = sorted(
    path for path in Path(klarsyn.__file__).parent.glob("*/static/**/*.css") if "vendor" not in path.parts
)
INLINE = re.compile(r"\sstyle=|\son\w+=\"|<style|javascript:|<script(?![^>]*\ssrc=)", re.I)
ELSEWHERE = re.compile(
    r"(?:src|srcset|action|data|poster)=\"(?:https?:)?//|<link[^>]+href=\"(?:https?:)?//", re.I
)


@pytest.mark.parametrize("path", PAGES)
def test_frej_gets_no_cookie_and_no_session(visit, path) -> None:
    with CaptureQueriesContext(connection) as asked:
        page = visit("frej").get(path)
    assert page.status_code == 200
    assert not [q for q in asked if "django_session" in q["sql"] or "people_" in q["sql"]]
    assert page.cookies == {}
    assert "Cookie" not in page.headers.get("Vary", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_has_a_way_out_that_needs_no_javascript(visit, path) -> None:
    text = visit("frej").get(path).content.decode()
    assert re.search(r'<a class="k-leave" id="leave" href="/(en/)?lamna/" rel="nofollow noreferrer">', text)


@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_asks_nobody_else_for_anything(visit, path) -> None:
    text = visit("frej").get(path).content.decode()
    assert not ELSEWHERE.search(text)
    assert settings.QUICK_EXIT_URL not in text


@pytest.mark.parametrize("path", PAGES)
def test_headings_start_at_one_and_skip_no_level(visit, path) -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])", visit("frej").get(path).content.decode())]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


@pytest.mark.parametrize("path", ["/", "/personal/logga-in/", "/finns-inte/"])
def test_headers_close_what_a_page_does_not_need(visit, path) -> None:
    headers = visit("frej").get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: "/".join(p.parts[-3:]))
def test_a_template_is_short_and_holds_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 60
    assert not INLINE.search(text), INLINE.search(text)
    assert not ELSEWHERE.search(text)


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_a_stylesheet_fetches_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"url\([\"']?(?:https?:)?//|@import", text)


def test_the_log_has_no_line_per_request_and_no_address() -> None:
    assert "remote" not in str(settings.LOGGING).lower()
    assert settings.LOGGING["formatters"]["line"]["fmt"] == "{asctime} {levelname} {name} {message}"
