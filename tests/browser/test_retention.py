"""Alva proposes, Greta decides, the evidence stays; Greta sees how the reception stands. At 360 px too."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.people.demo import MIKA, demo_keys
from klarsyn.people.models import Team
from tests.browser.conftest import fits
from tests.people import person


def test_a_case_goes_by_the_hands_of_two(page, as_person, live_server, axe, shoot) -> None:
    alva, team = person("alva"), Team.objects.get(name=MIKA)
    for last in (timezone.localdate().year, 2025):
        case = actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="påhittat")
        actions.close(case=case, by=alva, retention_on=date(last, 12, 31))
    as_person(page, "alva").goto(f"{live_server.url}/personal/gallring/")
    axe(page)
    assert fits(page)
    shoot(page, "retention-due")
    page.get_by_label("Jag har sett efter").first.check()
    page.get_by_role("button", name="Föreslå gallring").first.click()
    page.get_by_text("Förslaget väntar på enhetschefen.").wait_for()
    page.context.clear_cookies()
    as_person(page, "greta").goto(f"{live_server.url}/personal/gallring/")
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert fits(page)
    shoot(page, "retention-waits")
    page.goto(f"{live_server.url}/personal/laget/")
    axe(page)
    assert fits(page)
    shoot(page, "workload")
    page.goto(f"{live_server.url}/personal/gallring/")
    page.get_by_role("button", name="Besluta: radera").click()
    page.get_by_text("raderat", exact=True).wait_for()
    shoot(page, "retention-evidence")


def test_leave_and_a_sealed_case_are_seen_by_those_they_are_for(
    page, as_person, live_server, axe, shoot
) -> None:
    """Greta enters leave and names Alva for a sealed case; Alva hands over, breaks the seal and names somebody."""
    alva, team, today = person("alva"), Team.objects.get(name=MIKA), timezone.localdate()
    case = actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="påhittat: förseglat")
    Case.objects.filter(pk=case.pk).update(is_sealed=True)
    as_person(page, "greta").goto(f"{live_server.url}/personal/laget/")
    page.get_by_role("link", name="Lägg in ledighet").click()
    page.get_by_label("Vem är ledig?").select_option(label=alva.name)
    for label in ("Första dagen", "Sista dagen"):
        page.get_by_label(label).fill(str(today + timedelta(days=7)))
    page.get_by_role("button", name="Lägg in", exact=True).click()
    page.get_by_text("Sparat.").wait_for()
    _look(page, axe, shoot, "leave")
    page.goto(f"{live_server.url}/personal/laget/")
    _look(page, axe, shoot, "workload-leave")
    _name_alva(page, axe, shoot, str(case.pk), alva.name)
    page.context.clear_cookies()
    as_person(page, "alva").goto(f"{live_server.url}/personal/arenden/")
    _look(page, axe, shoot, "list-leave")
    page.goto(f"{live_server.url}/personal/arenden/{case.pk}/")
    page.locator("#id_purpose").fill("ringer i dag")
    page.get_by_role("button", name="Bryt förseglingen").click()
    page.get_by_text("Finns bara för:").wait_for()
    page.get_by_role("link", name="Namnge vem som får öppna").click()
    _look(page, axe, shoot, "name")


def _name_alva(page, axe, shoot, case: str, name: str) -> None:
    page.get_by_role("link", name="Vem får öppna förseglade").click()
    page.get_by_label("Ärende").select_option(case)
    page.get_by_label("Till vem?").select_option(label=name)
    page.get_by_label("Till och med").fill(str(timezone.localdate()))
    page.get_by_label("Varför?").fill("Ingen är kvar")
    _look(page, axe, shoot, "sealed")
    page.get_by_role("button", name="Namnge").click()
    page.get_by_text("Personen är namngiven.").wait_for()


def _look(page, axe, shoot, name: str) -> None:
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page), name
        shoot(page, name)
    axe(page)
