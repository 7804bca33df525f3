"""Goals, questions, consent, referral, the ledger and the file, by the pages; and under eighteen first on each."""

from __future__ import annotations

import html
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions
from klarsyn.cases.models import Case, SealedRecord
from klarsyn.people.demo import demo_keys
from tests.people import person
from tests.unit.cases.htcds.records import csv_file, published_template

OWN = ("stod/", "mal/", "fragor/own_questions/start/", "utlamnanden/", "utlamnanden/nytt/", "samtycke/",
       "stodprocess/", "skriv/secrecy_test/", "skriv/referral/", "skriv/coordinator_asked/", "skriv/note/", "",
       "lamna-over/", "rubrik/", "skydd/", "avsluta/", "forsegla/")  # fmt: skip
CHILD, REPORT = "Under 18 år: orosanmälan först", "skriv/concern_handed/"


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.fixture
def alva(visit, case: Case) -> Client:
    """Alva with the case open for an hour."""
    client = visit("alva")
    client.post(f"/personal/arenden/{case.id}/", {"purpose": "möte i dag"})
    return client


class Pages:
    def __init__(self, client: Client, case: Case) -> None:
        self.client, self.at = client, f"/personal/arenden/{case.id}/"

    def get(self, path: str) -> str:
        answer = self.client.get(self.at + path)
        assert answer.status_code == 200, (path, answer.status_code, answer.get("Location"))
        return answer.content.decode()

    def post(self, path: str, **data: object) -> str:
        answer = self.client.post(self.at + path, data)
        assert answer.status_code == 302, (path, answer.status_code, answer.content.decode())
        return answer["Location"]

    def refused(self, path: str, words: str, **data: object) -> None:
        answer = self.client.post(self.at + path, data)
        assert answer.status_code == 422 and words in answer.content.decode(), path


@pytest.fixture
def pages(alva: Client, case: Case) -> Pages:
    return Pages(alva, case)


CONSENT = {"purpose": "referral", "receiver": "Boendet", "scope": "namn", "given_on": today()}
SENT = {"how": "own", "ground": "osl_10_1_consent", "sent": "namn", "left_out": "resten", "decided_by": "Alva",
        "decided_on": today()}  # fmt: skip


def consent(pages: Pages) -> None:
    pages.post("samtycke/", **CONSENT)


def referred(pages: Pages) -> str:
    pages.post(
        "skriv/referral/", event_day=today(), receiver="Boendet", receiver_kind="civil", reason="Other",
        what="bo", parts=["name", "case"], expires_on=today(9),
    )  # fmt: skip
    return pages.get("utlamnanden/").partition("/hanvisning/")[2].partition("/")[0]


def send(pages: Pages, referral: str) -> None:
    pages.post(f"hanvisning/{referral}/send/", **SENT)


def test_goals_are_written_and_judged_and_an_unjudged_one_is_refused(pages: Pages) -> None:
    pages.post("mal/", g0_title="Sova", g0_expected="sex timmar", g0_start="-1")
    assert "T = 40,0" in pages.get("stod/")
    answer = pages.client.post(pages.at + "mal/", {"now0": ""})
    assert answer.status_code == 422 and "räknas aldrig som noll" in answer.content.decode()
    pages.post("mal/", now0="1")
    assert "+20,0 sedan start, 1 mål" in pages.get("stod/")
    assert "0: förväntat resultat (sex timmar)" in pages.get("mal/")
    assert "Mål 3" in pages.get("mal/?nya")


def test_own_questions_are_answered_and_are_due_again(pages: Pages) -> None:
    pages.post("fragor/own_questions/start/", safe="2", well="2", decide="2", talk="2", home="4")
    said = pages.get("stod/")
    assert f"svarat {today()}" in said and "dags " in said
    answer = pages.client.post(pages.at + "fragor/own_questions/3/", {"safe": "9"})
    assert answer.status_code == 422
    for path in ("fragor/own_questions/nu/", "fragor/ingen/start/"):
        assert pages.client.get(pages.at + path).status_code == 404


def test_a_referral_is_sent_with_its_line_and_then_has_a_file(pages: Pages, case: Case) -> None:
    pages.post("skriv/htcds/", event_day=today(), cas_Status="Active", vic_MethodsOfControl=["DebtBondage"])
    pages.post("skriv/htcds_identity/", event_day=today(), prs_FirstName="=Påhittad")
    consent(pages)
    one = referred(pages)
    file = {"purpose": "till boendet", "form": "csv"}
    early = pages.client.post(pages.at + f"hanvisning/{one}/fil/", file)
    assert early.status_code == 422 and "inte lämnad" in early.content.decode()
    send(pages, one)
    said = pages.get("utlamnanden/")
    assert "lämnad, väntar på svar" in said and "Ingen jurist har bekräftat" in said
    made = pages.client.post(pages.at + f"hanvisning/{one}/fil/", file)
    text = made.content.decode("utf-8-sig")
    assert "'=Påhittad" in text and "Active" in text and "DebtBondage" not in text
    assert made["Content-Disposition"] == f'attachment; filename="underlag-{today()}.csv"'
    assert "no-store" in made["Cache-Control"]
    acts = AuditEvent.objects.filter(object=str(case.id)).values_list("action", flat=True)
    assert {"case.disclose", "case.file"} <= set(acts)
    statistics = pages.client.post(pages.at + "statistikfil/", file).content.decode()
    assert "Påhittad" not in statistics and "DebtBondage" in statistics


def test_consent_is_taken_back_as_easily_and_nothing_leaves_by_it(pages: Pages) -> None:
    consent(pages)
    one = referred(pages)
    record = pages.get("utlamnanden/").partition("/samtycke/")[2].partition("/")[0]
    pages.post(f"samtycke/{record}/aterta/", on=today())
    assert "gäller inte" in pages.get("utlamnanden/")
    pages.refused(f"hanvisning/{one}/send/", "Inget samtycke och ingen sekretessprövning", **SENT)


def test_the_police_have_a_line_to_print(pages: Pages) -> None:
    pages.post(
        "utlamnanden/nytt/", receiver="Polisen", receiver_kind="police", how="requested", reference="K-1",
        ground="law_2025_170_4", sent="ingen adress finns", left_out="allt annat", decided_by="Alva",
        decided_on=today(),
    )  # fmt: skip
    record = pages.get("utlamnanden/").rpartition("/utlamnanden/genomgang/")[0]
    record = record.rpartition("/utlamnanden/")[2].partition("/")[0]
    printed = pages.get(f"utlamnanden/{record}/")
    for word in ("Lag 2025:170", "K-1", "allt annat", "Polisen", "Systemet har inte skickat"):
        assert word in printed


def test_under_eighteen_the_concern_report_is_first_on_every_page(pages: Pages) -> None:
    for path in OWN:
        assert "Är personen under 18" in pages.get(path), path
    pages.post("skriv/age/", event_day=today(), age="child")
    for path in OWN:
        said = pages.get(path)
        assert CHILD in said and REPORT in said, path
        assert said.index(CHILD) < said.index("</h1>") + 400, path
    assert 'name="scope"' not in pages.get("samtycke/") and "Nytt samtycke" not in pages.get("utlamnanden/")
    pages.refused("samtycke/", "orosanmälan först", **CONSENT)


def test_the_route_has_its_steps_and_days(pages: Pages) -> None:
    pages.post("skriv/trafficking/", event_day=today(), noticed_on=today(-2), seen="rädd")
    said = pages.get("stodprocess/")
    assert "6. Tryggt återvändande" in said and f"senast {today(-1)}" in said and "försenat" in said
    pages.post("stodprocess/", points=["protect.danger", "protect.assess", "protect.place"])
    assert "försenat" not in pages.get("stodprocess/")
    asked = pages.client.post(
        pages.at + "skriv/coordinator_asked/", {"event_day": today(), "question": "Vad gör vi för Elena?"}
    )
    assert asked.status_code == 422 and "kan vara ett namn" in asked.content.decode()
    assert "Elena" in asked.content.decode()


def test_before_the_reason_every_page_leads_to_it(visit, case: Case) -> None:
    client = visit("alva")
    for path in filter(None, OWN):
        answer = client.get(f"/personal/arenden/{case.id}/{path}")
        assert answer.status_code == 302 and answer["Location"] == f"/personal/arenden/{case.id}/", path


def test_a_file_from_somebody_else_is_looked_at_and_nothing_of_it_is_shown(visit, db: None) -> None:
    client = visit("alva")
    for body, words in (
        (csv_file(["prs_FirstName", "prs_Birthdate"], ["Hemlig", "990402-1234"]), "date_form"),
        (published_template({"prs_MailingCity": "Hemlig"}), "Rubrikraderna säger emot varandra"),
        (b"\x00" * 20, "Inget är läst"),
    ):
        upload = io.BytesIO(body)
        upload.name = "fil.csv"
        said = client.post("/personal/htcds/", {"file": upload, "filled_by": ""}).content.decode()
        assert words in said and "Hemlig" not in said and "990402" not in said


@pytest.mark.parametrize(
    "text", ["null\0byte", "😀 \u202e omvänt", "19900101-1234 i fri text", "x" * 1_000_000]
)
def test_bad_input_is_answered_and_nothing_is_lost(pages: Pages, text: str) -> None:
    data = {"purpose": "other", "receiver": "Boendet", "scope": text, "given_on": today()}
    answer = pages.client.post(pages.at + "samtycke/", data)
    if answer.status_code == 302:
        assert text.strip() in html.unescape(pages.get("utlamnanden/"))
    else:
        said = html.unescape(answer.content.decode())
        assert answer.status_code == 422 and "k-errors" in said
        assert text.partition("\0")[2][:50] in said


DIGITS = "ring 070-174 06 05"


def test_digits_like_somebodys_are_asked_about_on_these_pages_too(pages: Pages) -> None:
    goal = {"g0_title": DIGITS, "g0_expected": "x", "g0_start": "-1"}
    consent_of = CONSENT | {"scope": DIGITS}
    given = SENT | {
        "ground": "osl_10_2_own_work",
        "receiver": "Boendet",
        "receiver_kind": "civil",
        "sent": DIGITS,
    }
    for path, data in (("mal/", goal), ("samtycke/", consent_of), ("utlamnanden/nytt/", given)):
        pages.refused(path, "Siffrorna ska stå kvar", **data)
        pages.post(path, **data, digits_stay="on")
    pages.refused("mal/", "Siffrorna ska stå kvar", now0="1", comment="811228-9874")
    assert SealedRecord.objects.filter(compartment="notes").count() == 1 + 3


def test_a_page_that_is_sent_twice_is_kept_once(pages: Pages, case: Case) -> None:
    given = SENT | {"ground": "osl_10_2_own_work", "receiver": "Boendet", "receiver_kind": "civil"}
    for path, data in (
        ("mal/", {"g0_title": "Sova", "g0_expected": "x", "g0_start": "-1"}), ("samtycke/", CONSENT),
        ("fragor/own_questions/start/", {"safe": "1", "well": "1", "decide": "1", "talk": "1"}),
        ("utlamnanden/nytt/", given),
    ):  # fmt: skip
        record = pages.get(path + ("?nya" if path == "mal/" else "")).partition('name="record" value="')[2][
            :36
        ]
        before = case.records.count()
        for _time in range(2):
            pages.post(path, **data, record=record)
        assert case.records.count() == before + 1, path
    other = actions.open_case(team=case.team, by=person("alva"), keys=demo_keys(person("alva")), summary="y")
    pages.at = f"/personal/arenden/{other.id}/"
    pages.client.post(pages.at, {"purpose": "möte"})
    assert pages.client.post(pages.at + "samtycke/", CONSENT | {"record": record}).status_code == 404
    assert not other.records.exists()
