"""What an identity provider says of a person, in the words of Sambi, and when it is enough."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

_ENOUGH: Final = re.compile(r"loa[34]\Z", re.I)  # level of assurance 3, or the one above it
_MOST: Final = 200  # characters of any value


@dataclass(frozen=True, slots=True)
class Identity:
    """One person as the other side knows them; the names over there stand in `sambi.csv`."""

    hsa_id: str  # the stable identifier of an employee
    level: str
    method: str
    given_name: str
    surname: str
    commission: str
    purpose: str
    organisation: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


_FIELDS: Final = {
    "employeeHsaId": "hsa_id", "acr": "level", "amr": "method", "given_name": "given_name",
    "family_name": "surname", "commissionHsaId": "commission", "commissionPurpose": "purpose",
    "credentialOrganizationName": "organisation",
}  # fmt: skip


def from_claims(claims: Mapping[str, Any]) -> Identity:
    """By OIDC names. A list gives its first value; what is missing is empty."""
    return Identity(**{field: _one(claims.get(claim)) for claim, field in _FIELDS.items()})


def from_attributes(attributes: Mapping[str, Any]) -> Identity:
    """By SAML names, each with a list of values."""
    names = _saml_names()
    return from_claims({names[name]: values for name, values in attributes.items() if name in names})


def check_identity(identity: Identity) -> None:
    """Raises Refused: level under 3, another organisation, nobody named."""
    if not _ENOUGH.search(identity.level):
        raise Refused(
            _("Inloggningen hade för låg tillitsnivå. Ingen är inloggad. Använd e-legitimation på nivå 3.")
        )
    organisation = settings.SIGN_IN_ORGANISATION
    if not organisation or identity.organisation.casefold() != organisation.casefold():
        raise Refused(_("Inloggningen gäller en annan organisation. Ingen är inloggad. Välj rätt uppdrag."))
    if not identity.hsa_id:
        raise Refused(_("Inloggningen sade inte vem det är. Ingen är inloggad. Be den som sköter servern."))


def roles_for(purpose: str) -> tuple[str, ...] | None:
    """The roles that an assignment's purpose is for (KLARSYN_SIGN_IN_PURPOSES); None = all that are held."""
    chosen = settings.SIGN_IN_PURPOSES
    return tuple(chosen.get(purpose, "").split()) if chosen else None


@cache
def _saml_names() -> Mapping[str, str]:
    with (Path(__file__).parent / "sambi.csv").open(encoding="utf-8", newline="") as file:
        return {row["attribute"]: row["oidc_claim"] for row in csv.DictReader(file)}


def _one(value: Any) -> str:
    first = value[0] if isinstance(value, list | tuple) and value else value
    return first.strip()[:_MOST] if isinstance(first, str) else ""
