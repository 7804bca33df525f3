"""Trust a key, stop trusting it, take a package in, take it away again. Each leaves a line."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.report.models import OtherEdition, TrustedKey
from klarsyn.report.others import queries
from klarsyn.report.others.checking import Checked, check
from klarsyn.report.signing.keys import fingerprint

_PUBLIC: Final = re.compile(r"[0-9a-f]{64}")
_CODE: Final = re.compile(r"\d{4}")


@transaction.atomic
def trust(*, municipality: str, name: str, public: str, words: str, reason: str, by: User) -> TrustedKey:
    """A key that a person has heard read out. Raises Refused: other words, no reason, ours, known already."""
    _check_may(by)
    public, name = public.strip().lower(), name.strip()
    if not _PUBLIC.fullmatch(public):
        raise Refused(
            _("Nyckeln är 64 tecken, 0–9 och a–f. Inget är sparat. Kopiera den från kommunens sida.")
        )
    if not _CODE.fullmatch(municipality) or municipality == settings.MUNICIPALITY or not name:
        raise Refused(_("Skriv den andra kommunens namn och kod med fyra siffror. Inget är sparat."))
    if words.lower().split() != fingerprint(public).split():
        raise Refused(
            _(
                "Orden hör inte till nyckeln. Inget är sparat. Låt "
                "kommunen läsa upp sina tolv ord en gång till."
            )
        )
    _check_why(reason)
    if TrustedKey.objects.filter(public=public).exists():
        raise Refused(
            _("Nyckeln står redan här. Inget är ändrat. En spärrad nyckel kan inte bli betrodd igen.")
        )
    made = TrustedKey.objects.create(
        municipality=municipality,
        name=name,
        public=public,
        reason=reason.strip(),
        trusted_at=timezone.now(),
        trusted_by=by,
    )
    record(action="others.trust", by=by.pseudonym, object=f"{municipality} {public[:16]}")
    return made


@transaction.atomic
def distrust(*, key: TrustedKey, why: str, by: User) -> None:
    """No package with this key is taken in any more. What was taken in stays until it is taken away."""
    _check_may(by)
    _check_why(why)
    row = TrustedKey.objects.select_for_update(of=("self",)).get(pk=key.pk)
    if row.revoked_at is not None:
        raise Refused(_("Nyckeln är redan spärrad. Inget är ändrat."))
    row.revoked_at, row.revoked_by, row.revoked_why = timezone.now(), by, why.strip()
    row.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    record(action="others.distrust", by=by.pseudonym, object=f"{row.municipality} {row.public[:16]}")


def take_in(*, body: bytes, by: User, today: date) -> OtherEdition:
    """One package, checked whole before anything is written; a newer edition takes the older one's place."""
    _check_may(by)
    found = check(
        body,
        trusted=queries.trusted,
        home=settings.MUNICIPALITY,
        today=today,
        indicators=queries.known(),
        takes_invented=settings.DEMO,
    )
    try:
        return _taken_in(found, by)
    except IntegrityError as error:  # somebody else took it in meanwhile
        raise Refused(
            _("Utgåvan togs emot av någon annan samtidigt. Inget är ändrat av dig. Läs in sidan på nytt.")
        ) from error


@transaction.atomic
def _taken_in(found: Checked, by: User) -> OtherEdition:
    said, now = found.said, timezone.now()
    key = _key(found, by)
    same = OtherEdition.objects.select_for_update(of=("self",)).filter(
        municipality=said["municipality"], year=said["year"], is_invented=said["is_invented"], removed_at=None
    )
    newest = same.order_by("-number").first()
    if newest is not None and newest.number >= said["edition"]:
        raise Refused(
            _("Utgåva %(held)d finns redan här, och paketet är utgåva %(said)d. Ingenting har ändrats.")
            % {"held": newest.number, "said": said["edition"]}
        )
    same.filter(replaced_at=None).update(replaced_at=now)
    made = OtherEdition.objects.create(
        municipality=said["municipality"],
        name=key.name,
        year=said["year"],
        number=said["edition"],
        is_invented=said["is_invented"],
        released_on=date.fromisoformat(said["released_on"]),
        address=said["address"][:300],
        what_changed=said["what_changed"],
        key=key,
        package_sha256=found.package_sha256,
        figures=[f.kept() for f in found.figures],
        taken_in_at=now,
        taken_in_by=by,
    )
    record(action="others.take_in", by=by.pseudonym, object=str(made))
    return made


def _key(found: Checked, by: User) -> TrustedKey:
    """The trusted key, locked; a new one that an old one vouches for is noted with whose word it rests on."""
    held = TrustedKey.objects.select_for_update(of=("self",)).get(public=found.vouched_by or found.public)
    if held.revoked_at is not None:
        raise Refused(_("Nyckeln spärrades medan paketet prövades. Ingenting har ändrats."))
    if not found.vouched_by:
        return held
    return TrustedKey.objects.create(
        municipality=held.municipality,
        name=held.name,
        public=found.public,
        vouched_by=held,
        reason=held.reason,
        trusted_at=timezone.now(),
        trusted_by=by,
    )


@transaction.atomic
def remove(*, edition: OtherEdition, why: str, by: User) -> None:
    """Its figures are erased; that it was here, and who took it away and why, stays."""
    _check_may(by)
    _check_why(why)
    row = OtherEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if row.removed_at is not None:
        raise Refused(_("Utgåvan är redan borttagen. Inget är ändrat."))
    row.figures, row.removed_at, row.removed_by, row.removed_why = [], timezone.now(), by, why.strip()
    row.save(update_fields=["figures", "removed_at", "removed_by", "removed_why"])
    record(action="others.remove", by=by.pseudonym, object=str(row))


def _check_why(why: str) -> None:
    if len(why.split()) < 3:
        raise Refused(_("Skriv varför, med minst tre ord. Inget är ändrat. Texten står i listan."))


def _check_may(by: User) -> None:
    if not by.may(Permission.FEDERATION_IMPORT):
        raise Refused(_("Bara en analytiker tar emot andra kommuners tal. Inget är ändrat."))
