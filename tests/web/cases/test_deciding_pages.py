"""The walk by its pages: one question a page, nothing stored before the decision, then a locked line; or a count."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions
from klarsyn.cases.deciding import reading, turning, views
from klarsyn.cases.models import Case, RequestCount, SealedRecord
from klarsyn.people.demo import demo_keys
from tests.people import person
from tests.web.cases.test_giving_pages import today

HELD = re.compile(r'name="held" value="([^"]+)"')
POLICE = ("adult", "police", "asked_other", "lesser", "not_asked", "doubt", "unclear")
DECISION = {
    "receiver": "Polisen", "receiver_kind": "police", "how": "requested", "reference": "K-1", "asked": "hela akten",
    "outcome": "refused", "reasons": "Brottet ligger under gränsen.", "left_out": "allt, tills jurist svarat",
    "told_appeal": "on", "decided_by": "Alva", "decided_on": today(), "act": "decide",
}  # fmt: skip


class Walked:
    """A client in the middle of a walk."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address, self.held, self.text = client, address, "", ""

    def post(self, status: int = 200, **data: object) -> str:
        answer = self.client.post(self.address, ({"held": self.held} if self.held else {}) | data)
        self.text = html.unescape(answer.content.decode())
        assert answer.status_code == status, (status, answer.status_code, self.text[-3000:])
        if found := HELD.search(answer.content.decode()):
            self.held = html.unescape(found[1])
        return answer.get("Location", "") if status == 302 else self.text

    def on(self, *answers: str, day: str = "") -> str:
        if not self.held:
            self.post(day=day or today())
        for answer in answers:
            self.post(answer=answer, act="on")
        return self.text


@pytest.fixture
def alva(visit, case: Case) -> Client:
    client = visit("alva")
    client.post(f"/personal/arenden/{case.id}/", {"purpose": "begäran från polisen"})
    return client


@pytest.fixture
def walked(alva: Client, case: Case) -> Walked:
    return Walked(alva, f"/personal/arenden/{case.id}/utlamnanden/genomgang/")


def test_the_police_ask_and_the_no_becomes_a_locked_line_with_what_was_weighed(
    walked: Walked, case: Case
) -> None:
    before = SealedRecord.objects.count()
    said = walked.on(*POLICE)
    for words in (
        "Talar emot",
        "under gränsen i 10:23",
        "Ingen jurist har bekräftat",
        "varken ja eller nej",
        "8 §",
    ):
        assert words in said, words
    assert SealedRecord.objects.count() == before  # nothing is stored before the decision
    printed = walked.client.get(walked.post(302, **DECISION)).content.decode()
    for words in (
        "lämna inte ut",
        "Brottet ligger under gränsen.",
        "hela akten",
        "OSL 10:15 a",
        "K-1",
        "Polisen",
    ):
        assert words in html.unescape(printed), words
    assert SealedRecord.objects.count() == before + 1
    acts = list(AuditEvent.objects.filter(object=str(case.id)).values_list("action", flat=True))
    assert acts.count("case.withhold") == 1 and "case.disclose" not in acts
    assert "lämna inte ut" in walked.client.get(f"/personal/arenden/{case.id}/utlamnanden/").content.decode()


def test_a_part_given_is_a_disclosure_and_sent_twice_is_kept_once(walked: Walked, case: Case) -> None:
    walked.on("adult", "police", "own_wish", "serious", "no", "doubt", "narrow")
    words = DECISION | {"outcome": "part", "ground": "osl_10_23", "sent": "en iakttagelse", "how": "own"}
    addresses = {walked.post(302, **words) for _time in range(2)}
    assert len(addresses) == 1
    acts = list(AuditEvent.objects.filter(object=str(case.id)).values_list("action", flat=True))
    assert acts.count("case.disclose") == 1 and "case.withhold" not in acts


def test_back_goes_one_question_and_the_answers_stand_in_no_address(walked: Walked) -> None:
    said = walked.on("adult", "press")
    assert "Har personen själv sagt ja" in said and "Press, eller någon annan utanför" in said
    assert "Vem skulle få uppgiften?" in walked.post(act="back")
    walked.post(act="back")
    assert "Vilken dag kom begäran" in walked.post(act="back")
    assert "adult" not in walked.client.get(walked.address).content.decode()


def test_a_child_turns_the_page_red_before_the_rest_and_no_consent_is_asked(walked: Walked) -> None:
    assert "Under 18 år: orosanmälan först" not in walked.on()
    said = walked.on("child")
    asked = said.index("Är orosanmälan lämnad?")
    assert "Under 18 år: orosanmälan först" in said and said.index("orosanmälan först") < asked
    said = walked.on("no", "police", "own_wish", "child_victim")
    assert "Står det klart att varken" in said
    end = walked.on("doubt", "narrow")
    assert "Orosanmälan är inte lämnad." in end and "Under 18 år: orosanmälan först" in end
    words = DECISION | {"outcome": "all", "ground": "osl_10_1_consent", "sent": "allt"}
    assert "Inget samtycke" in walked.post(422, **words)


def test_a_section_from_after_the_day_says_that_it_did_not_hold(walked: Walked) -> None:
    said = walked.on(*POLICE, day="2025-06-01")
    assert "Gällde inte den 2025-06-01." in said and "OSL 10:15 a" in said
    assert "Gällde inte" not in Walked(walked.client, walked.address).on(*POLICE, day=today())


@pytest.mark.parametrize("day", ["", "2999-01-01", "1850-01-01", "2026-13-01", "\0", "😀" * 999])
def test_a_day_that_is_none_is_told(walked: Walked, day: str) -> None:
    assert "k-errors" in walked.post(422, day=day) and not walked.held


def test_bad_input_is_told_and_what_was_written_stays(walked: Walked) -> None:
    assert "k-errors" in walked.on() + walked.post(422, answer="finns-inte", act="on")
    walked.on(*POLICE)
    for text in ("19811228-9874 är numret", "\u202e omvänt 😀", "x" * 6000):
        said = walked.post(422, **DECISION | {"reasons": text, "left_out": ""})
        assert text[:40] in said and "k-errors" in said
    assert "Siffrorna ska stå kvar" in walked.post(422, **DECISION | {"reasons": "811228-9874"})
    said = walked.post(422, **DECISION | {"sent": "adressen"})
    assert "inget lämnas nu" in said and "adressen" in said
    assert not SealedRecord.objects.filter(compartment="notes").exclude(order__lt=2).exists()


def test_a_form_of_another_page_or_person_is_no_form(walked: Walked, visit, case: Case) -> None:
    walked.on(*POLICE)
    alva = person("alva")
    other = actions.open_case(team=case.team, by=alva, keys=demo_keys(alva), summary="annat")
    address = walked.address.replace(str(case.id), str(other.id))
    walked.client.post(f"/personal/arenden/{other.id}/", {"purpose": "annat"})
    answer = walked.client.post(address, DECISION | {"held": walked.held})
    assert answer.status_code >= 400 and not other.records.exists()
    bo = visit("bo")
    assert bo.get(walked.address).status_code == 404
    assert bo.post(walked.address, DECISION | {"held": walked.held}).status_code == 404


def test_what_is_old_says_so_on_each_page(walked: Walked, monkeypatch) -> None:
    aged = replace(reading.WALK, reviewed=date(timezone.localdate().year - 3, 1, 1))
    monkeypatch.setattr(turning, "WALK", aged)
    monkeypatch.setattr(views, "WALK", aged)
    assert "Underlaget är gammalt" in html.unescape(walked.client.get(walked.address).content.decode())
    assert "Underlaget är gammalt" in walked.on(*POLICE)


def test_somebody_asks_about_nobody_here_and_a_number_is_left(alva: Client, case: Case, visit) -> None:
    walked, before = (
        Walked(alva, f"/personal/fragor-om-personer/{case.team_id}/"),
        SealedRecord.objects.count(),
    )
    said = walked.on("no", "relative", "known")
    assert "varken bekräfta eller förneka" in said and "orosanmälan först" in said
    assert not re.search(r'<(textarea|input type="text")', said)  # no place for a name
    assert "k-errors" in walked.post(422, act="decide", outcome="Anna Andersson")
    walked.post(302, act="decide", outcome="neither", name="Anna Andersson")
    row = RequestCount.objects.get()
    assert (row.month.day, row.asker, row.outcome, row.count) == (1, "relative", "neither", 1)
    assert SealedRecord.objects.count() == before
    assert "varken bekräftat" in alva.get(walked.address).content.decode()
    assert visit("bo").get(walked.address).status_code == 404
    assert visit("greta").get(walked.address).status_code == 404
    ahead = timezone.localdate() + timedelta(days=1)
    assert "k-errors" in Walked(alva, walked.address).post(422, day=ahead.isoformat())
