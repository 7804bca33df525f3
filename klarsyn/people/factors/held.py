"""Which second factors a person has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.utils import timezone

from klarsyn.people.models import User

Kind = Authenticator.Type


@dataclass(frozen=True, slots=True)
class Factor:
    """One second factor as its owner sees it. `name` is empty but for passkeys."""

    pk: int
    kind: str
    name: str
    added_on: date
    used_on: date | None


def list_factors(user: User) -> Sequence[Factor]:
    """Apps and passkeys, oldest first. Recovery codes are no factor of their own: they stand in for one."""
    rows = Authenticator.objects.filter(user=user, type__in=(Kind.TOTP, Kind.WEBAUTHN)).order_by("created_at")
    return [
        Factor(
            row.pk, str(row.type), row.data.get("name", ""), timezone.localdate(row.created_at),
            timezone.localdate(row.last_used_at) if row.last_used_at else None,
        )
        for row in rows
    ]  # fmt: skip


def kinds(user: User) -> frozenset[str]:
    """ "totp", "webauthn": what the person may be asked for."""
    rows = Authenticator.objects.filter(user=user, type__in=(Kind.TOTP, Kind.WEBAUTHN))
    return frozenset(str(kind) for kind in rows.values_list("type", flat=True))


def remove(user: User, pk: int) -> str:
    """Take one away; its kind, or "" when it is not the person's. With the last one the recovery codes go."""
    row = Authenticator.objects.filter(user=user, pk=pk, type__in=(Kind.TOTP, Kind.WEBAUTHN)).first()
    if row is None:
        return ""
    kind = str(row.type)
    row.delete()
    if not kinds(user):
        Authenticator.objects.filter(user=user).delete()
    return kind


def remove_all(user: User) -> int:
    """For somebody who has lost phone and paper: from the server's shell alone."""
    return int(Authenticator.objects.filter(user=user).delete()[0])
