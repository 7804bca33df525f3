"""Quick exit, accent, gallery, and what people see when something goes wrong."""

import io
import logging

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import path as address
from django.utils.module_loading import import_string

from klarsyn.base import views
from klarsyn.base.errors import Refused
from klarsyn.base.gallery import EXAMPLES
from klarsyn.config.urls import both


def _refuse(request):
    raise Refused("Filen är tom. Inget är ändrat. Välj en annan fil.")


def _break(request):
    raise ValueError("secret-of-the-stack")


CANARY = "19121212-1212"


def _quote(request):
    try:
        return int(request.POST["words"])
    except ValueError as fault:
        raise KeyError(request.POST["words"]) from fault


def resolve_formatter(settings) -> logging.Formatter:
    """The formatter that the settings give every line."""
    made = dict(settings.LOGGING["formatters"]["line"])
    return import_string(made.pop("()"))(**made)


def _lose_database(request):
    raise OperationalError("database is locked")


urlpatterns = [
    *both.urlpatterns,
    address("refused/", _refuse),
    address("broken/", _break),
    address("away/", _lose_database),
    address("quoting/", _quote),
]
handler404, handler500 = both.handler404, both.handler500


@pytest.mark.parametrize("path", ["/lamna/", "/en/lamna/"])
def test_frej_leaves_quickly_and_little_is_left_behind(visit, settings, path) -> None:
    answer = visit("frej").get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_for_three_minutes_frej_finds_no_page_of_ours_under_back(visit, settings) -> None:
    frej = visit("frej")
    kept = frej.get("/lamna/").cookies["away"]
    assert (kept.value, kept["max-age"], kept["httponly"]) == ("1", 180, True)
    for path in ("/", "/stod/sv/m/", "/en/om/", "/finns-inte/", "/personal/"):
        answer = frej.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (303, settings.QUICK_EXIT_URL)
        assert "away" not in answer.cookies and "no-store" in answer.headers["Cache-Control"]
    del frej.cookies["away"]
    assert frej.get("/").status_code == 200


def test_greta_is_signed_out_by_the_exit(visit) -> None:
    greta = visit("greta")
    gone = greta.get("/lamna/").cookies
    assert {name for name, kept in gone.items() if kept["max-age"] == 0} >= {"sessionid", "key"}


def test_the_accent_is_a_stylesheet_with_both_themes(visit) -> None:
    answer = visit("frej").get("/kommun.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--k-accent: light-dark(#0B6E69, #6CCFC4)" in answer.content.decode()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.template)
def test_the_gallery_shows_each_component_in_both_themes(visit, example) -> None:
    text = visit("frej").get("/stil/").content.decode()
    assert str(example.title) in text
    assert text.count('data-theme="light"') == text.count('data-theme="dark"') == len(EXAMPLES)


def test_a_page_that_is_not_there_says_where_to_begin(visit) -> None:
    answer = visit("frej").get("/finns-inte/")
    assert answer.status_code == 404
    assert "Till startsidan" in answer.content.decode() and answer.cookies == {}


@pytest.mark.urls(__name__)
def test_a_refusal_is_a_page_with_its_sentence(visit) -> None:
    answer = visit("frej").get("/refused/")
    assert answer.status_code == 409
    assert "Filen är tom. Inget är ändrat. Välj en annan fil." in answer.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("path", "code"), [("/broken/", 500), ("/away/", 503)])
def test_a_fault_of_ours_shows_no_stack_and_a_way_out(db, path, code) -> None:
    answer = Client(raise_request_exception=False).get(path)
    text = answer.content.decode()
    assert answer.status_code == code
    assert "secret" not in text and "Traceback" not in text and "locked" not in text
    assert 'href="/lamna/"' in text and "tel:112" in text
    assert answer.headers.get("Retry-After") == ("60" if code == 503 else None)


@pytest.mark.urls(__name__)
def test_what_was_written_stands_neither_on_the_page_of_a_fault_nor_in_the_log(db, settings) -> None:
    lines = io.StringIO()
    handler, logger = logging.StreamHandler(lines), logging.getLogger("django.request")
    handler.setFormatter(resolve_formatter(settings))
    logger.addHandler(handler)
    try:
        answer = Client(raise_request_exception=False).post("/quoting/", {"words": CANARY})
    finally:
        logger.removeHandler(handler)
    told = lines.getvalue()
    assert answer.status_code == 500 and CANARY not in answer.content.decode() and CANARY not in told
    assert "in _quote" in told and "builtins.KeyError" in told and "builtins.ValueError" in told
    assert logging.getLogger("django").handlers == []  # none that would mail a fault with its form


def test_an_address_that_only_receives_a_form_says_so(visit) -> None:
    answer = visit("frej").get("/personal/logga-ut/")
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST"
    assert "Till skrivbordet" in answer.content.decode()


def test_too_much_at_once_says_what_to_do(db, settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = Client().post("/personal/logga-in/", {"username": "x" * 2000})
    assert answer.status_code == 413 and "dela upp den" in answer.content.decode()


def test_a_forged_form_is_explained(db) -> None:
    answer = Client(enforce_csrf_checks=True).post("/personal/logga-in/", {"username": "x"})
    assert answer.status_code == 403
    assert "Inget har ändrats" in answer.content.decode()


def test_a_request_that_cannot_be_read_is_explained(db) -> None:
    request = RequestFactory().get("/")
    assert views.bad_request(request, ValueError()).status_code == 400
