"""What makes a password weak, and how it is changed. Everything is asked on this machine, of nobody else."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.municipality import municipality
from klarsyn.people.breached import sha1_of, stands_in
from klarsyn.people.keys.accounts import Unlocked, derive_anew, keep_sealed, unlock
from klarsyn.people.models import User
from klarsyn.people.sessions import sign_out_everywhere

# What people in such a house put in their passwords; a municipality adds its own by KLARSYN_PASSWORD_WORDS.
HOUSE: Final = (
    "klarsyn", "mika", "kast", "kommun", "kommunen", "socialtjänst", "socialtjänsten", "socialkontor",
    "mottagning", "lösenord", "losenord", "password", "sommar", "sommaren", "vinter", "vintern", "höst",
    "hösten", "vår", "våren", "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
    "september", "oktober", "november", "december", "qwerty", "qwertyuiop", "asdfgh", "zxcvbn", "abcdef",
    "välkommen", "hejsan", "admin", "sverige",
)  # fmt: skip
LEFT: Final = 8  # letters and signs that must remain when those words and every number are taken away


class NotCommonAtHeart(CommonPasswordValidator):
    """Django's list of 20,000 common passwords, also with a year or a sign behind, or one written twice."""

    def validate(self, password: str, user: object = None) -> None:
        bare = re.sub(r"[\W\d_]+\Z", "", password.lower())
        for form in (password, bare):
            half = form[: len(form) // 2]
            for part in (form, half if half * 2 == form else ""):
                if part:
                    super().validate(part)


class NotOwnWords:
    """Refuses what is little more than the municipality's, the house's and the person's own words."""

    def validate(self, password: str, user: User | None = None) -> None:
        rest = _plain(password)
        for word in sorted(_words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(set(rest)) < 4 or len(re.sub(r"\d", "", rest)) < LEFT:
            why = _("Lösenordet består mest av lättgissade ord: kommunens, arbetets eller dina egna.")
            raise ValidationError(why, code="own_words")

    def get_help_text(self) -> str:
        return _("Lösenordet får inte mest bestå av kommunens, arbetets eller dina egna ord.")


class NotBreached:
    """Refuses what stands in a local file of leaked passwords: SHA-1 in hex, sorted, one a line.

    KLARSYN_PASSWORD_BREACHED names the file, if there is one; it is searched by halving, never read whole.
    """

    def validate(self, password: str, user: object = None) -> None:
        path = settings.PASSWORD_BREACHED
        if path and stands_in(Path(path), sha1_of(password)):
            raise ValidationError(
                _("Lösenordet har läckt någon annanstans. Välj ett annat."), code="breached"
            )

    def get_help_text(self) -> str:
        return _("Lösenordet får inte ha läckt någon annanstans.")


def check_password(password: str, user: User) -> None:
    """Raises Refused with every reason why the password is weak."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused(
            _("%(why)s Inget är sparat. Välj ett annat lösenord.") % {"why": " ".join(weak.messages)}
        ) from weak


def change_password(*, user: User, old: str, new: str) -> Unlocked | None:
    """Seal the same keys with a new password and end every session. None when the old one is wrong.

    Raises Refused for a weak password. What teams have sealed to the person stays readable.
    """
    check_password(new, user)
    found = unlock(user.username, old)
    sealing = derive_anew(new) if found else None
    with transaction.atomic():
        if found is None or sealing is None:
            record(action="password.change", by=user.pseudonym, outcome="refused")
            return None
        keep_sealed(user, found[1], sealing)
        user.set_unusable_password()  # new random text, a part of every session's proof: old ones end
        user.save(update_fields=["password"])
        sign_out_everywhere(user)
        record(action="password.change", by=user.pseudonym)
    return found[1]


def _words(user: User | None) -> set[str]:
    home = municipality()
    own = (user.username, user.name, user.email.partition("@")[0]) if user else ()
    texts = (*HOUSE, *settings.PASSWORD_WORDS, home.name, home.name_en, home.short_name, home.code, *own)
    return {part for text in texts for part in re.split(r"\W+", _plain(text)) if len(part) >= 3}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
