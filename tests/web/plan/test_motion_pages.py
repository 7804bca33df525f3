"""The plan's pages: what each of the cast sees and does, and that the overview asks as much whatever it holds."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from klarsyn.plan.models import Change, Measure, Motion, Review
from klarsyn.plan.motions.demo import ensure_demo_plan
from klarsyn.plan.motions.reminding import reminders
from tests.people import person
from tests.unit.plan.made import whole

HOME = "/personal/planen/"
pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_only_those_of_the_plan_read_it_and_each_sees_their_own_buttons(visit) -> None:
    whole()
    assert visit("frej").get(HOME).status_code == 302
    for name in ("alva", "elis", "hugo"):
        assert visit(name).get(HOME).status_code == 404
    pages = {name: text(visit(name).get(HOME)) for name in ("lars", "petra", "greta")}
    assert {name: "För in en motion" in page for name, page in pages.items()} == {
        "lars": True, "petra": False, "greta": False,
    }  # fmt: skip
    assert "Lägg upp en handlingsplan" in pages["petra"] and "Påhittat" not in pages["petra"]


def test_the_demonstration_says_what_is_invented_late_first_and_greta_her_own(visit) -> None:
    person("greta")
    today = timezone.localdate()
    assert ensure_demo_plan(today) == 9 and ensure_demo_plan(today) == 0
    page = text(visit("greta").get(HOME))
    assert "Påhittat exempel" in page
    order = [
        page.index(one)
        for one in ("Dina enheters åtgärder", "<h2>Försenat", "Motion om arbetet", "Handlingsplaner")
    ]
    assert order == sorted(order)
    assert "Mässan och affärsresorna" in page[order[1] : order[2]]
    for one in Measure.objects.all():
        assert "Påhittat exempel" in text(visit("petra").get(f"{HOME}atgard/{one.slug}/"))
    assert [one.text for one in reminders(person("greta"))] == [
        "Utbildning för socialtjänst och fältassistenter är försenad. Skriv varför."
    ]
    assert [one.text for one in reminders(person("petra"))] == ["2 åtgärder i planen är försenade"]
    assert Motion.objects.get().is_invented is False and not list(reminders(person("lars")))


def test_the_overview_asks_as_much_whatever_it_holds(visit) -> None:
    person("petra")
    made, client = whole(), visit("petra")
    client.get(HOME)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(HOME).status_code == 200
        return len(found)

    few = asked()
    ensure_demo_plan()
    made.plan.measures.create(
        slug="ny", title="Ny", what="x", responsible_unit="A", starts_on=date(2026, 1, 1), due_on=date(2026, 2, 1),
        entered_on=date(2026, 1, 1),
    )  # fmt: skip
    assert asked() == few


def test_a_late_review_without_its_reason_keeps_what_was_written(visit) -> None:
    made = whole(unit="Socialkontoret Öster (påhittad)")
    greta, address = visit("greta"), f"{HOME}atgard/{made.measure.slug}/"
    told = {
        "step": "review",
        "state": "running",
        "came_of_it": "Hyran är klar.",
        "reason_late": "",
        "next_review_on": "",
    }
    answer = greta.post(address, told)
    assert (
        answer.status_code == 422
        and "Hyran är klar." in text(answer)
        and "Skriv en mening om varför" in text(answer)
    )
    assert Review.objects.count() == 1
    assert greta.post(address, told | {"reason_late": "Väntar på lokal."}).status_code == 302
    page = text(greta.get(address))
    assert "Väntar på lokal." in page and "Greta Demo" in page and Review.objects.count() == 2
    assert visit("petra").post(address, told).status_code == 409
    assert visit("lars").post(address, told).status_code == 404


def test_a_milestone_is_ticked_and_struck_and_what_is_published_is_shown(visit) -> None:
    made, petra = whole(), visit("petra")
    address, step = f"{HOME}atgard/{made.measure.slug}/", made.measure.milestones.get(done_on=None)
    other = made.other.milestones.create(title="Annan", due_on=date(2026, 9, 1))
    assert petra.post(address, {"step": "tick", "milestone": other.pk}).status_code == 422
    assert petra.post(address, {"step": "tick", "milestone": step.pk}).status_code == 302
    step.refresh_from_db()
    assert step.done_on == timezone.localdate()
    assert petra.post(address, {"step": "strike", "milestone": step.pk}).status_code == 302
    assert Change.objects.filter(field="milestone").count() == 2
    for row in (made.measure, made.review, made.consultation, made.decision, made.plan):
        kind = row._meta.model_name
        answer = petra.post(
            f"{HOME}publicering/", {"row": f"{kind}-{row.pk}", "step": "publish"}, follow=True
        )
        assert "Det är publicerat." in text(answer) and "publicerad" in text(answer)
    assert petra.post(f"{HOME}publicering/", {"row": "user-1", "step": "publish"}).status_code == 409
    assert petra.post(f"{HOME}publicering/", {"row": "review-999999", "step": "publish"}).status_code == 404


def test_a_decision_says_what_of_each_demand(visit) -> None:
    made, lars = whole(), visit("lars")
    told = {
        "title": "Andra beslutet", "body": "council", "registry_number": "KS 2026/77", "decided_on": "2026-07-01",
        "wording": "Bifalls", "source": "Protokoll", "result_1": "", "result_2": "rejected", "wording_2": "Ryms inte",
    }  # fmt: skip
    answer = lars.post(f"{HOME}motion/{made.motion.slug}/beslut/", told, follow=True)
    assert "Andra beslutet" in text(answer) and "Ryms inte" in text(answer)
    assert [o.demand.number for o in made.motion.decisions.get(title="Andra beslutet").outcomes.all()] == [2]


def test_a_decision_is_put_right_on_its_page_and_outside_it_says_so(visit, client) -> None:
    made, lars = whole(published_on=date(2026, 3, 2)), visit("lars")
    address = f"{HOME}beslut/{made.decision.pk}/ratta/"
    page = text(lars.get(address))
    assert 'value="KS 2026/12"' in page and 'value="approved" selected' in page
    assert page.index('name="why"') > page.index('name="wording_2"')
    told = {
        "title": "Beslut om motionen", "body": "council", "registry_number": "KS 2026/21", "decided_on": "2026-06-01",
        "wording": "Bifalls", "source": "Protokoll", "result_1": "approved", "result_2": "", "why": "Fel nummer",
    }  # fmt: skip
    answer = text(lars.post(address, told, follow=True))
    assert "Det är sparat." in answer and "KS 2026/12 → KS 2026/21" in answer and "Fel nummer" in answer
    outside = text(client.get(f"/planen/motion/{made.motion.slug}/"))
    assert "Rättad" in outside and "KS 2026/12" not in outside and "Fel nummer" not in outside
    asked = {"sent_to": "Kulturnämnden", "sent_on": "2026-03-02", "due_on": "2026-05-01", "why": "Fel nämnd"}
    there = f"{HOME}remiss/{made.consultation.pk}/ratta/"
    answer = text(lars.post(there, asked, follow=True))
    assert "Socialnämnden → Kulturnämnden" in answer and "Fel nämnd" in answer
    assert lars.post(there, asked | {"why": "Igen"}).status_code == 422
    assert visit("petra").get(there).status_code == 404


def test_a_figure_is_looked_at_before_it_is_saved(visit) -> None:
    made, petra = whole(), visit("petra")
    address = f"{HOME}atgard/{made.measure.slug}/andra/"
    typed = {
        "title": "Halvskriven", "indicator": "mika_persons", "indicator_cell": "", "demands": str(made.demands[1].pk),
        "step": "look",
    }  # fmt: skip
    answer = petra.post(address, typed)
    page = text(answer)
    assert answer.status_code == 200 and 'value="Halvskriven"' in page and "Vad siffran inte säger" in page
    assert page.count(" checked") == 1
    made.measure.refresh_from_db()
    assert made.measure.title == "Mottagning" and not Change.objects.exists()
    assert petra.post(address, typed | {"indicator": "x" * 1_000_000}).status_code in (200, 400, 413)
