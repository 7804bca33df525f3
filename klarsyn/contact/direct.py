"""Short texts sealed straight to a team: whoever writes them cannot open them again; re-keying seals anew."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.conf import settings

from klarsyn.base import rows
from klarsyn.base.vault import Context, KeyPair, Opener, Sealer, open_with, seal_to
from klarsyn.base.vault.padding import pad, unpad
from klarsyn.contact.models import Booking, CallRequest
from klarsyn.contact.receivers import Receiver
from klarsyn.people.models import TeamEpoch

Sealed = Booking | CallRequest
_MODELS: Final[tuple[type[Sealed], ...]] = (Booking, CallRequest)
_BATCH: Final = 200
_FIRST: Final = str(UUID(int=0))


def seal(row: Sealed, to: Receiver, text: str) -> None:
    """Seal a text to the team's living epoch; the row is not saved here. `to` is held still by the caller."""
    row.epoch = to.epoch
    row.sealed = seal_to(to.public, pad(text.encode()), _place(row))


def open_text(row: Sealed, pair: KeyPair) -> str:
    """The text, for who holds the epoch's pair. Raises Unopenable."""
    return unpad(open_with(pair, bytes(row.sealed), _place(row))).decode()


def reseal(old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, new_pair: KeyPair, cursor: str) -> str:
    """One batch after `cursor` ("number of the table:id"); the next cursor, "" when nothing is left."""
    number, _colon, after = cursor.partition(":")
    with rows.of_teams([old.team_id]):
        for at in range(int(number or 0), len(_MODELS)):
            last = _batch(_MODELS[at], old, old_pair, new, after or _FIRST)
            if last is not None:
                return f"{at}:{last}"
            after = ""
    return ""


def still_sealed(old: TeamEpoch) -> tuple[int, int]:
    """(what is still sealed to the old epoch, what the team has in all)."""
    with rows.of_teams([old.team_id]):
        mine = [model.objects.filter(team_id=old.team_id) for model in _MODELS]
        return sum(m.filter(epoch=old.epoch).count() for m in mine), sum(m.count() for m in mine)


def _batch(model: type[Sealed], old: TeamEpoch, old_pair: KeyPair, new: TeamEpoch, after: str) -> UUID | None:
    held = model.objects.filter(team_id=old.team_id, epoch=old.epoch, id__gt=UUID(after)).order_by("id")
    opener, sealer = Opener(old_pair), Sealer(bytes(new.public))
    last = None
    for row in held[:_BATCH]:
        body = opener.open(bytes(row.sealed), _place(row))
        row.epoch = new.epoch
        row.sealed = sealer.seal(body, _place(row))
        row.save(update_fields=["epoch", "sealed"])
        last = row.id
    return last


def _place(row: Sealed) -> Context:
    table, team = row._meta.db_table, row.team_id
    return Context(settings.INSTANCE, str(team), table, "sealed", row.id, row.id, row.epoch, "direct")
