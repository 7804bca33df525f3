"""Draft, check by two, release, correct: what each of the cast may and may not do."""

import pytest
from django.db import IntegrityError, transaction

from klarsyn.base.errors import Refused
from klarsyn.report import actions, queries, render, store
from klarsyn.report.models import Edition, Vote
from klarsyn.report.policy import State, Verdict
from tests.people import person

ROOM = "/personal/rapporter/"


def state(edition: Edition) -> State:
    return Edition.objects.get(pk=edition.pk).status


def test_disa_drafts_and_hands_in(visit, mapping) -> None:
    disa = visit("disa")
    made = disa.post(f"{ROOM}ny/", {"mapping": f"0680:2019:0:{mapping.content_hash}"})
    edition = Edition.objects.get()
    assert made.url == f"{ROOM}{edition.pk}/"
    assert edition.content_hash == mapping.content_hash
    disa.post(f"{ROOM}{edition.pk}/lamna-in/")
    assert state(edition) is State.IN_CHECK


def test_disa_may_not_draft_a_year_twice(draft: Edition) -> None:
    with pytest.raises(Refused, match="redan påbörjad"):
        actions.draft(municipality="0680", year=2019, by=person("disa"))
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("name", ["elis", "hugo"])
def test_elis_and_hugo_may_not_see_a_draft(visit, draft: Edition, name: str) -> None:
    client = visit(name)
    for path in ("", f"{draft.pk}/", f"{draft.pk}/sida/", f"{draft.pk}/sida/kalla/convicted_press/", "ny/"):
        assert client.get(ROOM + path).status_code == 404, path
    for deed in ("rosta", "publicera", "lamna-in", "ratta", "ta-tillbaka"):
        assert client.post(f"{ROOM}{draft.pk}/{deed}/").status_code == 404, deed


def test_frej_is_asked_to_sign_in(visit, draft: Edition) -> None:
    answer = visit("frej").get(f"{ROOM}{draft.pk}/")
    assert answer.status_code == 302
    assert "/personal/logga-in/" in answer.url


def test_cilla_reads_the_draft_as_a_page(visit, draft: Edition) -> None:
    cilla = visit("cilla")
    page = cilla.get(f"{ROOM}{draft.pk}/sida/")
    assert page.status_code == 200
    assert "Inte publicerad" in page.text and "Jönköping låg 2019" in page.text
    source = cilla.get(f"{ROOM}{draft.pk}/sida/kalla/convicted_press/")
    assert "Garwood" in source.text
    assert cilla.get(f"{ROOM}{draft.pk}/sida/kalla/nothing/").status_code == 404


def test_disa_may_not_vote_on_her_own_edition(visit, in_check: Edition) -> None:
    assert visit("disa").post(f"{ROOM}{in_check.pk}/rosta/", {"verdict": "approve"}).status_code == 404
    with pytest.raises(Refused):
        actions.vote(edition=in_check, by=person("disa"), verdict=Verdict.APPROVE)
    assert Vote.objects.count() == 0


def test_an_author_who_also_checks_may_not_vote(in_check: Edition) -> None:
    Edition.objects.filter(pk=in_check.pk).update(author=person("cilla"))
    with pytest.raises(Refused, match="Du skrev utgåvan"):
        actions.vote(edition=in_check, by=person("cilla"), verdict=Verdict.APPROVE)


def test_cilla_may_not_vote_twice(visit, in_check: Edition) -> None:
    cilla = visit("cilla")
    assert cilla.post(f"{ROOM}{in_check.pk}/rosta/", {"verdict": "approve"}).status_code == 302
    again = cilla.post(f"{ROOM}{in_check.pk}/rosta/", {"verdict": "reject", "comment": "ångrar mig"})
    assert again.status_code == 409
    assert "redan röstat" in again.text
    with pytest.raises(IntegrityError), transaction.atomic():
        first = Vote.objects.get()
        first.pk = None
        first.save()


def test_greta_sees_no_vote_until_both_are_in(visit, in_check: Edition) -> None:
    actions.vote(
        edition=in_check, by=person("cilla"), verdict=Verdict.REJECT, comment="Figur sju saknar källa"
    )
    greta = visit("greta")
    before = greta.get(f"{ROOM}{in_check.pk}/").text
    assert "1 av 2 har röstat" in before
    assert "Figur sju" not in before and "Cilla" not in before
    assert "Figur sju" in visit("cilla").get(f"{ROOM}{in_check.pk}/").text
    greta.post(f"{ROOM}{in_check.pk}/rosta/", {"verdict": "approve"})
    assert "Figur sju" in greta.get(f"{ROOM}{in_check.pk}/").text


def test_a_rejection_sends_it_back_with_its_comment_and_is_checked_anew(visit, in_check: Edition) -> None:
    actions.vote(edition=in_check, by=person("cilla"), verdict=Verdict.REJECT, comment="Fel folkmängd")
    actions.vote(edition=in_check, by=person("greta"), verdict=Verdict.APPROVE)
    assert state(in_check) is State.REJECTED
    disa = visit("disa")
    assert "Fel folkmängd" in disa.get(f"{ROOM}{in_check.pk}/").text
    disa.post(f"{ROOM}{in_check.pk}/ta-tillbaka/")
    assert state(in_check) is State.DRAFT
    again = Edition.objects.get(pk=in_check.pk)
    assert queries.votes(again) == []
    assert "Fel folkmängd" in disa.get(f"{ROOM}{in_check.pk}/").text
    actions.submit(edition=again, by=person("disa"))
    actions.vote(edition=again, by=person("cilla"), verdict=Verdict.APPROVE)


def test_a_rejection_without_a_reason_is_not_saved(visit, in_check: Edition) -> None:
    answer = visit("cilla").post(f"{ROOM}{in_check.pk}/rosta/", {"verdict": "reject"})
    assert answer.status_code == 422
    assert "Skriv vad som behöver ändras" in answer.text
    assert Vote.objects.count() == 0


def test_greta_may_not_release_what_one_has_approved(visit, in_check: Edition, bare) -> None:
    actions.vote(edition=in_check, by=person("cilla"), verdict=Verdict.APPROVE)
    assert visit("greta").post(f"{ROOM}{in_check.pk}/publicera/").status_code == 409
    assert state(in_check) is State.IN_CHECK
    assert store.read(in_check.slug) is None


@pytest.mark.parametrize("name", ["disa", "cilla"])
def test_disa_and_cilla_may_not_release(visit, approved: Edition, name: str) -> None:
    assert visit(name).post(f"{ROOM}{approved.pk}/publicera/").status_code == 404
    with pytest.raises(Refused, match="Din roll"):
        actions.release(edition=approved, by=person(name))


def test_greta_releases_and_frej_reads(visit, approved: Edition, bare) -> None:
    assert visit("frej").get("/kartlaggning/2019/").status_code == 404
    visit("greta").post(f"{ROOM}{approved.pk}/publicera/")
    assert state(approved) is State.RELEASED
    assert "Jönköping låg 2019" in visit("frej").get("/kartlaggning/2019/").text


def test_a_released_edition_cannot_be_changed(released: Edition) -> None:
    disa, cilla = person("disa"), person("cilla")
    for deed in (actions.submit, actions.revise):
        with pytest.raises(Refused):
            deed(edition=released, by=disa)
    with pytest.raises(Refused):
        actions.vote(edition=released, by=cilla, verdict=Verdict.REJECT, comment="för sent")
    with pytest.raises(Refused):
        actions.release(edition=released, by=person("greta"))


def test_of_two_releases_at_once_one_is_refused(approved: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one comes first while this one is still being written out."""
    won: list[Edition] = []

    def overtaken(*args: object) -> tuple[()]:
        monkeypatch.setattr(render, "ARTEFACTS", [])
        won.append(actions.release(edition=approved, by=person("greta")))
        return ()

    monkeypatch.setattr(render, "ARTEFACTS", [overtaken])
    with pytest.raises(Refused, match="är publicerad"):
        actions.release(edition=approved, by=person("greta"))
    assert [e.pk for e in won] == [approved.pk]
    assert Edition.objects.get().released_at == won[0].released_at
    assert [p.name for p in store.home(approved.slug).parent.iterdir()] == [approved.slug]


def test_a_release_that_breaks_leaves_nothing_on_line(approved: Edition, monkeypatch) -> None:
    def breaks(*args: object) -> tuple[()]:
        raise OSError("disk full")

    monkeypatch.setattr(render, "ARTEFACTS", [breaks])
    with pytest.raises(OSError, match="disk full"):
        actions.release(edition=approved, by=person("greta"))
    assert state(approved) is State.IN_CHECK
    assert store.read(approved.slug) is None
    assert [p.name for p in store.home(approved.slug).parent.iterdir()] == []
