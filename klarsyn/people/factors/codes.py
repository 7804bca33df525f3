"""One-time codes of an app (RFC 6238) and recovery codes: each is good once, whichever process is asked."""

from __future__ import annotations

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction

from klarsyn.base.audit.recording import record
from klarsyn.people.keys import pepper_file
from klarsyn.people.models import User

Kind = Authenticator.Type
_LAST = "last_counter"


def add_app(user: User, secret: str, code: str) -> bool:
    """Keep the app's secret when its code is right, in place of an earlier app. The code is then used up."""
    counter = _counter_of(secret, code, after=-1)
    if counter is None:
        return False
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Kind.TOTP).delete()
        made = TOTP.activate(user, secret).instance
        made.data[_LAST] = counter
        made.save()
        record(action="factor.add", by=user.pseudonym, object=str(Kind.TOTP))
    return True


@transaction.atomic
def check_code(user: User, code: str) -> str:
    """ "totp" or "recovery_codes" when the code is right and unused; "" otherwise. A right code is used up.

    The last counter is kept in the row, under its lock: allauth's own note of used codes lies in the memory
    of one process, and a second process would let the same code in again.
    """
    found = Authenticator.objects.select_for_update().filter(user=user, type=Kind.TOTP).first()
    if found is not None:
        counter = _counter_of(decrypt(found.data["secret"]), code, after=found.data.get(_LAST, -1))
        if counter is not None:
            found.data[_LAST] = counter
            found.record_usage()
            found.save()
            return str(Kind.TOTP)
    saved = Authenticator.objects.select_for_update().filter(user=user, type=Kind.RECOVERY_CODES).first()
    if saved is not None and code.strip() and RecoveryCodes(saved).validate_code(_bare(code)):
        saved.record_usage()
        return str(Kind.RECOVERY_CODES)
    return ""


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes to keep on paper, in place of earlier ones. Shown once."""
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    return [f"{code[:5]} {code[5:]}" for code in RecoveryCodes.activate(user).generate_codes()]


def recovery_codes_left(user: User) -> int:
    saved = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    return len(RecoveryCodes(saved).get_unused_codes()) if saved else 0


@transaction.atomic
def seal_anew(user: User) -> None:
    """Secrets that were sealed under an older pepper are sealed under the current one, so that it may go."""
    current = f"{pepper_file.peppers().current}:"
    for row in Authenticator.objects.filter(user=user, type__in=(Kind.TOTP, Kind.RECOVERY_CODES)):
        name = "secret" if row.type == Kind.TOTP else "seed"
        if not row.data[name].startswith(current):
            row.data[name] = encrypt(decrypt(row.data[name]))
            row.save(update_fields=["data"])


def _counter_of(secret: str, code: str, *, after: int) -> int | None:
    for counter in yield_hotp_counters_from_time():
        value = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=_bare(code), expected=value) and counter > after:
            return int(counter)
    return None


def _bare(code: str) -> str:
    return "".join(code.split())
