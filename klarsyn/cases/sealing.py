"""How a case's keys and records are sealed: one place for each, named in what seals it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.conf import settings

from klarsyn.base.vault import Context, Key, KeyPair, Opener, Sealer, open_record, opener, seal_record
from klarsyn.base.vault.kdf import expand
from klarsyn.base.vault.keys import KEY_BYTES
from klarsyn.cases.models import BUNDLES, Bundle, Case, Compartment, KeyWrap, SealedRecord


def list_key(pair: KeyPair, team: UUID) -> Key:
    """The key of the team's list, which only a member's session makes: summaries are opened by hundreds."""
    return Key(expand(pair.seed, team.bytes, b"klarsyn-1 list key"))


def seal_summary(case: Case, pair: KeyPair, text: str) -> bytes:
    place = _of_summary(case.team_id, case.id, case.summary_epoch)
    return seal_record(list_key(pair, case.team_id), text.encode(), place)


def summary_opener(pair: KeyPair, team: UUID, epoch: int) -> Callable[[bytes, bytes], str]:
    """For all the summaries of a team's epoch: takes a case's id, 16 bytes, and its sealed summary."""
    opened = opener(list_key(pair, team), _of_summary(team, UUID(int=0), epoch))
    return lambda case, sealed: opened(case, sealed).decode()


def open_summary(team: UUID, case: UUID, epoch: int, sealed: bytes, key: Key) -> str:
    """`key` is `list_key` of the epoch that the summary names."""
    return open_record(key, sealed, _of_summary(team, case, epoch)).decode()


def seal_keys(wrap: KeyWrap, team: UUID, to: Sealer, keys: Mapping[Compartment, Key]) -> bytes:
    """The keys of a bundle's compartments, in their order, sealed to the team."""
    body = b"".join(keys[c].raw for c in BUNDLES[Bundle(wrap.bundle)])
    return to.seal(body, _of_keys(wrap, team))


def open_keys(wrap: KeyWrap, team: UUID, opener: Opener) -> Mapping[Compartment, Key]:
    body = opener.open(bytes(wrap.sealed), _of_keys(wrap, team))
    held = BUNDLES[Bundle(wrap.bundle)]
    return {c: Key(body[i * KEY_BYTES : (i + 1) * KEY_BYTES]) for i, c in enumerate(held)}


def seal_body(record: SealedRecord, team: UUID, key: Key, text: str) -> bytes:
    return seal_record(key, text.encode(), _of_record(record, team))


def open_body(record: SealedRecord, team: UUID, key: Key) -> str:
    return open_record(key, bytes(record.body), _of_record(record, team)).decode()


def _of_summary(team: UUID, case: UUID, epoch: int) -> Context:
    return Context(settings.INSTANCE, str(team), "cases_case", "summary", case, team, epoch, "summary")


def _of_keys(wrap: KeyWrap, team: UUID) -> Context:
    place = ("cases_keywrap", "sealed")
    return Context(settings.INSTANCE, str(team), *place, wrap.case_id, wrap.id, wrap.epoch, wrap.bundle)


def _of_record(record: SealedRecord, team: UUID) -> Context:
    # Not the epoch: re-keying seals the key anew and leaves the records as they are.
    compartment = Compartment(record.compartment)
    place, key = ("cases_sealedrecord", "body"), record.wrap.key_id(compartment)
    return Context(settings.INSTANCE, str(team), *place, record.id, key, 0, compartment.value)
