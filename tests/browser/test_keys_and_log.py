"""Whole journeys around the keys and the log: a colleague in and out, a lost reception, a sample, an export."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from klarsyn.cases import actions
from klarsyn.cases.access import read_case
from klarsyn.cases.models import Compartment
from klarsyn.people import membership
from klarsyn.people.demo import DEMO_PASSWORD, MIKA, demo_keys
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import make_keys, unlock
from klarsyn.people.models import RoleHeld, Team, TeamEpoch, TeamWrap, User
from tests.browser.conftest import fits
from tests.people import person


@pytest.fixture
def nils(live_server, transactional_db: None) -> User:
    """One of the invented people more: the counsellors' role in Mika, and no key yet."""
    person("alva")
    user = User.objects.create(username="nils", name="Nils Demo", is_demo=True)
    make_keys(user, DEMO_PASSWORD)
    RoleHeld.objects.create(user=user, role="mika_counsellor", team=Team.objects.get(name=MIKA))
    return user


def _opens(user: User) -> bool:
    found = unlock(user.username, DEMO_PASSWORD)
    return found is not None and bool(teams.open_teams(found[1]))


def test_alva_lets_nils_in_and_takes_him_out_and_the_cases_are_sealed_anew_by_themselves(
    page, as_person, nils: User, axe, shoot, monkeypatch
) -> None:
    monkeypatch.setattr("klarsyn.cases.rekeying.BATCH", 2)
    monkeypatch.setattr(membership, "STEP", 1)
    team, alva = Team.objects.get(name=MIKA), person("alva")
    for number in range(5):
        actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary=f"påhittat {number}")
    rail = as_person(page, "alva").get_by_role("navigation", name="Arbetsrum")
    if not (keys := rail.get_by_role("link", name="Mottagningens nycklar")).is_visible():
        rail.get_by_text("Visa menyn").click()
    keys.click()
    axe(page)
    page.get_by_role("link", name="Släpp in Nils Demo").click()
    axe(page)
    page.get_by_role("button", name="Orden stämmer: släpp in").click()
    page.get_by_text("Nils Demo har nu mottagningens nyckel.").wait_for()
    assert _opens(nils) and fits(page)
    page.get_by_role("link", name="Ta ut Nils Demo").click()
    page.get_by_label("Varför?").fill("Slutar i dag.")
    axe(page)
    page.get_by_role("button", name="Ta ut nu").click()
    page.get_by_text("Alla ärenden är förseglade med den nya nyckeln").wait_for()
    axe(page)
    assert not _opens(nils) and not TeamEpoch.objects.filter(state="draining").exists()


def test_without_javascript_the_sealing_goes_on_by_a_button(
    open_page, as_person, live_server, nils, monkeypatch
) -> None:
    monkeypatch.setattr("klarsyn.cases.rekeying.BATCH", 2)
    monkeypatch.setattr(membership, "STEP", 2)
    team, alva = Team.objects.get(name=MIKA), person("alva")
    hers = demo_keys(alva)
    for number in range(5):
        actions.open_case(team=team, by=alva, keys=hers, summary=f"påhittat {number}")
    teams.add_member(team=team, member=nils, by=alva, keys=hers)
    membership.take_out(team=team, member=nils, by=alva, keys=hers, reason="slutar")
    page = as_person(open_page(width=360, javascript=False), "alva")
    page.goto(f"{live_server.url}/personal/nycklar/")
    page.get_by_text("0 av 5 är klara").wait_for()
    page.get_by_role("button", name="Fortsätt försegla om").click()
    page.get_by_text("4 av 5 är klara").wait_for()
    for _ in range(2):
        page.get_by_role("button", name="Fortsätt försegla om").click()
    page.wait_for_url("**/personal/nycklar/")
    assert page.get_by_role("button", name="Fortsätt försegla om").count() == 0
    assert not TeamEpoch.objects.filter(state="draining").exists()


def test_jonas_and_karin_bring_a_lost_reception_back_without_javascript(
    open_page, as_person, live_server, nils: User, shoot
) -> None:
    TeamWrap.objects.filter(epoch__team__name=MIKA).delete()
    first = as_person(open_page(width=360, javascript=False), "jonas")
    first.goto(f"{live_server.url}/personal/nyckelombud/")
    first.get_by_role("link", name="Börja återställa").click()
    first.get_by_label("Det andra nyckelombudet").select_option(label="Karin Demo")
    first.get_by_label("Varför?").fill("Alva är borta och ingen annan har nyckeln.")
    first.get_by_role("button", name="Lämna över min del").click()
    first.get_by_text("Karin Demo slutför").wait_for()
    second = as_person(open_page(width=360, javascript=False), "karin")
    second.goto(f"{live_server.url}/personal/nyckelombud/")
    second.get_by_text("Alva är borta").wait_for()
    assert fits(second) and not _opens(nils)
    shoot(second, "escrow-waiting")
    second.get_by_role("link", name="Släpp in en ny medlem").click()
    second.get_by_label("Nils Demo").check()
    second.get_by_label("Varför?").fill("Ny samtalsstödjare från i dag.")
    shoot(second, "escrow-let-in")
    second.get_by_role("button", name="Orden stämmer: släpp in").click()
    second.get_by_text("Du behövs inte nu").first.wait_for()
    assert _opens(nils)


def test_greta_draws_the_sample_signs_off_and_asks(
    page, as_person, live_server, axe, shoot, monkeypatch
) -> None:
    alva, team = person("alva"), Team.objects.get(name=MIKA)
    case = actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="påhittat")
    for why in ("möte i dag", "ringer vården"):
        read_case(alva, demo_keys(alva), case.id, purpose=why)
    real = timezone.localdate
    later = (real().replace(day=1) + timedelta(days=32)).replace(day=1)
    monkeypatch.setattr(timezone, "localdate", lambda value=None, zone=None: real(value) if value else later)
    as_person(page, "greta").goto(f"{live_server.url}/personal/lasningar/")
    axe(page)
    page.get_by_role("button", name="Dra stickprovet").click()
    page.get_by_text("2 läsningar väntar på dig").wait_for()
    axe(page)
    page.get_by_role("button", name="Utan anmärkning").first.click()
    page.get_by_text("1 läsning väntar på dig").wait_for()
    page.get_by_role("link", name="Ställ en fråga").click()
    page.get_by_label("Vad undrar du?").fill("Vem ringde vem?")
    axe(page)
    page.get_by_role("button", name="Ställ frågan").click()
    page.get_by_text("Alla läsningar är granskade").wait_for()
    assert fits(page)
    shoot(page, "sample")


def test_alva_opens_a_case_with_a_reason(page, as_person, live_server, axe, shoot) -> None:
    alva, team = person("alva"), Team.objects.get(name=MIKA)
    case = actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="Påhittat: samtal om boende")
    text = "Påhittad anteckning. " * 12
    actions.add_record(case=case, compartment=Compartment.NOTES, by=alva, keys=demo_keys(alva), text=text)
    as_person(page, "alva").goto(f"{live_server.url}/personal/arenden/")
    axe(page)
    page.get_by_role("link", name="Påhittat: samtal om boende").click()
    axe(page)
    shoot(page, "case-why")
    page.get_by_label("Varför öppnar du?").fill("möte i dag")
    page.get_by_role("button", name="Öppna").click()
    page.get_by_text("Påhittad anteckning.").first.wait_for()
    axe(page)
    assert fits(page)
    shoot(page, "case")


def test_ines_reads_the_log_and_takes_it_home(page, as_person, live_server, axe, shoot) -> None:
    as_person(page, "ines").goto(f"{live_server.url}/personal/logg/")
    page.get_by_text("Välj rader").click()
    axe(page)
    assert fits(page)
    page.get_by_label("Vad", exact=False).first.select_option(label="Roller")
    page.get_by_role("button", name="Visa raderna").click()
    page.get_by_text("roll given").first.wait_for()
    assert "inloggad i demonstrationen" not in page.get_by_role("table").inner_text()
    shoot(page, "log")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Ladda ner loggen").click()
    assert taken.value.suggested_filename.endswith(".jsonl")
    page.goto(f"{live_server.url}/personal/logg/veckans-ord/")
    page.get_by_role("button", name="Signera loggen nu").click()
    page.get_by_text("Loggen är signerad").wait_for()
    axe(page)
    assert fits(page)
    shoot(page, "log-words")


ON_THE_WAY = ("las-upp/", "bekrafta/", "fler-arenden/", "sakerhet/", "mottagningens-roller/", "roller/")


def test_what_greta_meets_on_her_way_is_for_everybody(page, as_person, live_server, axe, shoot) -> None:
    as_person(page, "greta")
    for address in ON_THE_WAY:
        page.goto(f"{live_server.url}/personal/{address}")
        axe(page)
        assert fits(page), address
        shoot(page, address.strip("/"))
