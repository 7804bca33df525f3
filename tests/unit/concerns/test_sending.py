"""A concern report written, saved, sent once, opened by its team alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from klarsyn.base.audit import recording
from klarsyn.base.codes import Code, luhn
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.pauses import FREE, Paused
from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.concerns.models import ConcernReport, ReportAct, ReportDraft, ReportTries
from klarsyn.concerns.models.concern_report import Outcome
from klarsyn.concerns.report import codes, inbox, sealing, sending
from klarsyn.concerns.report.answers import Answers
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from tests.unit.concerns.reports import NEIGHBOUR, TEACHER, Receiving, receiving, sent
from tests.unit.people.keys.conftest import ground  # noqa: F401  a fixture


@pytest.fixture
def house(ground) -> Receiving:  # noqa: F811
    return receiving()


def test_only_the_code_opens_a_draft_and_it_is_gone_when_sent(house: Receiving) -> None:
    code = codes.new()
    last = sending.save(code, TEACHER)
    assert last == timezone.localdate() + timedelta(days=14) and codes.new() != code
    assert sending.open_draft(codes.enter(code)) == TEACHER
    row = ReportDraft.objects.get()
    assert b"Kim" not in bytes(row.sealed)
    sending.save(code, NEIGHBOUR)  # the same row, anew
    assert ReportDraft.objects.count() == 1 and sending.open_draft(codes.enter(code)) == NEIGHBOUR
    sending.send(code, NEIGHBOUR)
    assert not ReportDraft.objects.exists()
    assert sending.receipt(codes.enter(code)).received_on == timezone.localdate()


def alike(code: Code, secret: str) -> Code:
    """Another code that begins with the same six digits."""
    body = code.locator + secret
    return Code(body + luhn(body))


def test_another_code_with_the_same_six_digits_neither_reads_nor_writes_a_draft(house: Receiving) -> None:
    mine = codes.new()
    other = alike(mine, "1" * 18)
    sending.save(mine, TEACHER)
    with pytest.raises(codes.Taken):
        sending.save(other, NEIGHBOUR)
    with pytest.raises(codes.Taken):
        sending.send(other, NEIGHBOUR)
    with pytest.raises(codes.Taken):
        sending.throw_away(other)
    with pytest.raises(codes.Unknown):
        codes.enter(other)
    assert sending.open_draft(codes.enter(mine)) == TEACHER and not ConcernReport.objects.exists()


def test_the_same_button_twice_makes_one_report_and_one_receipt(house: Receiving) -> None:
    code = codes.new()
    first, second = sending.send(code, TEACHER), sending.send(code, TEACHER)
    assert first == second and ConcernReport.objects.count() == 1
    assert AuditEvent.objects.filter(action="concern.send").count() == 1


def test_a_report_is_opened_by_its_team_alone_and_only_after_its_line(house: Receiving, monkeypatch) -> None:
    report, _code = sent()
    shown = inbox.read(house.pia, house.pias, report.id)
    assert shown.answers == TEACHER
    assert AuditEvent.objects.filter(action="concern.read", object=str(report.id)).count() == 1
    for user, keys in (
        (house.alva, house.alvas),
        (house.alva, house.hers),
        (house.olga, house.alvas),
        (house.olga, None),
    ):
        with pytest.raises(Http404):
            inbox.read(user, keys, report.id)
    mikas = teams.open_teams(house.alvas)
    pair = next(iter(next(iter(mikas.values())).values()))
    for stranger in (pair, KeyPair.new()):
        with pytest.raises(Unopenable):
            sealing.open_for_team(report, stranger)

    def fails(**_words: object) -> None:
        raise recording.NotLogged

    monkeypatch.setattr(recording, "record", fails)
    with pytest.raises(recording.NotLogged):
        inbox.read(house.olga, house.hers, report.id)


def test_nobody_stands_in_two_kinds_of_team(house: Receiving) -> None:
    with pytest.raises(Refused, match="hålls isär"):
        teams.add_member(team=house.team, member=house.alva, by=house.olga, keys=house.hers)


def test_the_code_opens_the_receipt_and_never_what_was_written(house: Receiving) -> None:
    report, code = sent()
    entered = codes.enter(code)
    told = sending.receipt(entered)
    assert told.is_professional and told.wants_feedback and told.feedback == ""
    assert "Kim" not in json.dumps(asdict(told), default=str)
    with pytest.raises(Unopenable):
        sealing.open_for_team(report, KeyPair.new())


def test_of_a_private_persons_report_the_hour_stays_until_the_assessment_and_then_the_day(
    house: Receiving,
) -> None:
    report, _code = sent(NEIGHBOUR)
    assert report.received_at and (report.received_at.minute, report.received_at.second) == (0, 0)
    line = AuditEvent.objects.get(action="concern.send")
    assert (line.actor, line.at, line.object) == ("reporter", "", str(report.id))
    inbox.assess(house.olga, house.hers, report.id, outcome=Outcome.NO_NEED, words="Samtal med skolan.")
    report.refresh_from_db()
    assert report.received_at is None and report.received_on == timezone.localdate()
    named, _code = sent()
    inbox.assess(house.olga, house.hers, named.id, outcome=Outcome.NEEDS_NOW, words="Hot hemma.")
    named.refresh_from_db()
    assert named.received_at is not None


def test_nothing_but_days_ids_and_what_an_officer_notes_is_in_the_clear(house: Receiving) -> None:
    sent()
    code = codes.new()
    sending.save(code, TEACHER)
    inbox.assess(
        house.olga, house.hers, ConcernReport.objects.get().id, outcome=Outcome.NO_NEED, words="Hemligt"
    )
    secret = [text for name, text in asdict(TEACHER).items() if len(text) > 3 and name != "role"]
    for model in (ConcernReport, ReportDraft, ReportAct):
        row = model.objects.get()
        kept = b" ".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
            for field in model._meta.concrete_fields
            if (value := getattr(row, field.attname)) is not None
        )
        assert len(kept) > 100 and not any(text.encode() in kept for text in [*secret, "Hemligt"])


def test_protection_comes_before_the_decision_and_each_is_noted_once(house: Receiving) -> None:
    report, _code = sent()
    words = {"outcome": Outcome.INQUIRY, "words": "Behov av utredning."}
    with pytest.raises(Refused, match="skyddsbedömningen först"):
        inbox.decide(house.olga, house.hers, report.id, **words)
    inbox.assess(house.olga, house.hers, report.id, outcome=Outcome.NO_NEED, words="Lugnt i dag.")
    inbox.decide(house.olga, house.hers, report.id, **words)
    with pytest.raises(Refused, match="redan antecknat"):
        inbox.decide(house.olga, house.hers, report.id, **words)
    done = inbox.read(house.pia, house.pias, report.id).done
    assert [(one.outcome, one.words) for one in done] == [
        (Outcome.NO_NEED, "Lugnt i dag."), (Outcome.INQUIRY, "Behov av utredning."),
    ]  # fmt: skip


def test_wrong_codes_pause_reading_and_never_sending(house: Receiving, monkeypatch) -> None:
    _report, right = sent()
    wrong = alike(right, "0" * 18)
    for _try in range(FREE):
        with pytest.raises(codes.Unknown):
            codes.enter(wrong)
    with pytest.raises(Paused):
        codes.enter(right)
    monkeypatch.setattr(codes, "WRONG_AN_HOUR", 0)
    again, _code = sent(NEIGHBOUR)
    assert again.pk and ReportTries.objects.exists()


def test_re_keying_keeps_every_report_open_and_shuts_out_who_left(house: Receiving) -> None:
    report, _code = sent()
    teams.remove_member(team=house.team, member=house.pia, by=house.olga, keys=house.hers, reason="slutar")
    teams.drain(team=house.team, keys=house.hers)
    report.refresh_from_db()
    assert report.epoch == 2
    assert inbox.read(house.olga, house.hers, report.id).answers == TEACHER
    with pytest.raises(Http404):
        inbox.read(house.pia, Unlocked.from_seeds(house.pia.uid, house.pias.seeds()), report.id)


def test_without_a_team_nothing_is_taken_and_the_page_knows(ground) -> None:  # noqa: F811
    assert not sending.receives()
    with pytest.raises(sending.NobodyReceives):
        sending.send(codes.new(), NEIGHBOUR)
    assert not ConcernReport.objects.exists() and Answers() == Answers.decode(Answers().encode())
