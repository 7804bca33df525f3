"""Seals what a draining epoch holds to the active one, two hundred keys at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast
from uuid import UUID

from django.db import connection
from django.db.models import Field, Model

from klarsyn.base.vault import KeyPair, Opener, Sealer
from klarsyn.cases.models import Case, CaseState, KeyWrap
from klarsyn.cases.sealing import list_key, open_keys, open_summary, seal_keys, seal_summary
from klarsyn.people.models import TeamEpoch

BATCH: Final = 200
_FIRST: Final = str(UUID(int=0))


def reseal(old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, new_pair: KeyPair, cursor: str) -> str:
    """One batch after `cursor` (the id of the last case done); the next cursor, "" when nothing is left.

    In the caller's transaction, with the cursor: broken off anywhere, no case is half done.
    """
    team = old.team_id
    after = UUID(cursor or _FIRST)
    held = Case.objects.filter(team_id=team, id__gt=after).filter(keys__epoch=old.epoch).distinct()
    cases = list(held.order_by("id").prefetch_related("keys")[:BATCH])
    if not cases:
        return ""
    before = list_key(old_pair, team)
    for case in (c for c in cases if c.summary_epoch == old.epoch):
        text = open_summary(team, case.id, old.epoch, bytes(case.summary), before)
        case.summary_epoch = new.epoch
        case.summary = seal_summary(case, new_pair, text)
    wraps = [wrap for case in cases for wrap in case.keys.all() if wrap.epoch == old.epoch]
    opener, sealer = Opener(old_pair), Sealer(bytes(new.public))
    for wrap in wraps:
        keys = open_keys(wrap, team, opener)
        wrap.epoch = new.epoch
        wrap.sealed = seal_keys(wrap, team, sealer, keys)
    _write(Case, cases, ("summary", "summary_epoch"))
    _write(KeyWrap, wraps, ("epoch", "sealed"))
    return str(cases[-1].id)


def still_sealed(old: TeamEpoch) -> tuple[int, int]:
    """(cases still sealed to the old epoch, cases of the team that are not erased)."""
    every = Case.objects.filter(team_id=old.team_id).exclude(state=CaseState.ERASED)
    return every.filter(keys__epoch=old.epoch).distinct().count(), every.count()


def _write(model: type[Model], rows: Sequence[Model], names: Sequence[str]) -> None:
    """One prepared UPDATE for all rows: Django's own bulk update writes each row into one long CASE."""
    table, quote = model._meta, connection.ops.quote_name
    columns = [cast("Field[Any, Any]", table.get_field(name)) for name in names]
    id = cast("Field[Any, Any]", table.get_field("id"))
    changes = ", ".join(f"{quote(str(c.column))} = %s" for c in columns)
    statement = f"UPDATE {quote(table.db_table)} SET {changes} WHERE {quote(str(id.column))} = %s"  # noqa: S608
    with connection.cursor() as cursor:
        values = [
            [f.get_db_prep_save(getattr(r, f.attname), connection) for f in (*columns, id)] for r in rows
        ]
        cursor.executemany(statement, values)
