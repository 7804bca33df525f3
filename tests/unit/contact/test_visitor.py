"""Somebody without a name writes, comes back with the code, reads, writes more and takes everything away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from klarsyn.base import erasures
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import About
from klarsyn.contact import access, endings, expiry, throttle, visitor
from klarsyn.contact.codes import Code, luhn
from klarsyn.contact.models import Access, Attachment, Message, Thread, Tries
from klarsyn.contact.sealing import Gone
from klarsyn.contact.visitor import Closed, Given, Held
from tests.unit.contact.conftest import House

TEXT = "Jag vet inte vem jag ska prata med.\n🙂 \u202eأنا هنا"


def other(code: Code) -> Code:
    body = code.digits[:-2] + str((int(code.digits[-2]) + 1) % 10)
    return Code(body + luhn(body))


def entered(code: Code) -> Held:
    opened = access.enter(code)
    return Held(opened.id, opened.tag, opened.pair)


def test_who_comes_back_with_the_code_reads_and_writes_more(house: House) -> None:
    held, code = visitor.begin(house.mika, TEXT)
    visitor.write(entered(code), "Hallå?")
    seen = visitor.read(entered(code))
    assert [m.body.text for m in seen.messages] == [TEXT, "Hallå?"]
    assert seen.kind == "mika" and not seen.is_closed and seen.messages[0].body.is_visitors
    assert visitor.read(held) == seen


def test_files_come_back_as_they_were_given(house: House) -> None:
    body = b"\x89PNG" * 40_000
    given = Given(About("bild.png", "image/png", len(body)), is_original=False, body=body)
    _held, code = visitor.begin(house.kast, "", [given])
    (message,) = visitor.read(entered(code)).messages
    (named,) = message.body.files
    about, found = visitor.read_file(entered(code), named.id)
    assert found == body and about.media_type == "image/png" and not named.is_original
    assert b"bild.png" not in bytes(Attachment.objects.get().body)


def test_nothing_but_days_and_ids_is_in_the_clear(house: House) -> None:
    visitor.begin(house.mika, TEXT)
    day = timezone.localdate()
    for model in (Access, Thread, Message):
        for row in model.objects.values():
            clear = {name: value for name, value in row.items() if not isinstance(value, bytes | memoryview)}
            assert TEXT not in str(row)
            assert {v for v in clear.values() if isinstance(v, date)} <= {day, expiry.end_of(day)}
    line = AuditEvent.objects.get(action="contact.new")
    assert (line.actor, line.at, line.team) == ("visitor", "", "mika")


def test_a_wrong_secret_and_a_locator_of_nobody_are_the_same(house: House) -> None:
    _held, code = visitor.begin(house.mika, TEXT)
    for wrong in (other(code), Code.new()):
        with pytest.raises(access.Unknown):
            access.enter(wrong)
    assert entered(code)


def test_after_four_wrong_codes_there_is_a_pause_also_for_a_locator_of_nobody(house: House) -> None:
    _held, code = visitor.begin(house.mika, TEXT)
    for asked in (other(code), Code.new()):
        for _try in range(throttle.FREE):
            with pytest.raises(access.Unknown):
                access.enter(asked)
        with pytest.raises(throttle.Paused) as paused:
            access.enter(asked)
        assert paused.value.minutes == 2
    Tries.objects.update(last_at=timezone.now() - timedelta(hours=1))
    assert entered(code)  # never for ever


def test_a_right_code_takes_its_tries_back_and_says_when_it_was_used(house: House) -> None:
    _held, code = visitor.begin(house.mika, TEXT)
    with pytest.raises(access.Unknown):
        access.enter(other(code))
    assert access.enter(code).seen is None and access.enter(code).seen == timezone.localdate()
    assert not Tries.objects.filter(count__gt=0).exclude(key__startswith="all").exists()


def test_too_much_in_an_hour_says_so_for_everybody(house: House, monkeypatch) -> None:
    monkeypatch.setattr(throttle, "LIMITS", {"new": 1, "wrong": 1})
    visitor.begin(house.mika, TEXT)
    with pytest.raises(throttle.Full):
        visitor.begin(house.kast, TEXT)
    assert Thread.objects.count() == 1


def test_a_new_code_opens_the_same_thread_and_the_old_one_nothing(house: House) -> None:
    held, code = visitor.begin(house.mika, TEXT)
    _held, new = visitor.new_code(held)
    assert visitor.read(entered(new)).messages[0].body.text == TEXT
    with pytest.raises(access.Unknown):
        access.enter(code)


def test_what_is_taken_away_is_gone_and_a_backup_does_not_bring_it_back(
    house: House, django_capture_on_commit_callbacks
) -> None:
    held, code = visitor.begin(house.mika, TEXT)
    kept = [list(model.objects.all()) for model in (Access, Thread, Message)]
    with django_capture_on_commit_callbacks(execute=True):
        visitor.erase(held)
    visitor.erase(held)  # twice changes nothing
    assert not any(model.objects.exists() for model in (Access, Thread, Message))
    with pytest.raises(access.Unknown):
        access.enter(code)
    with pytest.raises(Gone):
        visitor.read(held)
    for rows in kept:  # as a restored backup does
        type(rows[0]).objects.bulk_create(rows)
    (noted,) = erasures.noted()
    assert noted == ("contact", str(held.access)) and endings.erase_again(noted[1]) == 1
    assert not Access.objects.exists() and endings.erase_again(noted[1]) == 0


def test_a_closed_thread_is_read_and_not_written_in(house: House) -> None:
    held, _code = visitor.begin(house.mika, TEXT)
    Thread.objects.update(state="closed")
    with pytest.raises(Closed):
        visitor.write(held, "till")
    assert visitor.read(held).is_closed and Message.objects.count() == 1


def test_a_contact_ends_on_its_day(house: House) -> None:
    held, code = visitor.begin(house.mika, TEXT)
    assert not endings.is_gone(str(held.access))
    last = Access.objects.get().expires_on
    assert endings.expire(last) == 0 and endings.expire(last + timedelta(days=1)) == 1
    with pytest.raises(access.Unknown):
        access.enter(code)
    assert [kind for kind, _id in erasures.unsettled()] == ["contact"] and endings.is_gone(str(held.access))


def test_writing_moves_the_end(house: House) -> None:
    held, _code = visitor.begin(house.mika, TEXT)
    Access.objects.update(expires_on=timezone.localdate())
    visitor.write(held, "igen")
    assert Access.objects.get().expires_on == expiry.end_of(timezone.localdate())


def test_no_files_bytes_are_whole_when_the_thread_is_not(house: House, monkeypatch) -> None:
    def fails(*_args: object, **_kwargs: object) -> bytes:
        raise OSError("full")

    monkeypatch.setattr(visitor.sealing, "seal_attachment", fails)
    given = Given(About("a", "text/plain", 1), is_original=False, body=b"a")
    with pytest.raises(OSError, match="full"):
        visitor.begin(house.mika, TEXT, [given])
    assert not any(model.objects.exists() for model in (Access, Thread, Message, Attachment))
