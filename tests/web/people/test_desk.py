"""The desk: each person sees what their role may do, and nothing else."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import path as address

from klarsyn.config.urls import both
from klarsyn.people.access import GUARD, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import ROLES
from tests.people import NAMES, person


@staff_required(Permission.REPORT_CHECK)
def votes(request):
    return HttpResponse("votes")


urlpatterns = [*both.urlpatterns, address("votes/", votes)]
handler404 = both.handler404


@pytest.mark.parametrize("path", ["/personal/", "/personal/roller/", "/en/personal/"])
def test_frej_is_asked_to_sign_in_and_brought_back(visit, path) -> None:
    answer = visit("frej").get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"personal/logga-in/?next={path}")


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("name", "code"), [("cilla", 200), ("greta", 200), ("disa", 404), ("elis", 404), ("hugo", 404)]
)
def test_who_may_not_check_gets_the_answer_of_a_page_that_is_not_there(visit, name, code) -> None:
    answer = visit(name).get("/votes/")
    assert answer.status_code == code
    if code == 404:
        assert "Sidan finns inte" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_what_staff_read_is_kept_by_no_cache(visit) -> None:
    assert "no-store" in visit("cilla").get("/votes/").headers["Cache-Control"]


def test_a_page_asks_for_the_roles_once(visit) -> None:
    client = visit("alva")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/personal/kontakter/").status_code == 200
    assert sum('FROM "people_roleheld"' in one["sql"] for one in asked) == 1


def test_a_guarded_view_says_so() -> None:
    assert getattr(votes, GUARD) == Permission.REPORT_CHECK
    assert votes.__name__ == "votes"


def test_a_person_who_has_left_may_nothing(db) -> None:
    cilla = person("cilla")
    cilla.is_active = False
    assert not cilla.may(Permission.REPORT_CHECK)


@pytest.mark.parametrize("name", NAMES)
def test_each_of_the_cast_reads_their_roles_and_all_roles(visit, name) -> None:
    client = visit(name)
    desk = client.get("/personal/").content.decode()
    assert all(str(role.sentence) in desk for role in person(name).roles)
    page = client.get("/personal/roller/").content.decode()
    assert all(str(role.name) in page for role in ROLES)
    assert all(f"<code>{permission.name}</code>" in page for permission in Permission)


def test_hugo_is_told_that_he_sees_no_data(visit) -> None:
    assert "ingen tillgång till uppgifter" in visit("hugo").get("/personal/").content.decode()


def test_the_desk_asks_a_constant_number_of_questions(visit, django_assert_max_num_queries) -> None:
    """Three of them for the courses that are asked of one, two for the plan; units that one leads add `coverages`'."""
    client = visit("greta")
    with django_assert_max_num_queries(9):
        client.get("/personal/")


def test_a_visitor_without_a_session_cannot_be_staff() -> None:
    request = RequestFactory().get("/votes/")
    request.user = object()
    assert votes(request).status_code == 302
