"""The pages of the work with the police: kept by Sam, read by Greta, not there for anybody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from klarsyn.plan.models import AgreedMeasure, Agreement, Goal, JointWork, Meeting
from klarsyn.plan.police.demo import ensure_demo_cooperation
from tests.people import person

HOME = "/personal/samarbete/"
PAGES = (HOME, f"{HOME}avtal/nytt/", f"{HOME}gemensamt/", f"{HOME}moten/", f"{HOME}lagesbild/")


@pytest.fixture(autouse=True)
def _cast(db) -> None:
    person("sam")


def agreement(**changed: object) -> dict[str, object]:
    today = timezone.localdate()
    texts = {
        "title": "Överenskommelse", "registry_number": "SN 17", "municipal_office": "Socialnämnden",
        "police_area": "Området", "signed_for_municipality": "Direktör", "signed_for_police": "Chef",
    }  # fmt: skip
    days = {"signed_on": today, "valid_from": today, "valid_to": today + timedelta(days=30)}
    return texts | days | {"forms_agreed": ["shift", "operation"]} | changed


def month(**changed: object) -> dict[str, object]:
    numbers = {"occasions": 4, "hours": 20, "staff": 8, "cards": 3}
    return {"when": f"{timezone.localdate():%Y-%m}", "kind": "shift"} | numbers | changed


def test_sam_enters_an_agreement_a_goal_and_follows_it_up(visit) -> None:
    sam, today = visit("sam"), timezone.localdate()
    assert "Ingen överenskommelse gäller i dag" in sam.get(HOME).content.decode()
    assert sam.post(f"{HOME}avtal/nytt/", agreement()).status_code == 302
    page = sam.get(HOME).content.decode()
    assert "går ut om 30 dagar" in page and "2023:196" in page and "Ingen jurist har bekräftat" in page
    assert "går ut" in sam.get("/personal/").content.decode()  # and the desk says so
    where = f"{HOME}avtal/{Agreement.objects.get().pk}/"
    assert sam.post(where, {"text": "Kort", "due_on": today, "follow_up": "Räknas"}).status_code == 302
    goal = f"{HOME}mal/{Goal.objects.get().pk}/"
    assert sam.post(goal, {"state": "partly", "due_on": today, "why": "Hälften klart"}).status_code == 302
    page = sam.get(where).content.decode()
    assert "delvis nått" in page and "Hälften klart" in page and "Gemensamt pass, Gemensam insats" in page
    assert sam.post(f"{where}avsluta/", {"end-why": ""}).status_code == 422
    assert sam.post(f"{where}avsluta/", {"end-why": "Ersatt"}).status_code == 302
    assert "avslutad" in sam.get(where).content.decode()


def test_greta_reads_everything_and_finds_no_form(visit) -> None:
    ensure_demo_cooperation()
    greta = visit("greta")
    held, met = Agreement.objects.get(), Meeting.objects.get()
    for path in (
        HOME,
        f"{HOME}avtal/{held.pk}/",
        f"{HOME}gemensamt/",
        f"{HOME}moten/",
        f"{HOME}moten/{met.pk}/",
    ):
        page = greta.get(path).content.decode().split("<main")[1]
        assert "<form" not in page and "Påhittat samarbete" in page, path
        assert greta.post(path, month()).status_code in (404, 405)
    assert greta.get(f"{HOME}avtal/nytt/").status_code == 404


def test_the_shared_picture_holds_goals_and_measures_and_no_number_that_is_not_released(visit) -> None:
    ensure_demo_cooperation()
    page = visit("greta").get(f"{HOME}lagesbild/").content.decode().split("<main")[1]
    assert "Alla hotell i kommunen har fått besök" in page and "Trycka nya kontaktkort" in page
    assert page.count("Inget är publicerat om det här ännu") >= 4 and "<table" not in page
    assert "<form" not in page and "följer hur mycket polisen arbetar" in page


def test_sam_enters_a_month_and_corrects_it(visit) -> None:
    sam = visit("sam")
    assert sam.post(f"{HOME}gemensamt/", month()).status_code == 302
    again = sam.post(f"{HOME}gemensamt/", month(cards=9))
    assert again.status_code == 422 and 'value="9"' in again.content.decode()
    where = f"{HOME}gemensamt/{JointWork.objects.get().pk}/"
    assert sam.post(where, month(cards=9, why="Kortet från fredagen")).status_code == 302
    page = sam.get(where).content.decode()
    assert "Kortet från fredagen" in page and "<textarea" not in page
    form = sam.get(f"{HOME}gemensamt/").content.decode().split("<main")[1]
    assert "<textarea" not in form and 'type="text"' not in form  # nowhere to write of anybody


def test_sam_keeps_a_meeting_and_what_it_agreed(visit) -> None:
    sam, today = visit("sam"), timezone.localdate()
    met = {"held_on": today, "group": "steering", "attendees": "Enhetschef", "notes": "Vi såg talen."}
    assert sam.post(f"{HOME}moten/", met).status_code == 302
    where = f"{HOME}moten/{Meeting.objects.get().pk}/"
    asked = {"text": "Trycka kort", "responsible": "Mika", "due_on": today}
    assert sam.post(where, asked).status_code == 302 and "Trycka kort" in sam.get(HOME).content.decode()
    done = f"{HOME}atgarder/{AgreedMeasure.objects.get().pk}/"
    assert sam.post(done, {"done": "on"}).status_code == 302 and "gjord" in sam.get(where).content.decode()
    assert sam.post(done, {"done": "on"}).status_code == 409
    assert sam.post(done, {}).status_code == 302 and AgreedMeasure.objects.get().done_on is None


WRONG = (
    {"notes": "Vi talade om 19900101-0009"}, {"notes": "ring 070-174 06 05"}, {"notes": "a@b.se"},
    {"notes": "bilen ABC 123"}, {"notes": "\x00"}, {"notes": "x" * 1_000_000}, {"attendees": " \u202e "},
    {"held_on": "2026-02-30"}, {"held_on": "2099-01-01"}, {"group": "🙂"},
)  # fmt: skip


def test_what_cannot_be_is_answered_with_the_form_and_what_was_written(visit) -> None:
    met = {"held_on": timezone.localdate(), "group": "steering", "attendees": "Enhetschef", "notes": "Talen."}
    sam = visit("sam")
    for wrong in WRONG:
        answer = sam.post(f"{HOME}moten/", met | wrong)
        assert answer.status_code == 422 and not Meeting.objects.exists(), ascii(wrong)[:40]
        assert "notes" in wrong or "Talen." in answer.content.decode()


def test_others_do_not_find_the_pages(visit) -> None:
    for name in ("alva", "bo", "cilla", "elis", "hugo", "ines", "lars", "disa"):
        assert {visit(name).get(page).status_code for page in PAGES} == {404}, name
