"""A counsellor sets goals, refers with a line in the ledger and makes a file; on a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from klarsyn.cases import actions
from klarsyn.cases.models import Case
from klarsyn.people.demo import MIKA, demo_keys
from klarsyn.people.models import Team
from tests.browser.conftest import fits
from tests.people import person

TODAY = timezone.localdate().isoformat()


@pytest.fixture
def case(transactional_db) -> Case:
    alva = person("alva")
    team = Team.objects.get(name=MIKA)
    return actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="Påhittat: mål och hänvisning")


def _seen(page: Page, axe, shoot, name: str) -> None:
    axe(page)
    assert fits(page), name
    shoot(page, name)


def _fill(page: Page, words: dict[str, str], choices: dict[str, str]) -> None:
    for label, text in words.items():
        page.get_by_label(label).first.fill(text)
    for label, value in choices.items():
        page.get_by_label(label).first.select_option(value)


def test_alva_sets_goals_and_judges_them(page, as_person, live_server, axe, shoot, case) -> None:
    as_person(page, "alva")
    page.goto(f"{live_server.url}/personal/arenden/{case.id}/")
    _fill(page, {"Varför öppnar du?": "möte i dag"}, {})
    page.get_by_role("button", name="Öppna").click()
    page.get_by_role("link", name="Mål, stöd och uppföljning").click()
    _seen(page, axe, shoot, "support-empty")
    page.get_by_role("link", name="Skriv mål").click()
    _seen(page, axe, shoot, "goals-new")
    words = {"Mål": "Sova tryggt", "0: så ser det förväntade ut": "sex timmar"}
    _fill(page, words, {"Läget vid start": "-1"})
    page.get_by_role("button", name="Spara och lås").click()
    page.get_by_text("T = 40,0").wait_for()
    page.get_by_role("link", name="Bedöm målen nu").click()
    _fill(page, {}, {"Sova tryggt": "1"})
    _seen(page, axe, shoot, "goals-now")
    page.get_by_role("button", name="Spara och lås").click()
    page.get_by_text("+20,0 sedan start").wait_for()
    page.get_by_role("link", name="Svara Sex frågor om hur du har det vid start").click()
    page.get_by_label("ganska").first.check()
    _seen(page, axe, shoot, "questions")
    page.get_by_role("button", name="Spara och lås").click()
    _seen(page, axe, shoot, "support")
    page.get_by_role("link", name="Stödprocess vid människohandel").click()
    _seen(page, axe, shoot, "route-empty")


def _refers(page: Page, at: str, axe, shoot) -> None:
    page.goto(f"{at}samtycke/")
    _seen(page, axe, shoot, "consent")
    _fill(
        page,
        {"Mottagare": "Boendet", "Vilka uppgifter?": "läget", "Lämnat den": TODAY},
        {"Till vad?": "referral"},
    )
    page.get_by_role("button", name="Spara och lås").click()
    page.get_by_role("link", name="Ny hänvisning").click()
    end = (timezone.localdate() + timedelta(days=9)).isoformat()
    page.get_by_label("ärendets läge och varför").check()
    _fill(page, {"Mottagare": "Boendet", "Vad ska mottagaren göra?": "bo", "Gäller till och med": end},
          {"Vad är mottagaren?": "civil", "Varför?": "Other"})  # fmt: skip
    page.get_by_role("button", name="Spara").click()
    page.goto(f"{at}utlamnanden/")


def _discloses(page: Page, axe, shoot) -> None:
    page.get_by_role("link", name="Lämna, och anteckna utlämnandet").click()
    _seen(page, axe, shoot, "disclosure-form")
    _fill(page, {"Vad lämnades ut?": "läget", "Vad lämnades inte ut": "allt annat", "Vem beslutade?": "Alva",
                 "När beslutades det?": TODAY},
          {"Hur kom det sig?": "own", "Laglig grund": "osl_10_1_consent"})  # fmt: skip
    page.get_by_role("button", name="Spara och lås").click()


def test_alva_refers_records_the_disclosure_and_makes_the_file(
    page, as_person, live_server, axe, shoot, case
) -> None:
    as_person(page, "alva")
    at = f"{live_server.url}/personal/arenden/{case.id}/"
    page.goto(at)
    _fill(page, {"Varför öppnar du?": "möte i dag"}, {})
    page.get_by_role("button", name="Öppna").click()
    page.goto(f"{at}utlamnanden/")
    _seen(page, axe, shoot, "giving-empty")
    page.get_by_role("link", name="Fyll i underlaget").click()
    _fill(page, {}, {"Ärendets läge": "Active"})
    _seen(page, axe, shoot, "htcds-form")
    page.get_by_role("button", name="Spara").click()
    _refers(page, at, axe, shoot)
    _discloses(page, axe, shoot)
    page.get_by_text("lämnad, väntar på svar").wait_for()
    _seen(page, axe, shoot, "giving")
    page.get_by_role("link", name="Skriv ut").first.click()
    _seen(page, axe, shoot, "disclosure")
    page.goto(f"{at}utlamnanden/")
    page.get_by_role("link", name="Fil enligt HTCDS 2.0").click()
    _fill(page, {"Varför behövs filen?": "till boendet"}, {"Form": "csv"})
    _seen(page, axe, shoot, "file")
    with page.expect_download() as made:
        page.get_by_role("button", name="Gör filen").click()
    text = made.value.path().read_text(encoding="utf-8-sig")
    assert "Active" in text and "cas_Status" in text


def _answers(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label).first.check()
        page.get_by_role("button", name="Nästa").click()


def test_alva_walks_through_a_request_and_decides(page, as_person, live_server, axe, shoot, case) -> None:
    as_person(page, "alva")
    page.goto(f"{live_server.url}/personal/arenden/{case.id}/")
    _fill(page, {"Varför öppnar du?": "begäran"}, {})
    page.get_by_role("button", name="Öppna").click()
    page.goto(f"{live_server.url}/personal/arenden/{case.id}/utlamnanden/genomgang/")
    page.get_by_role("button", name="Börja").click()
    _answers(page, "Nej, alla är 21 eller äldre", "Polisen, åklagare")
    _seen(page, axe, shoot, "deciding-question")
    _answers(page, "De har begärt något annat", "Ett begånget brott med lägre", "Vi har inte frågat", "Det är osäkert",
             "Nej")  # fmt: skip
    _seen(page, axe, shoot, "deciding-end")
    words = {"Mottagare": "Polisen", "Vad begärs": "akten", "Dina skäl": "under gränsen",
             "Vad lämnades inte ut": "allt", "Vem beslutade?": "Alva"}  # fmt: skip
    _fill(page, words, {"Vad beslutas?": "refused"})
    page.get_by_role("button", name="Spara beslutet").click()
    page.get_by_text("Systemet har inte skickat något.").first.wait_for()
    _seen(page, axe, shoot, "deciding-memo")
    page.goto(f"{live_server.url}/personal/fragor-om-personer/{case.team_id}/")
    page.get_by_role("button", name="Börja").click()
    _answers(page, "Nej", "Press", "Veta om någon är känd")
    _seen(page, axe, shoot, "outside-end")
