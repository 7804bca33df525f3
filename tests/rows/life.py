"""A site on PostgreSQL with two roles, from its first day to a restore; prints what it saw as JSON.

Run by itself, since its settings name both roles: `DATABASE_URL`, `KLARSYN_DATABASE_OWNER_URL`, `KLARSYN_PG_BIN`.
"""

from __future__ import annotations

import json
import os
import sys
from uuid import UUID

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "klarsyn.config.settings.test"
django.setup()

# ruff: noqa: E402  the settings come first
from django.conf import settings
from django.db import connections

from klarsyn.base.errors import Refused
from klarsyn.cases import access
from klarsyn.config import backup, owner
from klarsyn.config.cli.site import ensure_keys, migrate
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked, make_keys
from klarsyn.people.models import RoleHeld, Team, User


def counted(alias: str) -> int:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_case")
        return int(cursor.fetchone()[0])


def begin() -> tuple[User, Unlocked, Team]:
    owner.make_site()
    migrate()
    ensure_keys()
    alva = User.objects.create(username="alva", name="Alva")
    keys = make_keys(alva, "morgonljus över fjärden")
    team = teams.create_team(kind=Team.Kind.MIKA, name="Mika", founder=alva, keys=keys)
    RoleHeld.objects.create(user=alva, role="mika_counsellor", team=team)
    return alva, keys, team


def live() -> dict[str, object]:
    """Two cases, a backup, one case erased, a third opened, everything brought back."""
    alva, keys, team = begin()
    kept, erased = (access.open_case(alva, keys, team, summary=word) for word in ("kvar", "raderat"))
    secret, recipient = backup.new_identity()
    copy = settings.HOME.parent / f"{settings.HOME.name}.age"
    backup.make(copy, [recipient])
    access.erase_case(alva, keys, erased)
    access.open_case(alva, keys, team, summary="senare")
    done = backup.restore(copy, secret)
    copy.unlink()
    alva = User.objects.get(pk=alva.pk)
    owner.make_site()  # a second time changes nothing
    return {
        "alias": owner.alias(), "told": owner.told(), "erased_again": done.erased_again,
        "raw": {name: counted(name) for name in ("default", "owner")},
        "listed": [one.summary for one in access.read_list(alva, keys, team)],
        "read": access.read_case(alva, keys, kept, purpose="prov").summary, "gone": gone(alva, keys, erased),
    }  # fmt: skip


def gone(user: User, keys: Unlocked, id: UUID) -> bool:
    try:
        access.read_case(user, keys, id, purpose="prov")
    except access.Http404:
        return True
    return False


if __name__ == "__main__":
    try:
        print(json.dumps(live()))
    except Refused as refusal:
        sys.exit(str(refusal))
