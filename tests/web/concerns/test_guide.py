"""The guide: nobody signs in, nothing is stored, danger comes first, a child's report comes first, little weighs it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.concerns.guide import content
from klarsyn.concerns.guide.content import LANGUAGES
from klarsyn.people.models import StaffSession

LINK = re.compile(r'href="(/sett/[^"#]*)"')


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.cookies == {}, path
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def walked(client: Client, start: str) -> dict[str, str]:
    """Every page of one language that links lead to, by its address."""
    found, waiting = {}, [start]
    while waiting:
        path = waiting.pop()
        if path in found or path.endswith(".pdf"):
            continue
        found[path] = read(client, path)
        waiting += [one for one in LINK.findall(found[path]) if one.startswith(start)]
    return found


def weight(text: str) -> int:
    """Bytes of a page with everything that it asks for, as they lie on the disk."""
    linked = re.findall(rf'(?:href|src)="{settings.STATIC_URL}([^"]+)"', text)
    assert len(linked) == 6
    return len(text.encode()) + sum(Path(finders.find(one)).stat().st_size for one in linked)


def test_frej_can_walk_to_every_answer_and_each_weighs_little(visit) -> None:
    pages = walked(visit("frej"), "/sett/sv/")
    sights = sum(len(role.sights) for role in content.roles())
    assert len(pages) == 1 + 1 + 12 * (1 + 3) + 2 * sights
    for path, text in pages.items():
        assert 'href="tel:112"' in text and 'id="leave"' in text and "<form" not in text, path
        assert weight(text) <= 60_000, (path, weight(text))
        assert re.search(r"<title>(.*)</title>", text)[1] == "Stöd och samtal – Jönköpings kommun"
    assert StaffSession.objects.count() == 0 and AuditEvent.objects.count() == 0


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "sv"])
def test_every_language_leads_to_an_answer_in_few_bytes(visit, code) -> None:
    client = visit("frej")
    for path in ("", "allt/", "stad/", "stad/vuxen/", "skola/barn/", "granne/fara/"):
        text = read(client, f"/sett/{code}/{path}")
        assert 'href="tel:112"' in text and weight(text) <= 60_000
    assert len(walked(client, f"/sett/{code}/stad/")) == (12 if code == "en" else 4)


def test_a_cleaner_reaches_the_number_in_three_taps(visit) -> None:
    """Start page, "have you seen something", "I clean": the number is the third tap."""
    client, address = visit("frej"), reverse("concerns:guide")
    assert f'href="{address}"' in client.get("/").content.decode()
    assert 'href="/sett/sv/stad/"' in read(client, address)
    text = read(client, "/sett/sv/stad/")
    assert 'href="tel:11414"' in text and 'href="tel:+4620390000"' in text
    assert "/en/sett/" in client.get("/en/").content.decode()


def test_in_danger_nothing_comes_before_112_and_nothing_more_is_asked(visit) -> None:
    text = read(visit("frej"), "/sett/sv/taxi/fara/").partition("<main")[2]
    assert text.index('href="tel:112"') < text.index("<ol")
    assert "v-choices" not in text
    assert visit("frej").get("/sett/sv/taxi/fara/styrd/").status_code == 404


def test_for_a_child_the_report_comes_first_and_the_duty_is_the_roles(visit) -> None:
    client = visit("frej")
    school, cleaner = (read(client, f"/sett/sv/{role}/barn/") for role in ("skola", "stad"))
    assert "Du måste anmäla själv" in school and "Du måste anmäla själv" not in cleaner
    assert "Du får vara anonym" in cleaner and "Du får vara anonym" not in school
    for page in (school, cleaner):
        assert page.index('href="/orosanmalan/"') < page.index("<ol")
    assert 'href="/en/orosanmalan/"' in read(client, "/sett/ar/skola/barn/")
    assert client.get("/orosanmalan/").status_code == 200
    assert "Numret är inte bekräftat här" in school


def test_the_page_with_everything_says_whose_duty_it_is(visit) -> None:
    text = read(visit("frej"), "/sett/sv/allt/")
    duty, choice = text.index("Du måste anmäla själv"), text.index("Du får vara anonym")
    school, neighbour = (
        text.index(f"{who} ·") for who in ("Jag arbetar i skolan", "Jag är granne eller privatperson")
    )
    first, second = sorted([(duty, school), (choice, neighbour)])
    assert first[1] < first[0] < second[1] < second[0]


def test_the_whole_answer_says_what_to_say_never_to_do_and_the_law(visit) -> None:
    text = read(visit("frej"), "/sett/sv/hyr/vuxen/bostad/")
    for part in ("Säg så här", "Konfrontera ingen", "Gå inte in i lägenheten", "Brottsbalken 6 kap. 12 §",
                 "Ett tecken bevisar ingenting", "Det kan också vara något annat", "En jurist har inte"):  # fmt: skip
        assert part in text, part
    assert "https://polisen.se/" in text and "<input" not in text


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2026-11-26T09:00", "Öppet torsdag \u200e26/11 till \u200e16:30."),
        ("2026-11-27T16:00", "Stängt. Öppnar måndag \u200e30/11 klockan \u200e09:00."),
        ("2026-12-23T16:00", "Stängt. Öppnar måndag \u200e28/12 klockan \u200e09:00."),
    ],
)
def test_the_support_line_is_open_or_says_when_and_how_sure_that_is(visit, monkeypatch, moment, says) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    text = read(visit("frej"), "/sett/sv/stad/")
    assert says in text and "kontorstid på vardagar" in text
    assert 'data-until="2026-1' in text


@pytest.mark.parametrize(
    "path",
    ["xx/", "sv/x/", "sv/stad/x/", "sv/stad/vuxen/x/", "sv/stad/vuxen/massa/", "es/stad/vuxen/plats/",
     "sv/stad/kort-a3.pdf", "xx/allt/", "sv/stad/vuxen/%00/", "sv/%F0%9F%98%80/"],
)  # fmt: skip
def test_a_step_that_is_not_there_is_not_found(visit, path) -> None:
    assert visit("frej").get(f"/sett/{path}").status_code == 404


def test_no_step_takes_words_and_what_is_sent_along_is_not_shown(visit) -> None:
    client = visit("frej")
    assert client.post("/sett/sv/stad/", {"text": "19800101-1234"}).status_code == 405
    assert "19800101-1234" not in read(client, "/sett/sv/stad/?text=19800101-1234")


def test_another_language_is_the_same_page_or_the_nearest(visit) -> None:
    text = read(visit("frej"), "/sett/sv/stad/vuxen/plats/")
    assert 'href="/sett/en/stad/vuxen/plats/"' in text and 'href="/sett/ar/stad/vuxen/"' in text
    arabic = read(visit("frej"), "/sett/ar/stad/vuxen/")
    assert '<html lang="ar" dir="rtl">' in arabic and '<bdi dir="ltr">114 14</bdi>' in arabic


def test_the_page_says_who_has_not_read_it_and_when_the_numbers_were_checked(visit) -> None:
    assert "ยังไม่มีเจ้าของภาษาอ่านคำแปลนี้" in read(visit("frej"), "/sett/th/stad/")
    assert "2026-11-25" in read(visit("frej"), "/sett/sv/")


def test_the_worker_only_reads_and_lives_under_the_guides_own_address(visit) -> None:
    answer = visit("frej").get("/sett/sw.js")
    script = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer and "script-src 'self'" in answer["Content-Security-Policy"]
    assert not re.search(r"\.put\(|\.add(All)?\(|caches\.open|indexedDB|postMessage", script)


def test_what_may_be_kept_is_the_guide_and_nothing_else(visit) -> None:
    for path in walked(visit("frej"), "/sett/sv/vard/"):
        kept = re.search(r'data-pages="([^"]+)"', read(visit("frej"), path))[1].split()
        assert all(one.startswith("/sett/sv/") for one in kept) and len(kept) == 2 + 1 + 3 + 2 * 4
        assert {"/sett/sv/", "/sett/sv/allt/", "/sett/sv/vard/fara/"} <= set(kept)
