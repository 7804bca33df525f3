"""What a comparison is worth now: proposed, public, or ended, and by what; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused


class Standing(StrEnum):
    PROPOSED = "proposed"  # föreslagen
    PUBLIC = "public"  # offentlig
    OUTDATED = "outdated"  # an edition in it is replaced, or its figures are taken away
    WITHDRAWN = "withdrawn"  # tillbakadragen


@dataclass(frozen=True, slots=True)
class Said:
    """What the rows say: who proposed, whether agreed or withdrawn, and whose editions hold no longer."""

    proposed_by: int
    is_agreed: bool
    is_withdrawn: bool
    ended: Sequence[str]  # names of municipalities whose edition is replaced or taken away


def standing(said: Said) -> Standing:
    """Withdrawing is a person's act and comes first; then what has happened to the editions."""
    if said.is_withdrawn:
        return Standing.WITHDRAWN
    if said.ended:
        return Standing.OUTDATED
    return Standing.PUBLIC if said.is_agreed else Standing.PROPOSED


def can_agree(said: Said, user_id: int) -> bool:
    return standing(said) is Standing.PROPOSED and said.proposed_by != user_id


def check_agree(said: Said, user_id: int) -> None:
    """Somebody else than who proposed it, while every edition in it still holds."""
    if said.is_withdrawn or said.is_agreed:
        raise Refused(_("Jämförelsen väntar inte på någon. Ingenting har ändrats. Läs in sidan på nytt."))
    if said.ended:
        raise Refused(
            _("%(names)s: utgåvan gäller inte längre. Ingenting har publicerats. Föreslå på nytt.")
            % {"names": ", ".join(said.ended)}
        )
    if said.proposed_by == user_id:
        raise Refused(_("Du föreslog jämförelsen. Ingenting har publicerats. Be en granskare läsa den."))


def can_withdraw(said: Said) -> bool:
    return not said.is_withdrawn


def check_withdraw(said: Said) -> None:
    if said.is_withdrawn:
        raise Refused(_("Jämförelsen är redan tillbakadragen. Ingenting har ändrats."))
