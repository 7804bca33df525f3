"""The log as the site writes it: one line an act, never changed, and anyone can check it elsewhere."""

from __future__ import annotations

import random
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from klarsyn.base.audit import entries, exporting, klarsyn_verify, logkeys, recording, words
from klarsyn.base.audit.checkpoints import signed
from klarsyn.base.audit.recording import AUDITOR, Detail, NotLogged, open_log, place_of, read_first, record
from klarsyn.base.audit.tree import Frontier
from klarsyn.base.models import AuditCheckpoint, AuditDetail, AuditEvent, AuditHead
from klarsyn.base.vault import Context, KeyPair, Unopenable, open_key, open_record, open_with

pytestmark = pytest.mark.django_db
VERIFIER = Path(klarsyn_verify.__file__)


@pytest.fixture(autouse=True)
def log(tmp_path: Path, settings) -> AuditHead:
    settings.KEYS = tmp_path / "keys"
    AuditHead.objects.all().delete()
    return open_log()


def written(lines: int = 12) -> list[str]:
    """A small log of mixed acts, as an export."""
    for i in range(lines):
        record(action="case.read", by=f"alva-{i % 3}", object=f"arende-{i}", team="mika", day_only=i % 4 == 0)
    return [f"{line}\n" for line in exporting.export_lines()]


def _first_key(tmp_path: Path) -> bytes:
    pair = logkeys.auditor(tmp_path / "keys" / "auditor.json")
    return open_with(pair, bytes(AuditHead.objects.get().first_key), place_of(0, ""))


def _broken(lines: list[str], key: bytes | None = None) -> str:
    """What the verifier says of an export; "" = whole."""
    try:
        klarsyn_verify.read(lines, key, None, None)
    except klarsyn_verify.Broken as error:
        return str(error)
    return ""


def test_a_whole_log_passes_here_and_in_another_process(tmp_path: Path) -> None:
    lines = written()
    assert _broken(lines, _first_key(tmp_path)) == ""
    path, root = tmp_path / "log.jsonl", bytes.fromhex(AuditCheckpoint.objects.last().root)
    path.write_text("".join(lines), encoding="utf-8")
    diary = ["--words", words.words_of(root), "--size", "12", "--first-key", _first_key(tmp_path).hex()]
    done = subprocess.run(
        [sys.executable, "-I", VERIFIER, path, *diary], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and "whole: 12 entries" in done.stdout and "diary fits" in done.stdout
    other = ["--words", words.words_of(root[::-1]), "--size", "12"]
    done = subprocess.run(
        [sys.executable, "-I", VERIFIER, path, *other], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "not those whose words stand in the diary" in done.stderr


def test_a_thousand_random_attacks_on_an_export_are_all_found(tmp_path: Path) -> None:
    """Edits, deletions, swaps, insertions and truncations, drawn with a fixed seed."""
    lines, key, dice = written(), _first_key(tmp_path), random.Random(5)
    for attack in range(1000):
        changed = _attacked(lines, dice, attack % 5)
        if changed != lines:
            said = _broken(changed, key)
            assert said.startswith("line "), (attack % 5, said)


def _attacked(lines: list[str], dice: random.Random, kind: int) -> list[str]:
    a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
    out = list(lines)
    if kind == 0:  # one sign
        at = dice.randrange(len(out[a]))
        out[a] = out[a][:at] + chr((ord(out[a][at]) + dice.randrange(1, 90)) % 0x2FF + 1) + out[a][at + 1 :]
    elif kind == 1:
        del out[a]
    elif kind == 2:
        out[a], out[b] = out[b], out[a]
    elif kind == 3:
        out.insert(a, out[b])
    else:
        text = "".join(out)[: dice.randrange(sum(map(len, out)))]
        out = text.splitlines(keepends=True)
    return out


def test_whoever_owns_the_database_cannot_write_yesterday_anew(tmp_path: Path) -> None:
    """A line is changed and everything after it is chained and signed again, with every key the machine holds."""
    written(6)
    signer, key = logkeys.read().signer, _first_key(tmp_path)
    forged = _forged(changed_at=2, signer=signer)
    assert _broken(forged) == ""  # chain, tree and signature are in order …
    assert "line 4: the MAC is not the log's" in _broken(forged, key)  # … but not what no key is left to make


def _forged(changed_at: int, signer) -> list[str]:
    link, frontier, now, rows = entries.START, Frontier(), bytes(AuditHead.objects.get().key), []
    for event in AuditEvent.objects.all():
        if event.sequence == changed_at:
            event.actor = "bo"
        raw = exporting.entry_of(event).encode()
        leaf = entries.leaf_of(raw)
        link, frontier = entries.chained(link, leaf), frontier.grown(leaf)
        mac = event.mac if event.sequence < changed_at else entries.mac_of(now, link).hex()
        rows.append(exporting._line({"entry": raw.decode(), "link": link.hex(), "mac": mac}))
    head = {"log": recording.origin(), "format": 1, "public_key": signer.public.hex(), "size": len(rows)}
    last = signed(recording.origin(), len(rows), frontier.root(), signer).text
    lines = [exporting._line(head), *rows, exporting._line({"checkpoint": last})]
    return [f"{line}\n" for line in lines]


def test_an_act_and_its_line_stand_or_fall_together() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(action="report.release", by="greta")
        raise ZeroDivisionError
    assert not AuditEvent.objects.exists() and AuditHead.objects.get().size == 0
    record(action="report.release", by="greta", outcome="refused")
    assert AuditEvent.objects.get().outcome == "refused" and AuditHead.objects.get().size == 1


@pytest.mark.django_db(transaction=True)
def test_no_line_is_written_outside_a_transaction() -> None:
    open_log()
    with pytest.raises(NotLogged, match="inside the transaction"):
        record(action="case.read", by="alva")


def test_nothing_is_read_when_the_line_cannot_be_written() -> None:
    AuditHead.objects.all().delete()
    shown = []
    with (
        pytest.raises(NotLogged, match="never opened"),
        read_first(action="case.read", by="alva", object="1", team="mika"),
    ):
        shown.append("content")
    assert not shown
    open_log()
    with read_first(action="case.read", by="alva", object="1", team="mika"):
        assert AuditEvent.objects.filter(action="case.read", object="1").exists()


@pytest.mark.parametrize("table", ["base_auditevent", "base_auditcheckpoint"])
def test_the_database_refuses_to_change_or_take_away_a_line(table: str) -> None:
    written(2)
    column = "actor" if table == "base_auditevent" else "text"
    for statement in (f"UPDATE {table} SET {column} = 'bo'", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="never changed or taken away"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert AuditEvent.objects.count() == 2


def test_a_reason_is_read_by_its_readers_alone_and_erased_without_breaking_the_log(tmp_path: Path) -> None:
    head, stranger = KeyPair.new(), KeyPair.new()
    reason = "Kollegan är sjuk och klienten ringde."
    event = record(
        action="case.unseal", by="alva", object="1", team="mika", detail=Detail(reason, {"mika": head.public})
    )
    kept, place = AuditDetail.objects.get(), place_of(event.sequence, "mika")
    auditor = logkeys.auditor(tmp_path / "keys" / "auditor.json")
    for name, pair in (("mika", head), (AUDITOR, auditor)):
        key = open_key(pair, b64decode(kept.wraps[name]), place)
        assert open_record(key, bytes(kept.sealed), place).decode() == reason
    with pytest.raises(Unopenable):
        open_key(stranger, b64decode(kept.wraps["mika"]), place)
    assert reason not in "".join(lines := [f"{line}\n" for line in exporting.export_lines()])
    AuditDetail.objects.filter(pk=kept.pk).update(wraps={}, sealed=b"")
    assert _broken(lines) == "" and _broken([f"{line}\n" for line in exporting.export_lines()]) == ""


def test_what_an_anonymous_client_does_is_dated_by_the_day() -> None:
    event = record(action="contact.write", by="anonym", day_only=True)
    assert event.at == "" and len(str(event.day)) == 10


def test_a_checkpoint_is_signed_at_every_thousand_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "EVERY", 4)
    lines = written(9)
    assert [c.size for c in AuditCheckpoint.objects.all()] == [4, 8, 9]
    assert _broken(lines) == ""


@pytest.mark.parametrize("wrong", [{"action": "läs"}, {"action": "case"}, {"outcome": "maybe"}, {"by": ""}])
def test_a_line_that_says_nothing_is_not_written(wrong: dict[str, str]) -> None:
    with pytest.raises((ValueError, DatabaseError)), transaction.atomic():
        record(**{"action": "case.read", "by": "alva", **wrong})


def test_a_reason_lies_in_the_place_that_older_reasons_lie_in(settings) -> None:
    """Sealed years ago and opened today: the place is part of the format."""
    settings.INSTANCE = "0680"
    row = UUID(int=7)
    assert place_of(7, "mika") == Context("0680", "mika", "base_auditdetail", "sealed", row, row, 0, "detail")
    assert place_of(7, "").team == "-" and recording.origin() == "klarsyn/0680"
    assert (recording.EVERY, AUDITOR) == (1000, "auditor") and repr(
        Detail("hemligt", {})
    ) == "Detail(readers={})"
    assert open_log().pk == open_log().pk == 1


def test_what_is_not_said_of_an_act_stands_as_nothing_in_its_line() -> None:
    event = record(action="report.release", by="greta")
    assert (event.object, event.team, event.detail, event.outcome) == ("", "", "", "ok") and event.at != ""


def test_before_long_work_it_is_asked_whether_the_log_is_open() -> None:
    recording.check_open()
    AuditHead.objects.all().delete()
    with pytest.raises(NotLogged, match=r"never opened; run `klarsyn site prepare`$"):
        recording.check_open()


def test_a_reading_inside_anothers_transaction_is_refused_since_that_could_take_the_line_back() -> None:
    shown = []
    with (
        pytest.raises(RuntimeError, match="durable"),
        transaction.atomic(),
        read_first(action="case.read", by="alva", object="1", team="mika"),
    ):
        shown.append("content")
    assert not shown and not AuditEvent.objects.exists()


def test_the_logs_first_key_has_thirty_two_bytes_and_the_auditor_alone_has_it(tmp_path: Path) -> None:
    assert len(_first_key(tmp_path)) == 32 == len(bytes(AuditHead.objects.get().key))
    assert _first_key(tmp_path) not in bytes(AuditHead.objects.get().first_key)
