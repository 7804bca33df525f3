"""The clocks of a case wound anew after something was written: its card has their tasks at once."""

from __future__ import annotations

from klarsyn.cases import card
from klarsyn.cases.clocks import matters, wound
from klarsyn.cases.models import Case, Compartment
from klarsyn.cases.queries import shown
from klarsyn.cases.sealing import seal_summary
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked


def wind(case: Case, keys: Unlocked, kind: str) -> None:
    """Put the tasks of the clocks on the card, if an entry of this form can change them.

    In the caller's transaction, which holds the case. Raises Unopenable without the team's key.
    """
    if matters(kind):
        begin(case, keys)


def begin(case: Case, keys: Unlocked) -> None:
    """As `wind`, whatever was written: what a case begins with."""
    epochs = teams.open_teams(keys).get(case.team_id, {})
    seen = shown(case, epochs, frozenset({Compartment.NOTES}))
    made = wound(seen.card, seen.records, case.created_on)
    if made != seen.card:
        put(case, keys, made)


def put(case: Case, keys: Unlocked, made: card.Card) -> None:
    """Another card in place of the case's own."""
    pair = teams.open_epoch(case.team.epochs.get(epoch=case.summary_epoch), keys)
    case.summary = seal_summary(case, pair, card.encode(made))
    case.save(update_fields=["summary"])
