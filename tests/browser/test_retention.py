"""Alva proposes, Greta decides, the evidence stays; Greta sees how the reception stands. At 360 px too."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from klarsyn.cases import actions
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
