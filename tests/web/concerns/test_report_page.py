"""The public page of a concern report: its steps without JavaScript, what stays when something is wrong, the code."""

from __future__ import annotations

import re
from html import unescape

import pypdfium2 as pdfium
import pytest
from django.test import Client

from klarsyn.base.codes import luhn
from klarsyn.concerns.models import ConcernReport, ReportDraft
from klarsyn.concerns.report import codes, sending
from tests.people import person
from tests.unit.concerns.reports import NEIGHBOUR, TEACHER, sent

PAGE, LIMIT = "/orosanmalan/", 60_000
pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
SEEN = "Kim har nya saker\r\noch är rädd. 🌧 \u202e"
WAY = (
    {"at": "now", "danger": "no"},
    {"at": "who", "role": "professional", "name": "Tove", "workplace": "Påhittade skolan"},
    {"at": "child", "child_name": "Kim"},
    {"at": "seen", "seen": SEEN, "when_from": "2026-11-02"},
    {"at": "others", "feedback": "on"},
)


@pytest.fixture(autouse=True)
def cast(home) -> None:
    person("olga")


def carried(response) -> dict[str, str]:
    return {
        name: unescape(text)
        for name, text in HIDDEN.findall(response.content.decode())
        if name != "csrfmiddlewaretoken"
    }


def text(response) -> str:
    return unescape(response.content.decode())


def walk(client: Client, way=WAY):
    """Every step filled in, each page carrying what the one before it carried; the last page."""
    at = client.post(PAGE, {"go": "begin"})
    for step in way:
        at = client.post(PAGE, {**carried(at), **step, "go": "next"})
        assert len(at.content) < LIMIT and at["Cache-Control"].startswith("max-age=0")
    return at


def test_a_teacher_reports_step_by_step_and_gets_a_receipt_with_a_code() -> None:
    frej = Client()
    review = walk(frej)
    assert "Läs igenom och skicka" in text(review) and "Kim har nya saker" in text(review)
    page = carried(review)
    first, again = (frej.post(PAGE, {**page, "go": "send"}) for _ in range(2))
    assert "Anmälan är skickad" in text(first) and ConcernReport.objects.count() == 1
    code = re.search(r"(\d{5} ){4}\d{5}", text(first))
    assert code and code[0] in text(again) and "Olga" not in text(first)
    assert not frej.cookies.keys() - {"csrftoken"}
    shown = frej.post(PAGE, {"go": "enter", "typed": code[0]})
    assert "Inget svar än" in text(shown) and "Kim" not in text(shown)
    made = frej.post(PAGE, {**carried(first), "go": "print"})
    document = pdfium.PdfDocument(made.content)
    words = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    assert made["Content-Type"] == "application/pdf" and "och är rädd. [?]" in words and code[0][:5] in words


def test_danger_comes_before_any_other_question_and_the_number_to_call_with_it() -> None:
    frej = Client()
    begun = frej.post(PAGE, {"go": "begin"})
    assert "Är barnet i fara just nu?" in text(begun)
    told = frej.post(PAGE, {**carried(begun), "at": "now", "danger": "yes", "go": "next"})
    assert "Ring 112 nu" in text(told) and 'href="tel:112"' in text(told) and 'name="seen"' not in text(told)
    on = frej.post(PAGE, {**carried(told), "go": "to:who"})
    assert "Vem anmäler?" in text(on) and carried(on)["danger"] == "yes"


def test_a_professional_names_themselves_and_a_private_person_need_not() -> None:
    frej = Client()
    nameless = frej.post(PAGE, {"at": "who", "danger": "no", "role": "professional", "go": "next"})
    assert nameless.status_code == 422 and "kan inte vara anonym" in text(nameless)
    private = frej.post(PAGE, {"at": "who", "danger": "no", "role": "private", "go": "next"})
    assert private.status_code == 200 and "Barnets namn" in text(private)
    way = (
        {"at": "now", "danger": "unknown"},
        {"at": "who", "role": "private"},
        {"at": "child"},
        {"at": "seen", "seen": "Skrik."},
    )
    last = walk(frej, way)
    assert "utredning inleds" not in text(last)
    done = frej.post(PAGE, {**carried(last), "feedback": "on", "go": "send"})
    assert "Du får inget mer svar" in text(done)
    assert not ConcernReport.objects.get().wants_feedback


@pytest.mark.parametrize(("field", "bad", "why"), [
    ("seen", "Född 20120101-2380 och rädd", "ser ut som ett personnummer"),
    ("seen", "Rädd\x00", "Null-tecken"),
    ("seen", "å" * 1_000_000, "8000"),
    ("when_from", "i våras", "giltigt datum"),
    ("seen", "   ", "måste"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_on_its_step_and_nothing_is_lost(field: str, bad: str, why: str) -> None:
    frej = Client()
    given = {"danger": "no", "role": "private", "child_name": "Kim", "seen": "Rädd", field: bad}
    for at in ({"at": "seen", "go": "next"}, {"go": "send"}):
        answer = frej.post(PAGE, {**given, **at})
        assert answer.status_code == 422 and why in text(answer), text(answer)[:4000]
        assert carried(answer)["child_name"] == "Kim" and (bad.strip("\x00 ") in text(answer))
    assert not ConcernReport.objects.exists()
    if "personnummer" in why:
        kept = frej.post(PAGE, {**given, "anyway": "on", "go": "send"})
        assert "Anmälan är skickad" in text(kept)


def test_a_draft_comes_back_with_its_code_and_is_thrown_away() -> None:
    frej = Client()
    half = walk(frej, WAY[:2])
    saved = frej.post(PAGE, {**carried(half), "at": "child", "child_name": "Kim", "go": "save"})
    code = carried(saved)["code"]
    assert "Anmälan är inte skickad" in text(saved) and ReportDraft.objects.count() == 1
    back = Client().post(PAGE, {"go": "enter", "typed": code})
    assert (
        carried(back)["name"] == "Tove"
        and carried(back)["child_name"] == "Kim"
        and "Vad och när" in text(back)
    )
    frej.post(PAGE, {**carried(back), "go": "throw"})
    assert not ReportDraft.objects.exists()
    for typed, status in ((code, 422), ("12", 422), ("1" * 9000, 422)):
        assert Client().post(PAGE, {"go": "enter", "typed": typed}).status_code == status


def test_another_who_has_the_same_six_digits_gets_a_new_code_and_loses_nothing() -> None:
    code = codes.new()
    sending.save(code, TEACHER)
    body = code.locator + "7" * 18
    other = body + luhn(body)
    given = {name: getattr(NEIGHBOUR, name) for name in ("danger", "role", "seen")}
    answer = Client().post(PAGE, {**given, "code": other, "go": "send"})
    assert answer.status_code == 409 and "tryck på Skicka igen" in text(answer)
    assert carried(answer)["code"] != other and carried(answer)["seen"] == NEIGHBOUR.seen
    assert "skickad" in text(Client().post(PAGE, {**carried(answer), "go": "send"}))


@pytest.mark.parametrize("address", [PAGE, "/en" + PAGE])
def test_the_page_is_small_has_the_way_out_and_no_act_by_address(address: str) -> None:
    answer = Client().get(address + "?go=send&seen=x")
    assert answer.status_code == 200 and len(answer.content) < LIMIT and 'id="leave"' in text(answer)
    assert Client().post(address, {"go": "finns-inte:x"}).status_code == 200
    assert not ConcernReport.objects.exists()


def test_olga_assesses_and_decides_and_others_find_nothing(visit) -> None:
    report, _code = sent()
    olga, page = visit("olga"), f"/personal/orosanmalningar/{report.id}/"
    assert "ny: bedöm genast" in text(olga.get("/personal/orosanmalningar/"))
    assert "Tove" not in text(olga.get(page)) and "Tove Lärare" in text(olga.post(page))
    assert olga.post(page + "bedomning/", {"assess-outcome": "no_need"}).status_code == 422
    filled = {"assess-outcome": "no_need", "assess-words": "Lugnt i dag."}
    assert olga.post(page + "bedomning/", filled).status_code == 302
    again = olga.post(page + "bedomning/", filled)
    assert again.status_code == 409 and "redan antecknat" in text(again)
    decided = {"decide-outcome": "inquiry", "decide-words": "Behov."}
    assert olga.post(page + "beslut/", decided).status_code == 302
    assert "En utredning inleds" in text(olga.post(page))
    for name in ("alva", "bo", "greta", "lars"):
        assert visit(name).post(page).status_code == 404


def test_from_the_decision_to_the_registry_by_the_pages(visit) -> None:
    report, code = sent()
    olga, lars, page = visit("olga"), visit("lars"), f"/personal/orosanmalningar/{report.id}/"
    opened = text(olga.post(page))
    assert "24 timmar" in opened and "inte bekräftat av jurist" in opened
    olga.post(page + "bedomning/", {"assess-outcome": "needs_now", "assess-words": "Hot."})
    olga.post(page + "beslut/", {"decide-outcome": "inquiry", "decide-words": "Behov."})
    assert "Lägg svaret" in text(olga.post(page)) and olga.post(page + "svar/").status_code == 302
    made = olga.post(page + "lamna-over/")
    assert made["Content-Type"] == "application/xml" and b"messagePayload" in made.content
    registry = "/personal/overlamnade-anmalningar/"
    shown = text(lars.get(registry))
    assert (
        made["Content-Disposition"].partition('"')[2][:36] in shown
        and "Kim" not in shown
        and "Tove" not in shown
    )
    assert "personnummer" in text(lars.post(f"{registry}{report.id}/", {"number": "20120101-2380"}))
    assert lars.post(f"{registry}{report.id}/", {"number": "SN 2026/1"}).status_code == 302
    assert "SN 2026/1" in text(lars.get(registry))
    assert "En utredning har inletts." in text(Client().post(PAGE, {"go": "enter", "typed": code.digits}))
