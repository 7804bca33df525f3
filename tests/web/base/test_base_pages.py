"""Quick exit, accent, gallery, and what people see when something goes wrong."""

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import path as address

from klarsyn.base import views
from klarsyn.base.errors import Refused
from klarsyn.base.gallery import EXAMPLES
from klarsyn.config.urls import both


def _refuse(request):
    raise Refused("Filen är tom. Inget är ändrat. Välj en annan fil.")


def _break(request):
    raise ValueError("secret-of-the-stack")


def _lose_database(request):
    raise OperationalError("database is locked")


urlpatterns = [
    *both.urlpatterns,
    address("refused/", _refuse),
    address("broken/", _break),
    address("away/", _lose_database),
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


def test_a_forged_form_is_explained(db) -> None:
    answer = Client(enforce_csrf_checks=True).post("/personal/logga-in/", {"username": "x"})
    assert answer.status_code == 403
    assert "Inget har ändrats" in answer.content.decode()


def test_a_request_that_cannot_be_read_is_explained(db) -> None:
    request = RequestFactory().get("/")
    assert views.bad_request(request, ValueError()).status_code == 400
