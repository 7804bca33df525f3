"""The officer looks through an only head's readings; somebody who came from outside is told what is known of being out."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from klarsyn.cases import actions, samples
from klarsyn.cases.access import read_case
from klarsyn.people.demo import MIKA, demo_keys
from klarsyn.people.models import RoleHeld, Team
from tests.browser.conftest import fits
from tests.people import person


def test_ines_looks_through_what_an_only_head_has_read(
    page, as_person, live_server, axe, shoot, monkeypatch
) -> None:
    alva, team = person("alva"), Team.objects.get(name=MIKA)
    case = actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="påhittat")
    for why in ("möte i dag", "ringer vården"):
        read_case(alva, demo_keys(alva), case.id, purpose=why)
    RoleHeld.objects.create(user=alva, role="reception_head", team=team)
    RoleHeld.objects.filter(user=person("greta"), role="reception_head", team=team).delete()
    real, month = timezone.localdate, timezone.localdate().replace(day=1)
    later = (month + timedelta(days=32)).replace(day=1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, zone=None: real(value) if value else later)
    samples.draw(team=team, month=month, by=person("alva"))
    as_person(page, "ines").goto(f"{live_server.url}/personal/chefers-lasningar/")
    axe(page)
    assert fits(page)
    shoot(page, "own-reads")
    page.get_by_role("button", name="Utan anmärkning").first.click()
    page.get_by_text("utan anmärkning", exact=True).wait_for()
    page.get_by_role("link", name="Ställ en fråga").click()
    axe(page)
    page.get_by_label("Vad undrar du?").fill("Vem ringde vem?")
    shoot(page, "own-question")
    page.get_by_role("button", name="Ställ frågan").click()
    page.get_by_text("fråga ställd", exact=True).wait_for()


def test_who_is_out_here_alone_reads_so(page, live_server, axe, shoot) -> None:
    page.goto(f"{live_server.url}/personal/logga-ut/klar/")
    page.get_by_text("fortfarande vara inloggad").wait_for()
    axe(page)
    assert fits(page)
    shoot(page, "signed-out")
