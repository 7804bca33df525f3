"""A sealed case on the pages: for a colleague who is not named, each address answers as for what is not there."""

from __future__ import annotations

from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from klarsyn.cases import urls
from klarsyn.cases.forms import SealForm
from klarsyn.cases.models import Case, Disposal
from tests.people import person

WORDS = {
    "record": uuid4(), "kind": "note", "what": "x", "instrument": "own_questions", "time": "start", "step": "send",
}  # fmt: skip


def _addresses(id: object) -> list[str]:
    """Every address of one case, by name."""
    found = []
    for one in urls.urlpatterns_staff:
        names = set(one.pattern.converters)
        if "id" in names:
            found.append(reverse(f"cases:{one.name}", kwargs={n: WORDS.get(n, id) for n in names}))
    return found


def test_no_page_list_search_or_count_tells_a_colleague_who_is_not_named(visit, case: Case) -> None:
    """Alva holds the team's key and opened it herself; now it is sealed, and others are named for it."""
    alva, greta = visit("alva"), visit("greta")
    before = greta.get("/personal/laget/").content.decode()
    Case.objects.filter(pk=case.pk).update(is_sealed=True, named={"p-somebody": str(timezone.localdate())})
    assert len(_addresses(case.pk)) > 25
    for mine, none in zip(_addresses(case.pk), _addresses(uuid4()), strict=True):
        for how in ("get", "post"):
            ours, nothing = getattr(alva, how)(mine), getattr(alva, how)(none)
            assert ours.status_code == nothing.status_code, (how, mine)
            assert ours.status_code in (404, 405) or ours.headers["Location"] == nothing.headers["Location"]
    listed = alva.get("/personal/arenden/").content.decode()
    found = alva.post("/personal/arenden/", {"words": case.pk.hex[:8]}).content.decode()
    assert str(case.pk) not in listed + found and case.pk.hex[:6] not in listed
    assert greta.get("/personal/laget/").content.decode() != before  # the head counts one less


def test_what_falls_due_and_what_is_proposed_is_told_to_the_named_alone(visit, case: Case) -> None:
    today, me = timezone.localdate(), person("alva").pseudonym
    words = {"is_sealed": True, "state": "closed", "retention_on": today}
    for named, is_told in (({me: str(today)}, True), ({}, False)):
        Case.objects.filter(pk=case.pk).update(named=named, **words)
        assert (str(case.pk) in visit("alva").get("/personal/gallring/").content.decode()) is is_told
    Disposal.objects.create(
        team=case.team, case=case, last_on=today, rule="x", proposed_on=today, proposed_by="p-somebody"
    )
    assert str(case.pk) not in visit("alva").get("/personal/gallring/").content.decode()
    assert str(case.pk) in visit("greta").get("/personal/gallring/").content.decode()  # who decides


def test_the_head_names_somebody_by_number_and_wrong_forms_change_nothing(visit, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(is_sealed=True, named={})
    greta, page, today = visit("greta"), f"/personal/laget/forseglat/{case.team_id}/", timezone.localdate()
    shown = greta.get(page).content.decode()
    assert str(case.pk) in shown and "ingen får öppna det" in shown and "påhittat ärende" not in shown
    right = {"case": case.pk, "to": person("alva").pk, "until": today, "why": "Ingen är kvar"}
    for wrong in (
        {"case": uuid4()},
        {"to": person("bo").pk},
        {"until": "2020-01-01"},
        {"why": "\0"},
        {"why": ""},
    ):
        assert greta.post(page, right | wrong).status_code == 422
        assert Case.objects.get(pk=case.pk).named == {}
    assert greta.post(page, right).status_code == 302
    assert Case.objects.get(pk=case.pk).named == {person("alva").pseudonym: str(today)}
    assert visit("alva").get(f"/personal/arenden/{case.pk}/").status_code == 200


def test_with_no_colleague_to_choose_the_form_says_so(visit) -> None:
    assert "Ingen annan i mottagningen" in SealForm([]).fields["others"].help_text
    assert "Ingen annan" not in SealForm([person("bo")]).fields["others"].help_text
