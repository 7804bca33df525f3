"""A page that is sent more than once, a text with digits in it, a contact taken over: what is kept, and once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from klarsyn.base.models import AuditEvent
from klarsyn.cases import actions
from klarsyn.cases.models import Case, RecordState, SealedRecord
from klarsyn.people.demo import demo_keys
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.demo import ensure_demo_receptions
from tests.people import person
from tests.web.cases.test_writing_pages import TODAY, at, hidden, opened, write


@pytest.fixture
def alva(visit, mika) -> Client:
    ensure_demo_receptions()
    return visit("alva")


def test_one_page_is_one_note_however_often_it_is_sent(alva: Client, case: Case) -> None:
    opened(alva, case)
    mine = {
        "record": hidden(alva.get(at("write", case, kind="note")).content.decode(), "record"),
        "revision": "",
    }
    assert "sparat" in write(alva, case, **mine, act="autosave", text="början").content.decode()
    assert (
        write(alva, case, **mine, act="save", text="början och slut").status_code == 302
    )  # its answer unseen
    row = SealedRecord.objects.get(state=RecordState.WORKING)
    assert str(row.pk) == mine["record"] and row.revision == 2
    assert "början och slut" in alva.get(at("note", case, record=row.pk)).content.decode()
    late = write(alva, case, **mine, act="autosave", text="början")
    assert "ändrats någon annanstans" in late.content.decode()
    assert "början och slut" in alva.get(at("note", case, record=row.pk)).content.decode()


def test_an_autosave_that_arrives_after_the_press_puts_nothing_older_there(alva: Client, case: Case) -> None:
    opened(alva, case)
    for act, state in (("save", RecordState.WORKING), ("lock", RecordState.LOCKED)):
        mine = {"record": str(uuid4()), "revision": ""}
        assert write(alva, case, **mine, act=act, text="helt och klart").status_code == 302
        assert SealedRecord.objects.get(pk=mine["record"]).state == state
        assert "ändrats" in write(alva, case, **mine, act="autosave", text="halvt").content.decode()
        assert "halvt" not in alva.get(at("case", case)).content.decode()
    assert SealedRecord.objects.filter(pk=mine["record"]).count() == 1


def test_a_note_posted_after_the_seals_hour_keeps_its_words(alva: Client, case: Case, monkeypatch) -> None:
    opened(alva, case)
    assert write(alva, case, act="save").status_code == 302
    row = SealedRecord.objects.get(state=RecordState.WORKING)
    assert alva.post(at("seal", case), {"why": "känd"}).status_code == 302  # nobody has broken the seal yet
    for more in ({}, {"record": str(row.pk), "revision": "1", "act": "lock"}):
        late = write(alva, case, text="en lång text", **more)
        page = late.content.decode()
        assert late.status_code == 422 and "Timmen är över" in page and "en lång text" in page
        assert "påhittad anteckning" not in page and hidden(page, "revision") == more.get("revision", "")
    asked = User.may_in_team
    with monkeypatch.context() as patch:
        patch.setattr(User, "may_in_team", lambda s, p, t: p != Permission.SEALED_BREAK and asked(s, p, t))
        assert write(alva, case, text="en lång text").status_code == 404
    opened(alva, case)
    assert write(alva, case, text="en lång text", **more).status_code == 302
    assert SealedRecord.objects.get(pk=row.pk).state == RecordState.LOCKED


def test_a_record_of_another_case_is_neither_made_nor_changed(alva: Client, case: Case, mika) -> None:
    name = SealedRecord.objects.get(compartment="identity")
    other = actions.open_case(team=mika, by=person("alva"), keys=demo_keys(person("alva")), summary="annat")
    for there in (case, other):
        assert write(alva, there, record=str(name.pk), revision="").status_code == 404
    assert SealedRecord.objects.count() == 2


def test_digits_of_somebody_are_warned_of_and_may_stay(alva: Client, case: Case) -> None:
    for text in ("hon är 811228-9874", "ring 070-123 45 67", "+46 70 123 45 67"):
        warned = write(alva, case, text=text)
        page = warned.content.decode()
        assert warned.status_code == 422 and text in page and 'name="digits_stay"' in page
    assert not SealedRecord.objects.filter(state=RecordState.WORKING).exists()
    assert "sparat" in write(alva, case, text="070-123 45 67", act="autosave").content.decode()
    assert write(alva, case, text="070-123 45 67", digits_stay="on").status_code == 302
    assert write(alva, case, text="2026-01-05 kl. 08.00–17.00, 0,5 tjänst, 12 000 kr").status_code == 302


def test_a_contact_taken_over_is_named_in_the_sealed_card_alone(alva: Client, case: Case, mika) -> None:
    contact, address = str(uuid4()), reverse("cases:take_in", kwargs={"team": mika.pk})
    asked = alva.get(f"{address}?kontakt={contact}").content.decode()
    assert hidden(asked, "kontakt") == contact
    page = alva.post(address, {"words": "x", "kontakt": contact}).content.decode()
    whole = {"searched": hidden(page, "searched"), "event_day": TODAY, "track": "open"}
    assert alva.post(address, whole | {"kontakt": hidden(page, "kontakt")}).status_code == 302
    new = Case.objects.exclude(pk=case.pk).get()
    assert f'href="/personal/kontakter/{contact}/"' in opened(alva, new)
    raw = "".join(str(v) for row in AuditEvent.objects.values() for v in row.values())
    assert contact not in raw and contact.encode() not in bytes(new.summary)
    assert 'name="kontakt"' not in alva.get(f"{address}?kontakt=<b>").content.decode()
    alva.post(at("rename", new), {"title": "Annat"})
    assert contact in alva.get(at("case", new)).content.decode()
