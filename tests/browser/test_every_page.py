"""Every page that staff can walk to from the desk, one sign-in a role: accessible, no wider than a phone, a heading of its own."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import Page

from klarsyn.cases import access, actions
from klarsyn.cases.demo import ensure_demo_cases
from klarsyn.cases.models import Case
from klarsyn.contact.demo import ensure_demo_contacts
from klarsyn.contact.demo_times import ensure_demo_times
from klarsyn.people.demo import demo_keys
from klarsyn.people.keys import teams
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.plan.motions.demo import ensure_demo_plan
from klarsyn.plan.police.demo import ensure_demo_cooperation
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.sources.actions import load_snapshot
from tests.browser.conftest import fits
from tests.matrix.table import expected
from tests.people import person
from tests.unit.people.keys.conftest import someone

# Who walks to which page: each is looked at once, by the first of them. A page that another test looks at stands in ELSEWHERE.
COUNSELLOR = {
    "people:desk", "training:mine", "people:roles", "people:security", "people:password", "people:add_app", "people:add_passkey",
    "people:team_keys", "receptions:tallies", "receptions:blank_sheet", "receptions:sheet", "receptions:year",
    "contact:inbox", "contact:contact", "contact:published", "contact:booked_list", "contact:booked",
    "contact:call_list", "contact:call", "contact:cards", "contact:contact_counts", "contact:new_code",
    "cases:cases", "cases:case", "cases:case_identity", "cases:case_extract", "cases:take_in", "cases:budget",
    "cases:retention", "cases:htcds", "cases:statistics_file", "cases:giving", "cases:write", "cases:note",
    "cases:correct", "cases:rename", "cases:seal", "cases:withdraw",
    "cases:left_note", "cases:decide", "cases:outside",
}  # fmt: skip
HEAD = {
    "people:members",
    "receptions:facts",
    "cases:samples",
    "cases:workload",
    "cases:leave",
    "cases:sealed",
}
HOUSE = {
    "disa": {"sources:index", "sources:dataset", "sources:choose", "sources:upload", "report:editions", "report:draft",
             "report:ledger", "concerns:events", "report:others", "report:take_in", "report:trust_key"},
    "petra": {f"plan:{page}" for page in (
        "overview", "motion", "decision", "plan", "change_plan", "new_measure", "measure", "change_measure", "new_plan",
    )},
    "lars": {f"plan:{page}" for page in (
        "overview", "motion", "new_motion", "new_decision", "change_motion", "decide", "decision", "correct_decision",
        "correct_consultation",
    )},
    "ines": {"cases:own_reads", "people:log", "people:log_words"},
    "jonas": {"people:escrow"},
    "sam": {"plan:cooperation", "plan:agreement_new", "plan:agreement", "plan:goal", "plan:joint_work",
            "plan:joint_work_correct", "plan:meetings", "plan:meeting", "plan:shared_picture"},
}  # fmt: skip
ELSEWHERE = {
    "concerns:observations": "test_signs.py",
    "base:gallery": "test_gallery.py", "people:sign_in": "test_sign_in.py", "people:unlock": "test_keys_and_log.py",
    "people:step_up": "test_second_factor.py", "people:signed_out": "test_own_reads.py",
    "people:let_in": "test_keys_and_log.py", "people:take_out": "test_keys_and_log.py",
    "people:escrow_hand_over": "test_keys_and_log.py", "people:escrow_let_in": "test_keys_and_log.py",
    **{f"concerns:{name}": "test_reports.py" for name in ("report", "reports", "one_report", "registry")},
    **{f"plan:{name}": "test_year.py" for name in ("public_year", "year", "law", "routines", "routine")},
    **{f"report:{name}": "test_evening.py" for name in ("evening", "questions", "evening_slides", "speaker", "own_notes")},
    "report:index": "test_report.py", "report:open_data": "test_report.py", "report:api": "test_report.py", "report:embed_list": "test_report.py", "report:draft_edition": "test_report.py", "report:draft_page": "test_report.py",
    "report:draft_origin": "test_report.py", "report:answer": "test_protected.py", "portal:start": "test_front.py",
    "portal:support": "test_support.py", "portal:support_in": "test_support.py", "portal:support_page": "test_support.py",
    "portal:about": "test_front.py", "portal:accessibility": "test_front.py", "portal:privacy": "test_front.py",
    **{f"training:{page}": "test_training.py" for page in ("course", "step", "screen", "handout", "unit_link", "preview")},
    **{f"training:open_{page}": "test_training.py" for page in ("start", "unit", "code", "mine", "course", "step", "screen", "handout")},
    "cases:leave": "test_retention.py", "cases:sealed": "test_retention.py", "cases:name": "test_retention.py",
    **{f"report:{page}": "test_comparison.py" for page in ("propose", "comparison", "compared", "compared_one")},
    **{f"plan:{page}": "test_plan_public.py" for page in ("public", "public_motion", "public_measure", "open_data")},
    "training:units": "test_units.py", "training:unit": "test_units.py", "training:certificate_check": "test_units.py",
    "cases:own_question": "test_own_reads.py", "cases:sample": "test_keys_and_log.py",
    "cases:question": "test_keys_and_log.py", "cases:referral_file": "test_giving.py", "contact:talk": "test_talk.py",
    **{f"concerns:guide{part}": "test_guide.py" for part in ("", "_in", "_all", "_role", "_now", "_sight")},
    **{f"training:{name}": "test_attitudes.py" for name in ("attitudes", "surveys", "survey")},
    **{f"contact:{name}_{letter}": "test_times.py" for name in ("times", "mine", "card") for letter in "mk"},
}  # fmt: skip
NO_PAGE = {
    *(
        f"report:api_{name}"
        for name in ("start", "editions", "edition", "indicators", "figures", "sources", "openapi")
    ),
    "concerns:guide_card",
    "concerns:guide_worker",
    "base:accent",
    "plan:feed",
    "plan:open_data_file",
    "report:well_known",
    "sources:template",
    "people:log_verifier",
    "people:log_export",
    "training:handout_pdf",
    "training:package",
    "training:unit_names",
    "training:open_handout_pdf",
}
LINKS = "[...document.querySelectorAll('a[href]')].map(a => a.pathname)"


def walk(page: Page, names: set[str], look: Callable[[str], None]) -> None:
    """From the desk by links, to one page of each name; what opens by a button is opened. Fails when one is not reached."""
    at = urlsplit(page.url)
    waiting, left = [at.path], set(names)
    while waiting:
        path = waiting.pop(0)
        name = resolve(path).view_name if path.startswith("/personal/") else ""
        if name in left:
            left.remove(name)
            page.goto(f"{at.scheme}://{at.netloc}{path}")
            look(name)
            if opened := _open(page, name):
                left.discard(opened)
                look(opened)
            waiting += page.evaluate(LINKS)
    assert not left, f"no link leads there: {sorted(left)}"


def _open(page: Page, name: str) -> str:
    """Press what the page asks for; the name of the page that comes, or nothing."""
    if name == "contact:inbox":
        page.get_by_role("button", name="Öppna kontakt 1").click()
        return "contact:contact"
    if name == "cases:case":
        page.get_by_label("Varför öppnar du?").fill("möte i dag")
        page.get_by_role("button", name="Öppna").click()
        page.get_by_role("link", name="Journalanteckning", exact=True).wait_for()
        return name
    return ""


@pytest.fixture
def look(axe, shoot) -> Callable[[Page], Callable[[str], None]]:
    """`look(page)(name)`: accessible, fits a phone, one first heading, and a picture."""

    def of(page: Page) -> Callable[[str], None]:
        def one(name: str) -> None:
            axe(page)
            assert fits(page), page.url
            assert page.locator("h1").count() == 1, page.url
            shoot(page, "every-" + name.replace(":", "-"))

        return one

    return of


def _leave_notes() -> None:
    """A note of a colleague who no longer works here, in each case; and a title that is one long word."""
    (berit, hers), alva, team = someone("berit"), person("alva"), Team.objects.get(kind="mika")
    teams.add_member(team=team, member=berit, by=alva, keys=demo_keys(alva))
    role = RoleHeld.objects.create(user=berit, role="mika_counsellor", team=team)
    data = {"type": "VISIT", "text": "Påhittat"}
    who = User.objects.get(pk=berit.pk)
    for case in Case.objects.filter(team=team):
        access.write_entry(who, hers, case.pk, kind="note", data=data, event_day=timezone.localdate())
    role.delete()
    actions.open_case(team=team, by=alva, keys=demo_keys(alva), summary="Påhittat" + "sammanhängande" * 8)


def test_the_receptions_pages(open_page, as_person, look, transactional_db) -> None:
    person("alva")
    for make in (ensure_demo_receptions, ensure_demo_times, ensure_demo_contacts, ensure_demo_cases):
        make()
    _leave_notes()
    for name, pages in (("alva", COUNSELLOR), ("greta", HEAD)):
        page = as_person(open_page(width=360), name)
        walk(page, pages | {"people:desk"}, look(page))


@pytest.mark.parametrize("name", HOUSE)
def test_the_houses_pages(open_page, as_person, look, home, name) -> None:
    if name == "disa":
        load_snapshot(by=name)
    if "plan:overview" in HOUSE[name]:
        person(name)
        ensure_demo_plan()
    if name == "sam":
        person(name)
        ensure_demo_cooperation()
    page = as_person(open_page(width=360), name)
    walk(page, HOUSE[name] | {"people:desk"}, look(page))


@pytest.mark.parametrize(
    "path", ["/finns-inte/", "/personal/finns-inte/", "/personal/logga-ut/", "/stod/xx/"]
)
def test_pages_that_say_no_are_pages_too(open_page, live_server, db, look, path) -> None:
    page = open_page(width=360)
    page.goto(live_server.url + path)
    look(page)("no")
    page.locator("main a").first.click()  # no dead end
    assert page.locator("h1").count() == 1


def test_no_page_is_left_out() -> None:
    shown = {
        what for (what, how, _), cells in expected().items() if how == "GET HEAD" and "page" in cells.values()
    }
    known = COUNSELLOR | HEAD | set().union(*HOUSE.values()) | set(ELSEWHERE) | NO_PAGE
    assert shown <= known, (
        f"no browser has seen {sorted(shown - known)}: add them above, or to the test that looks"
    )
