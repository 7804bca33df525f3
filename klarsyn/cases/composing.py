"""An entry made ready to be kept: who may write it, what its form and the card allow, what is masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases import entries, queries
from klarsyn.cases.card import Card
from klarsyn.cases.entries import Entry, Kind, kind_of
from klarsyn.cases.holding import check_seal, living, may_break, may_write, pair
from klarsyn.cases.models import Case, Compartment, SealedRecord
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission


def writable(user: User, id: UUID, kind: str, *, is_late_told: bool = False) -> tuple[Case, Kind]:
    """The case, shut, and the form, for whoever may write it there. Else Http404.

    `is_late_told`: whoever may break its seal gets the form also when the hour is over, to lose no text; what
    is kept goes by `compose`, which lets nobody through then.
    """
    case = living(user, id)
    try:
        form = kind_of(kind)
    except KeyError:
        raise Http404 from None
    if not may_write(user, case.team, form.compartment) or not form.by_hand:
        raise Http404
    if case.team.kind not in form.receptions or (
        case.is_nameless and form.compartment == Compartment.IDENTITY
    ):
        raise Http404
    if not (is_late_told and may_break(user, case.team)):
        check_seal(user, case)
    return case, form


def compose(
    user: User, keys: Unlocked | None, id: UUID, kind: str, data: Mapping[str, Any], event_day: date,
    corrects: UUID | None = None,
) -> tuple[Case, Unlocked, Entry, frozenset[str]]:  # fmt: skip
    """The case, the person's keys, an entry that its form allows, and the fields masked for the person.

    What is offered for a masked field is not heard: what stood there stays. Raises Http404 or Refused.
    """
    case, form = writable(user, id, kind)
    hers = pair(user, keys, case.team)
    hidden = masked(user, case, form)
    data = {name: value for name, value in data.items() if name not in hidden}
    _check_card(form, data, queries.card_of(case, hers))
    made = entries.new(
        form, reception=case.team.kind, data=data, event_day=event_day, now=timezone.localtime(),
        author=user.pseudonym, is_nameless=case.is_nameless, corrects=corrects,
    )  # fmt: skip
    return case, hers, made, hidden


def masked(user: User, case: Case, form: Kind) -> frozenset[str]:
    """The fields that tell who somebody is, for a person who may not read an identity."""
    if user.may_in_team(Permission.CASE_UNSEAL, case.team):
        return frozenset()
    return frozenset(f.name for f in form.fields if f.is_identity)


def _check_card(form: Kind, data: Mapping[str, Any], card: Card) -> None:
    """What the case's card says of the form. Raises Refused."""
    if form.tracks and card.track not in form.tracks:
        raise Refused(_("Formuläret hör till ett annat spår än ärendets. Inget är sparat."))
    if form.check_card is not None:
        form.check_card(data, card)


def record_of(case: Case, record: UUID, compartment: Compartment | None = None) -> SealedRecord:
    """A record of this very case, and of this compartment when one is named. Raises Http404."""
    found = case.records.select_related("case__team").filter(pk=record).first()
    if found is None or found.compartment != (compartment or Compartment.NOTES):
        raise Http404
    return found
