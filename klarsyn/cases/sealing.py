"""How a case's keys and records are sealed: one place for each, named in what seals it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from klarsyn.base.vault import Context, Key, KeyPair, open_key, open_record, seal_key, seal_record
from klarsyn.base.vault.kdf import expand
from klarsyn.cases.models import Case, KeyWrap, SealedRecord


def list_key(pair: KeyPair, team: UUID) -> Key:
    """The key of the team's list, which only a member's session makes: summaries are opened by hundreds."""
    return Key(expand(pair.seed, team.bytes, b"klarsyn-1 list key"))


def seal_summary(case: Case, pair: KeyPair, text: str) -> bytes:
    return seal_record(list_key(pair, case.team_id), text.encode(), _of_case(case, case.summary_epoch))


def open_summary(case: Case, key: Key) -> str:
    """`key` is `list_key` of the epoch that the summary names."""
    return open_record(key, bytes(case.summary), _of_case(case, case.summary_epoch)).decode()


def seal_case_key(wrap: KeyWrap, team: UUID, public: bytes, key: Key) -> bytes:
    return seal_key(public, key, _of_key(wrap, team))


def open_case_key(wrap: KeyWrap, team: UUID, pair: KeyPair) -> Key:
    return open_key(pair, bytes(wrap.sealed), _of_key(wrap, team))


def seal_body(record: SealedRecord, wrap: KeyWrap, team: UUID, key: Key, text: str) -> bytes:
    return seal_record(key, text.encode(), _of_record(record, wrap, team))


def open_body(record: SealedRecord, wrap: KeyWrap, team: UUID, key: Key) -> str:
    return open_record(key, bytes(record.body), _of_record(record, wrap, team)).decode()


def _of_case(case: Case, epoch: int) -> Context:
    team = case.team_id
    return Context(settings.INSTANCE, str(team), "cases_case", "summary", case.id, team, epoch, "summary")


def _of_key(wrap: KeyWrap, team: UUID) -> Context:
    return Context(
        settings.INSTANCE, str(team), "cases_keywrap", "sealed", wrap.case_id, wrap.id, wrap.epoch,
        wrap.compartment,
    )  # fmt: skip


def _of_record(record: SealedRecord, wrap: KeyWrap, team: UUID) -> Context:
    # Not the epoch: re-keying seals the key anew and leaves the records as they are.
    return Context(
        settings.INSTANCE, str(team), "cases_sealedrecord", "body", record.id, wrap.id, 0, wrap.compartment
    )
