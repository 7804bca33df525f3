"""Entries: sealed with their form and version, worked on until locked, corrected by a new one, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import access, entries
from klarsyn.cases.entries import MARK, Entry, Kind, decode, encode, kind_of
from klarsyn.cases.fields import Field, Holds
from klarsyn.cases.models import Compartment, RecordState, SealedRecord
from klarsyn.cases.values import RecordShown
from klarsyn.cases.writing import Late
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika, decide
from tests.unit.cases.operations import Who

NOTES, DAY, NOW = Compartment.NOTES, date(2026, 3, 1), datetime(2026, 3, 2, 9, tzinfo=UTC)
VISIT = {"type": "VISIT", "text": "Första mötet"}


def entry(text: str = "x", kind: str = "note") -> Entry:
    return Entry(kind, 1, DAY, NOW, "p-alva", {"type": "VISIT", "text": text}, uuid4())


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")))
def test_an_entry_comes_back_whole_whatever_its_text(text: str) -> None:
    one = entry(text)
    assert decode(encode(one), NOTES) == one


def test_a_clients_text_never_passes_for_the_teams_own_form() -> None:
    forged = encode(entry())
    assert decode(forged, Compartment.THREAD) is None
    for bare in ("Hej", "{}", '{"kind": "note"}', ""):
        assert decode(bare, NOTES) is None
    assert decode(MARK + forged.removeprefix(MARK).replace('"note"', '"nothing"'), NOTES) is None


@pytest.fixture
def forms() -> Iterator[None]:
    before = dict(entries._KINDS)
    yield
    entries._KINDS.clear()
    entries._KINDS.update(before)


def test_an_old_answer_reads_as_it_was_asked(forms: None) -> None:
    old, new = Field("a", "Mår du bra?", Holds.LINE), Field("a", "Hur mår du?", Holds.LINE)
    made = entries.register(Kind("sample", "Prov", (new,), version=2, before={1: (old,)}))
    for version, label in ((1, "Mår du bra?"), (2, "Hur mår du?")):
        body = encode(Entry("sample", version, DAY, NOW, "p", {"a": "ja"}))
        found = decode(body, NOTES)
        assert found and [(r.label, r.text) for r in entries.rows_of(found)] == [(label, "ja")]
    assert entries.register(made) is made
    with pytest.raises(ValueError, match="two forms"):
        entries.register(replace(made, name="Annat"))


def test_a_form_is_of_its_receptions_and_has_no_name_where_there_is_none(forms: None) -> None:
    fields = (Field("name", "Namn", Holds.LINE, is_identity=True), Field("text", "Text"))
    made = entries.register(Kind("sample", "Prov", fields, receptions=frozenset({"kast"})))
    words = {"event_day": DAY, "now": NOW, "author": "p"}
    with pytest.raises(Refused, match="inget sådant formulär"):
        entries.new(made, reception="mika", data={}, **words)
    assert entries.new(made, reception="kast", data={"name": "Åsa"}, **words).data == {"name": "Åsa"}
    with pytest.raises(Refused, match="inget fält som heter name"):
        entries.new(made, reception="kast", data={"name": "Åsa", "text": "x"}, is_nameless=True, **words)
    with pytest.raises(Refused, match="framåt"):
        entries.new(made, reception="kast", data={}, **words | {"event_day": date(2026, 3, 3)})
    with pytest.raises(Refused, match="utan namn"):
        plain = entries.PLAIN[Compartment.IDENTITY]
        entries.new(plain, reception="kast", data={"text": "Åsa"}, is_nameless=True, **words)


@pytest.fixture
def alva(mika: Mika) -> Who:
    return Who(_counsellor(mika, mika.alva), mika.hers)


@pytest.fixture
def cilla(mika: Mika) -> Who:
    return Who(_counsellor(mika, mika.cilla), mika.cillas)


def _counsellor(mika: Mika, user: User) -> User:
    RoleHeld.objects.create(user=user, role="mika_counsellor", team=mika.team)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def case(mika: Mika, alva: Who) -> UUID:
    return access.open_case(alva.user, alva.keys, mika.team, summary="Samtal")


def write(who: Who, case: UUID, text: str = "Första mötet") -> UUID:
    return access.write_entry(
        who.user, who.keys, case, kind="note", data={**VISIT, "text": text}, event_day=DAY
    )


def revise(who: Who, case: UUID, record: UUID, revision: int, text: str) -> int:
    return access.revise_entry(
        who.user, who.keys, case, record, revision=revision, kind="note", data={**VISIT, "text": text}, event_day=DAY
    )  # fmt: skip


def read(who: Who, case: UUID) -> list[RecordShown]:
    return list(access.read_case(who.user, who.keys, case, purpose="prov").records)


def test_a_note_is_worked_on_and_locked_and_keeps_both_its_days(alva: Who, case: UUID) -> None:
    made = write(alva, case)
    assert revise(alva, case, made, 1, "Andra ordalag") == 2
    access.lock_entry(alva.user, alva.keys, case, made, revision=2)
    [one] = read(alva, case)
    assert one.entry and (one.state, one.revision, one.text) == (RecordState.LOCKED, 2, "Andra ordalag")
    assert one.entry.event_day == DAY < one.day == one.entry.written_at.date()
    assert one.entry.author == alva.user.pseudonym
    assert [(row.label, row.text) for row in entries.rows_of(one.entry)] == [("Besök", "Andra ordalag")]
    acts = AuditEvent.objects.filter(object=str(case)).order_by("sequence").values_list("action", flat=True)
    assert [*acts][1:4] == ["case.write", "case.revise", "case.lock"]


def test_a_late_change_is_told_and_both_texts_are_kept(alva: Who, case: UUID) -> None:
    made = write(alva, case)
    revise(alva, case, made, 1, "den första hann")
    with pytest.raises(Late) as late:
        revise(alva, case, made, 1, "den andra kom sent")
    assert (late.value.stands.data["text"], late.value.revision) == ("den första hann", 2)
    assert late.value.offered and late.value.offered.data["text"] == "den andra kom sent"
    access.lock_entry(alva.user, alva.keys, case, made, revision=2)
    for late_again in (
        lambda: revise(alva, case, made, 2, "efter låset"),
        lambda: access.lock_entry(alva.user, alva.keys, case, made, revision=2),
        lambda: access.drop_entry(alva.user, alva.keys, case, made),
    ):
        with pytest.raises(Late):
            late_again()
    assert [r.text for r in read(alva, case)] == ["den första hann"]


def test_a_colleague_reads_the_note_and_changes_nothing_of_it(alva: Who, cilla: Who, case: UUID) -> None:
    made = write(alva, case)
    for act in (
        lambda: revise(cilla, case, made, 1, "någon annans"),
        lambda: access.lock_entry(cilla.user, cilla.keys, case, made, revision=1),
        lambda: access.drop_entry(cilla.user, cilla.keys, case, made),
    ):
        with pytest.raises(Refused, match="kollegas"):
            act()
    assert [r.text for r in read(cilla, case)] == ["Första mötet"]
    access.drop_entry(alva.user, alva.keys, case, made)
    assert read(cilla, case) == []


def test_a_correction_is_an_entry_of_its_own_and_both_are_there(alva: Who, cilla: Who, case: UUID) -> None:
    made = write(alva, case, "tisdag")
    words = {"kind": "note", "data": {**VISIT, "text": "onsdag"}, "event_day": DAY}
    with pytest.raises(Refused, match="inte låst än"):
        access.correct_entry(cilla.user, cilla.keys, case, made, **words)
    access.lock_entry(alva.user, alva.keys, case, made, revision=1)
    other = access.correct_entry(cilla.user, cilla.keys, case, made, **words)
    first, second = read(alva, case)
    assert (first.text, first.corrected_by, second.text, second.corrects) == ("tisdag", other, "onsdag", made)
    assert second.entry and (second.entry.corrects, second.entry.author) == (made, cilla.user.pseudonym)
    assert AuditEvent.objects.filter(action="case.correct", actor=cilla.user.pseudonym).count() == 1


def test_a_record_is_found_in_its_own_case_and_compartment_alone(mika: Mika, alva: Who, case: UUID) -> None:
    other = access.open_case(alva.user, alva.keys, mika.team, summary="Annat")
    made = write(alva, case)
    name = access.write_record(alva.user, alva.keys, case, compartment=Compartment.IDENTITY, text="Anna")
    for where, record in ((other, made), (case, name), (case, uuid4())):
        with pytest.raises(Http404):
            access.lock_entry(alva.user, alva.keys, where, record, revision=1)
    with pytest.raises(Http404):
        access.write_entry(alva.user, alva.keys, case, kind="nothing", data={}, event_day=DAY)


def test_a_case_without_names_has_no_key_for_an_identity(mika: Mika, alva: Who, case: UUID) -> None:
    with pytest.raises(Refused, match="Inget beslut"):
        access.open_case(alva.user, alva.keys, mika.team, summary="Utan namn", is_nameless=True)
    decide(mika)
    made = access.open_case(alva.user, alva.keys, mika.team, summary="Utan namn", is_nameless=True)
    with pytest.raises(Refused, match="utan namn"):
        access.write_record(alva.user, alva.keys, made, compartment=Compartment.IDENTITY, text="Anna")
    assert not SealedRecord.objects.exists()
    write(alva, made)
    assert [r.text for r in read(alva, made)] == ["Första mötet"]


def test_no_form_stands_in_the_clear(alva: Who, case: UUID) -> None:
    write(alva, case)
    body = bytes(SealedRecord.objects.get().body)
    assert kind_of("note").key.encode() not in body and alva.user.pseudonym.encode() not in body
