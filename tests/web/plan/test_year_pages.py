"""The pages of the year, of the law and of the routines: who reads, who keeps, and what the public sees."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from klarsyn.plan.models import CouncilEvening, LawNote, Routine, StageDates
from tests.people import person

YEAR, LAW, ROUTINES, PUBLIC = "/personal/aret/", "/personal/lagen/", "/personal/rutiner/", "/planen/aret/"


@pytest.fixture(autouse=True)
def _cast(db) -> None:
    person("petra")


def this_year() -> int:
    return timezone.localdate().year


def evening() -> date:
    return date(this_year(), 5, 27)


def main(answer) -> str:
    return answer.content.decode().split("<main")[1].split("</main")[0]


def test_petra_sets_the_evening_and_a_stage_and_the_history_says_so(visit) -> None:
    petra, here = visit("petra"), f"{YEAR}{this_year()}/"
    assert "har ingen dag än" in main(petra.get(here))
    posted = {"step": "evening", "on": evening(), "mapping_year": this_year() - 1, "why": "Beslut"}
    assert petra.post(here, posted).status_code == 302
    dates = {
        "step": "dates",
        "stage": "write",
        "starts_on": date(this_year(), 3, 1),
        "responsible": "Kansliet",
    }
    assert petra.post(here, dates | {"due_on": date(this_year(), 4, 1), "why": "Sent"}).status_code == 302
    page = main(petra.get(here))
    assert "<svg" in page and "Kansliet" in page and "ändrat för året" in page and "Petra Demo" in page
    assert "är inte byggd" in page  # what is missing now
    wrong = petra.post(here, dates | {"due_on": date(this_year(), 1, 1), "why": "Sent"})
    assert wrong.status_code == 422 and "före den första" in wrong.content.decode()
    assert StageDates.objects.count() == 1


def test_greta_reads_and_changes_nothing_and_elis_sees_none_of_it(visit) -> None:
    greta, here = visit("greta"), f"{YEAR}{this_year()}/"
    page = main(greta.get(here))
    assert "<form" not in page
    for address in (here, LAW, ROUTINES):
        assert greta.post(address, {"step": "evening"}).status_code == 404
        assert visit("elis").get(address).status_code == 404
    assert not CouncilEvening.objects.exists()


@pytest.mark.parametrize("bad", ["\x00", "121212-1212", "x" * 1_000_000, "ring 070-174 06 05"])
def test_what_cannot_be_kept_is_answered_clearly(visit, bad) -> None:
    petra = visit("petra")
    posted = {"step": "evening", "on": evening(), "mapping_year": this_year() - 1, "why": bad}
    assert petra.post(f"{YEAR}{this_year()}/", posted).status_code == 422
    note = {"point": "council", "words": bad, "dated_on": "2024-01-01"}
    assert petra.post(LAW, note).status_code == 422
    routine = {"name": bad, "office": "Kontoret", "every_months": 12, "document": "KS 1"}
    assert petra.post(ROUTINES, routine).status_code == 422
    assert not CouncilEvening.objects.exists() and not LawNote.objects.exists()
    assert not Routine.objects.exists()


def test_the_law_says_what_there_is_and_never_a_score(visit) -> None:
    petra = visit("petra")
    note = {
        "point": "council",
        "words": "Rådet \u202efinns",
        "document": "https://prov.se/a",
        "dated_on": "2024-01-01",
    }
    assert petra.post(LAW, note).status_code == 302
    assert LawNote.objects.get().words == "Rådet finns"
    page = main(petra.get(LAW))
    assert (
        "11–12 §§" in page
        and 'href="https://prov.se/a"' in page
        and "inte bekräftade av någon jurist" in page
    )
    assert "%" not in page.split("<form")[0]
    assert LawNote.objects.create(
        point="council",
        words="x",
        document="javascript:alert(1)",
        dated_on="2024-01-02",
        entered_on="2024-01-02",
    )
    assert 'href="javascript' not in petra.get(LAW).content.decode()


def test_a_routine_is_entered_reviewed_and_ended(visit) -> None:
    petra = visit("petra")
    posted = {"name": "Barnrutin", "office": "Barn och unga", "every_months": 12, "document": "KS 1"}
    assert petra.post(ROUTINES, posted | {"reviewed_on": "2020-01-01"}).status_code == 302
    page = main(petra.get(ROUTINES))
    assert "Barnrutin" in page and "skulle ha gåtts igenom" in page
    assert "Barnrutin" in main(petra.get("/personal/"))  # on the desk
    here = f"{ROUTINES}{Routine.objects.get().pk}/"
    assert petra.post(here, {"step": "review", "on": timezone.localdate(), "words": ""}).status_code == 302
    assert "genomgången" in main(petra.get(here))
    assert petra.post(here, {"step": "end", "words": ""}).status_code == 422
    assert petra.post(here, {"step": "end", "words": "Ersatt"}).status_code == 302
    assert "<form" not in main(petra.get(here)) and "Barnrutin" not in main(petra.get(ROUTINES))


def test_frej_sees_the_stages_and_nobodys_office_nor_what_is_missing(visit) -> None:
    frej = visit("frej")
    assert "Därför visas inga dagar" in main(frej.get(PUBLIC))
    CouncilEvening.objects.create(
        year=this_year(), on=evening(), mapping_year=this_year() - 1, entered_on=evening(), is_invented=True
    )
    answer = frej.get(PUBLIC)
    page = main(answer)
    assert "Samla in" in page and "Påhittat år" in page and "<svg" in page
    assert "Analytikern" not in page and "saknas" not in page and "<script" not in page
    english = main(frej.get("/en" + PUBLIC))
    assert "Collect" in english and "Samla" not in english
    assert "k-leave" in answer.content.decode()
