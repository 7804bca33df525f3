"""A package whose key's words were read out: the key trusted and the package taken in at once, or nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.report.models import OtherEdition
from klarsyn.report.others import actions, queries, shape
from klarsyn.report.others.unpacking import unpack
from klarsyn.report.signing import manifest
from klarsyn.report.signing.keys import fingerprint


@transaction.atomic
def take_in(*, body: bytes, words: str, reason: str, by: User, today: date) -> OtherEdition:
    """The edition, when the words are those of the key that signed it. Raises Refused; then nothing is kept.

    `reason`: why a key that is new here is trusted; without it a new key is refused.
    """
    files = unpack(body)
    if manifest.SIGNATURE in files:
        public = shape.signature(files[manifest.SIGNATURE])["public"]
        if words.lower().split() != fingerprint(public).split():
            raise Refused(
                _(
                    "Orden hör inte till nyckeln som signerade paketet. Ingenting har ändrats. "
                    "Låt kommunen läsa upp sina tolv ord en gång till."
                )
            )
        if reason and queries.trusted(public) is None:
            said = shape.manifest(files.get(manifest.MANIFEST, b""))
            actions.trust(
                municipality=said["municipality"], name=said["name"], public=public, words=words,
                reason=reason, by=by,
            )  # fmt: skip
    return actions.take_in(body=body, by=by, today=today)
