"""From an identity to an account: found, never made; in, with the vault still locked; each with its line."""

from __future__ import annotations

import logging

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people import entering
from klarsyn.people.models import User
from klarsyn.people.outside.attributes import Identity, check_identity, roles_for

log = logging.getLogger(__name__)


def arrive(request: HttpRequest, identity: Identity, *, way: str) -> User:
    """Sign somebody in whom `way` ("oidc", "saml") has named. Raises Refused, with a line in the log."""
    user = User.objects.filter(hsa_id=identity.hsa_id, is_active=True).first() if identity.hsa_id else None
    roles = roles_for(identity.purpose)
    try:
        check_identity(identity)
        if user is None or user.is_demo:
            raise Refused(
                _("Det finns inget konto för den identiteten. Ingen är inloggad. Be den som sköter servern.")
            )
        if roles is not None and not set(roles) & {role.key for role in user.roles}:
            raise Refused(_("Uppdraget ger ingen roll här. Ingen är inloggad. Välj ett annat uppdrag."))
    except Refused:
        refuse(way, by=user.pseudonym if user else entering.NOBODY)
        raise
    level = identity.level.rpartition("/")[2][-20:]
    entering.enter(request, user, way=way, factor=f"{level} {identity.method}"[:60].strip(), roles=roles)
    return user


def refuse(way: str, *, by: str = entering.NOBODY, why: str = "", act: str = "sign_in") -> None:
    """The line for a no; `why` goes to the server's own log, and holds nothing of a person."""
    if why:
        log.warning("%s by %s refused: %s", act, way, why)
    with transaction.atomic():
        record(action=f"{act}.{way}", by=by, outcome="refused")
