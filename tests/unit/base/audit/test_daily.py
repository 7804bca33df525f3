"""The log signs itself: each day before its first line, and when a timer asks; by a clock that the test holds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from klarsyn.base.audit import checkpoints, exporting, klarsyn_verify, logkeys, recording
from klarsyn.base.audit.recording import open_log, record
from klarsyn.base.models import AuditCheckpoint, AuditHead
from klarsyn.config.cli import main

pytestmark = pytest.mark.django_db
Days = list[tuple[str, int]]


@pytest.fixture
def at(tmp_path: Path, settings, monkeypatch):
    """`at("2026-03-01T22:30")`: what the clock shows from now on, in UTC."""
    settings.KEYS = tmp_path / "keys"
    AuditHead.objects.all().delete()
    open_log()

    def shows(when: str) -> None:
        now = datetime.fromisoformat(when).replace(tzinfo=UTC)
        monkeypatch.setattr(recording, "_now", lambda: now)

    return shows


def _write(count: int) -> None:
    with transaction.atomic():
        for i in range(count):
            record(action="case.read", by="alva", object=f"{i}")


def _signed() -> Days:
    return [(mark.day.isoformat(), mark.size) for mark in AuditCheckpoint.objects.all()]


def test_the_first_line_of_a_day_signs_all_lines_before_it_once(at) -> None:
    at("2026-03-02T08:00")
    _write(3)
    assert _signed() == []
    at("2026-03-03T08:00")
    _write(2)
    assert _signed() == [("2026-03-03", 3)]
    _write(4)
    at("2026-03-07T08:00")  # days without a line leave nothing to sign
    _write(1)
    assert _signed() == [("2026-03-03", 3), ("2026-03-07", 9)]
    for mark in AuditCheckpoint.objects.all():
        assert checkpoints.read(mark.text, logkeys.read().signer.public).size == mark.size
    klarsyn_verify.read([f"{line}\n" for line in exporting.export_lines()], None, None, None)


def test_the_day_is_the_municipalitys_own_and_begins_at_its_midnight(at) -> None:
    at("2026-03-01T22:59")  # one minute to midnight in Sweden
    _write(1)
    at("2026-03-01T23:01")
    _write(1)
    assert _signed() == [("2026-03-02", 1)]


def test_what_a_timer_signed_is_not_signed_again_and_a_clock_that_went_back_signs_nothing(at) -> None:
    at("2026-03-02T08:00")
    _write(2)
    at("2026-03-02T22:00")
    assert recording.checkpoint().size == 2
    at("2026-03-03T08:00")
    _write(1)
    at("2026-03-01T08:00")
    _write(1)
    assert _signed() == [("2026-03-02", 2)]


def test_a_signature_falls_with_the_line_that_asked_for_it(at) -> None:
    at("2026-03-02T08:00")
    _write(2)
    at("2026-03-03T08:00")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(action="case.read", by="alva")
        raise ZeroDivisionError
    assert _signed() == [] and AuditHead.objects.get().size == 2


def test_the_timers_word_signs_copies_and_says_when_the_copy_says_otherwise(
    at, tmp_path: Path, capsys
) -> None:
    at("2026-03-02T08:00")
    _write(2)
    words = ["log", "checkpoint", "--copy", str(tmp_path / "away")]
    assert main(words) == 0 == main(words)  # nothing new: the same again
    copy = tmp_path / "away" / "log-000000000002.txt"
    assert copy.read_text() == AuditCheckpoint.objects.get().text and str(copy) in capsys.readouterr().out
    assert main(["log", "checkpoint"]) == 0
    copy.write_text("another\n")
    assert main(words) == 1 and "en annan signatur" in capsys.readouterr().err
    assert copy.read_text() == "another\n"
