"""How a report's key, text, acts and answer are sealed: one place for each, named in what seals it."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings

from klarsyn.base.vault import (
    Context,
    Key,
    KeyPair,
    Sealer,
    open_key,
    open_record,
    open_with,
    seal_record,
    seal_to,
)
from klarsyn.base.vault.padding import pad, unpad
from klarsyn.concerns.models import ConcernReport, ReportAct
from klarsyn.concerns.report.answers import Answers


def seal_for_team(report: ConcernReport, public: bytes, key: Key) -> bytes:
    """`public`: of the epoch that the report names."""
    return Sealer(public).seal(key.raw, _of_key(report))


def open_for_team(report: ConcernReport, pair: KeyPair) -> Key:
    """Raises Unopenable for who has no key of the report's team and epoch."""
    return open_key(pair, bytes(report.for_team), _of_key(report))


def seal_answers(report: ConcernReport, key: Key, answers: Answers) -> bytes:
    return seal_record(key, answers.encode(), _of_body(report))


def open_answers(report: ConcernReport, key: Key) -> Answers:
    return Answers.decode(open_record(key, bytes(report.body), _of_body(report)))


def seal_words(act: ReportAct, report: ConcernReport, key: Key, words: str) -> bytes:
    return seal_record(key, words.encode(), _of_act(act, report))


def open_words(act: ReportAct, report: ConcernReport, key: Key) -> str:
    return open_record(key, bytes(act.words), _of_act(act, report)).decode()


def seal_feedback(report: ConcernReport, outcome: str) -> bytes:
    """To the reporter alone: whoever wrote it cannot open it again. Each outcome is as long as another."""
    return seal_to(bytes(report.public), pad(json.dumps(outcome).encode()), _of_feedback(report))


def open_feedback(report: ConcernReport, pair: KeyPair) -> str:
    assert report.feedback is not None
    return str(json.loads(unpad(open_with(pair, bytes(report.feedback), _of_feedback(report)))))


def _of_key(report: ConcernReport) -> Context:
    return _place(report, "concerns_concernreport", "for_team", report.id, report.epoch, "report key")


def _of_body(report: ConcernReport) -> Context:
    # Not the epoch: re-keying seals the key anew and leaves the text as it is.
    return _place(report, "concerns_concernreport", "body", report.id, 0, "report")


def _of_act(act: ReportAct, report: ConcernReport) -> Context:
    return _place(report, "concerns_reportact", "words", act.id, 0, "act")


def _of_feedback(report: ConcernReport) -> Context:
    return _place(report, "concerns_concernreport", "feedback", report.id, 0, "feedback")


def _place(report: ConcernReport, table: str, column: str, row: UUID, epoch: int, purpose: str) -> Context:
    return Context(settings.INSTANCE, str(report.team_id), table, column, row, report.key, epoch, purpose)
