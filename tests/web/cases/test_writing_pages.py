"""Writing on the pages: search before create, save and autosave, 409 with both texts, what is refused and what is kept."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from klarsyn.base.models import AuditEvent
from klarsyn.cases.models import Case, RecordState, SealedRecord
from klarsyn.people.models import RoleHeld, User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Fact
from tests.people import person

TODAY = timezone.localdate().isoformat()
NOTE = {"type": "VISIT", "text": "påhittat samtal", "event_day": "2026-01-05"}


@pytest.fixture
def alva(visit, mika) -> Client:
    ensure_demo_receptions()
    return visit("alva")


def at(name: str, case: Case, **more: object) -> str:
    return reverse(f"cases:{name}", kwargs={"id": case.pk, **more})


def opened(client: Client, case: Case) -> str:
    """The page of the case, after a reason."""
    answer = client.post(at("case", case), {"purpose": "möte i dag"})
    assert answer.status_code == 200
    return answer.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def write(client: Client, case: Case, **more: str):
    return client.post(at("write", case, kind="note"), NOTE | more)


def test_a_new_case_is_searched_for_first_and_only_the_day_is_needed(alva: Client, case: Case, mika) -> None:
    address = reverse("cases:take_in", kwargs={"team": mika.pk})
    assert "Lägg upp ärendet" not in alva.get(address).content.decode()
    page = alva.post(address, {"words": "påhittat"}).content.decode()
    assert "Är det någon av dem?" in page and "påhittat ärende" in page
    whole = {"searched": hidden(page, "searched"), "event_day": TODAY, "track": "nameless"}
    for wrong in (
        {"searched": "x"},
        {"event_day": ""},
        {"called": "Anna"},
        {"name": "Anna"},
        {"track": "else"},
    ):
        refused = alva.post(address, whole | wrong)
        assert refused.status_code == 422, wrong
    assert "finns inget" not in refused.content.decode() and Case.objects.count() == 1
    number = alva.post(address, whole | {"wish": "är 811228-9874"})
    assert number.status_code == 422 and "personnummer" in number.content.decode()
    assert "är 811228-9874" in number.content.decode()  # what was typed stands there to be mended
    made = alva.post(address, whole | {"age": "15_17"})
    new = Case.objects.exclude(pk=case.pk).get()
    assert made["Location"] == at("case", new) and new.is_nameless
    page = opened(alva, new)
    assert "orosanmälan först" in page and "Läs namn och nummer" not in page


def test_without_a_decision_nothing_is_offered_without_names(alva: Client, mika) -> None:
    Fact.objects.filter(what=Fact.What.NAMELESS).update(valid_to=date(2026, 1, 1))
    address = reverse("cases:take_in", kwargs={"team": mika.pk})
    page = alva.post(address, {"words": "x"}).content.decode()
    assert 'value="nameless"' not in page and "kräver ett daterat beslut" in page
    words = {"searched": hidden(page, "searched"), "event_day": TODAY, "track": "nameless"}
    assert alva.post(address, words).status_code == 422 and not Case.objects.exists()


def test_a_note_is_saved_worked_on_and_locked_without_javascript(alva: Client, case: Case) -> None:
    made = write(alva, case, act="save")
    row = SealedRecord.objects.get(state=RecordState.WORKING)
    assert made["Location"] == at("note", case, record=row.pk)
    assert alva.get(made["Location"])["Location"] == at("case", case)  # first a reason
    opened(alva, case)
    page = alva.get(made["Location"]).content.decode()
    assert "påhittat samtal" in page and hidden(page, "revision") == "1"
    words = {"record": str(row.pk), "revision": "1", "text": "påhittat och klart", "act": "lock"}
    assert write(alva, case, **words)["Location"] == at("case", case)
    page = alva.get(at("case", case)).content.decode()
    assert "påhittat och klart" in page and "Besök" in page and "2026-01-05" in page and "Alva" in page


def test_what_saves_itself_answers_with_the_note_and_its_revision(alva: Client, case: Case) -> None:
    first = write(alva, case, act="autosave")
    row = SealedRecord.objects.get(state=RecordState.WORKING)
    assert hidden(first.content.decode(), "record") == str(row.pk) and "sparat" in first.content.decode()
    assert first["HX-Replace-Url"] == at("note", case, record=row.pk)
    second = write(alva, case, act="autosave", record=str(row.pk), revision="1", text="mer")
    assert hidden(second.content.decode(), "revision") == "2"
    late = write(alva, case, act="autosave", record=str(row.pk), revision="1", text="för sent")
    assert "ändrats någon annanstans" in late.content.decode() and "name=" not in late.content.decode()
    empty = write(alva, case, act="autosave", record=str(row.pk), revision="2", text="")
    assert "inte sparat än" in empty.content.decode()


def test_a_late_change_is_answered_409_with_both_texts(alva: Client, case: Case) -> None:
    write(alva, case)
    row = SealedRecord.objects.get(state=RecordState.WORKING)
    ours = {"record": str(row.pk), "revision": "1"}
    write(alva, case, **ours, text="den första hann")
    late = write(alva, case, **ours, text="den andra kom sent")
    page = late.content.decode()
    assert late.status_code == 409 and "den första hann" in page and "den andra kom sent" in page
    assert hidden(page, "revision") == "2"
    assert write(alva, case, record=str(row.pk), revision="2", text="sammanfogat").status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("noll\0tecken", "nulltecken"), ("x" * 1_000_000, "20000"), ("", "måste fyllas i"),
    ],
)  # fmt: skip
def test_bad_input_is_told_and_what_was_typed_is_kept(
    alva: Client, case: Case, typed: str, sentence: str
) -> None:
    answer = write(alva, case, text=typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in page
    assert typed[:40].replace("\0", "") in page.replace("\0", "")
    assert not SealedRecord.objects.filter(state=RecordState.WORKING).exists()


def test_any_script_and_any_mark_comes_back_as_it_was_written(alva: Client, case: Case) -> None:
    text = "‮omvänt‬ ا سلام 👩‍👧 <b>åäö</b> {{ x }}"
    write(alva, case, text=text, act="save")
    opened(alva, case)
    row = SealedRecord.objects.filter(state=RecordState.WORKING).get()
    write(alva, case, text=text, act="lock", record=str(row.pk), revision="1")
    page = alva.get(at("case", case)).content.decode()
    assert "👩‍👧 &lt;b&gt;åäö&lt;/b&gt; {{ x }}" in page and "‮omvänt‬" in page


def test_a_field_that_is_not_there_is_refused_by_name(alva: Client, case: Case) -> None:
    for extra in ("author", "kind", "compartment", "state", "name", "written_at"):
        answer = write(alva, case, **{extra: "x"})
        assert answer.status_code == 422 and f"inget fält som heter {extra}" in answer.content.decode()
    assert not SealedRecord.objects.filter(state=RecordState.WORKING).exists()


def test_a_masked_form_shows_dots_and_writes_nothing_back(alva: Client, case: Case, monkeypatch) -> None:
    address = at("write", case, kind="intake_mika")
    alva.post(address, {"event_day": TODAY, "called": "Nova", "wish": "bostad"})
    row, asked = SealedRecord.objects.get(state=RecordState.WORKING), User.may_in_team
    opened(alva, case)
    monkeypatch.setattr(User, "may_in_team", lambda s, p, t: p != Permission.CASE_UNSEAL and asked(s, p, t))
    page = alva.get(at("note", case, record=row.pk)).content.decode()
    assert "Nova" not in page and "••••••" in page and 'name="called"' not in page
    words = {"record": str(row.pk), "revision": "1", "event_day": TODAY, "wish": "arbete", "called": "••••••"}
    assert alva.post(address, words).status_code == 302
    monkeypatch.undo()
    page = alva.get(at("note", case, record=row.pk)).content.decode()
    assert "Nova" in page and "arbete" in page


def test_a_correction_stands_beside_what_it_corrects(alva: Client, case: Case) -> None:
    write(alva, case, act="save")
    opened(alva, case)
    row = SealedRecord.objects.get(state=RecordState.WORKING)
    write(alva, case, act="lock", record=str(row.pk), revision="1")
    address = at("correct", case, record=row.pk)
    assert "påhittat samtal" in alva.get(address).content.decode()
    assert alva.post(address, NOTE | {"act": "note", "text": ""}).status_code == 422
    for kind in ("document", "finns-inte", ""):
        assert alva.post(address, NOTE | {"act": kind}).status_code in (404, 422)
    assert alva.post(address, NOTE | {"act": "note", "text": "påhittad rättelse"}).status_code == 302
    page = alva.get(at("case", case)).content.decode()
    assert all(words in page for words in ("påhittat samtal", "påhittad rättelse", "rättad", "rättelse"))


def test_protected_data_are_not_printed(alva: Client, case: Case) -> None:
    assert alva.get(at("print", case))["Location"] == at("case", case)
    opened(alva, case)
    assert "utskrivet" in alva.get(at("print", case)).content.decode()
    assert AuditEvent.objects.filter(action="case.print").count() == 1
    assert alva.post(at("protect", case), {"level": "marking"}).status_code == 302
    locked = alva.get(at("print", case))
    assert locked.status_code == 409 and "påhittad anteckning" not in locked.content.decode()
    assert "Skriv ut" not in alva.get(at("case", case)).content.decode()


def test_every_turn_is_a_page_and_a_line(alva: Client, case: Case, mika) -> None:
    RoleHeld.objects.create(user=person("cilla"), role="mika_counsellor", team=mika)
    opened(alva, case)
    for name, words, act in (
        ("task", {"text": "Ring", "due": TODAY}, "case.card"), ("rename", {"title": "Annat"}, "case.card"),
        ("hand_over", {"to": person("cilla").pk, "why": "ledig"}, "case.hand_over"),
        ("seal", {"why": "känd"}, "case.seal"),
    ):  # fmt: skip
        assert alva.post(at(name, case), words).status_code == 302, name
        assert AuditEvent.objects.filter(action=act, object=str(case.pk)).exists()
    assert "Förseglat ärende" in alva.get(reverse("cases:cases")).content.decode()
    assert "Bryt förseglingen" in alva.get(at("case", case)).content.decode()
    opened(alva, case)
    for name, words in (
        ("lift_seal", {"why": "lugnt"}),
        ("close", {"because": "done"}),
        ("reopen", {"why": "åter"}),
    ):
        opened(alva, case)
        assert alva.post(at(name, case), words).status_code == 302, name
    assert alva.post(at("reopen", case), {"why": "x"}).status_code == 404  # it is open


def test_a_turn_posted_after_the_hour_keeps_its_words(alva: Client, case: Case, monkeypatch) -> None:
    opened(alva, case)
    assert alva.post(at("seal", case), {"why": "känd"}).status_code == 302  # nobody has broken the seal yet
    for name, words in (("rename", {"title": "Lång rubrik"}), ("close", {"because": "done", "words": "lång text"}),
                        ("lift_seal", {"why": "lång anledning"})):  # fmt: skip
        late = alva.post(at(name, case), words)
        page = late.content.decode()
        assert late.status_code == 422 and "Timmen är över" in page and "påhittat ärende" not in page, name
        assert [*words.values()][-1] in page, name
        assert alva.post(at(name, case), {}).status_code == 422, name  # and what is wrong is told then too
    opened(alva, case)
    assert alva.post(at("lift_seal", case), {"why": "lång anledning"}).status_code == 302


def test_a_note_of_another_case_or_of_nobody_is_not_there(alva: Client, case: Case) -> None:
    opened(alva, case)
    locked = SealedRecord.objects.filter(compartment="notes").get()
    name = SealedRecord.objects.get(compartment="identity")
    for record in (uuid4(), name.pk, locked.pk):
        assert alva.get(at("note", case, record=record)).status_code == 404
    assert alva.get(at("write", case, kind="intake_kast")).status_code == 404
