"""Who the person is: the one form of the identity compartment, which a case without names does not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.card import Card, Level
from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds
from klarsyn.cases.models import Compartment


def _who(name: str, label: object, **more: object) -> Field:
    return Field(name, label, Holds.LINE, is_identity=True, longest=200, **more)  # type: ignore[arg-type]


def check_card(data: Mapping[str, Any], card: Card) -> None:
    """Under protected registration the real address is never stored. Raises Refused."""
    if card.level == Level.REGISTRATION and data.get("address"):
        raise Refused(
            now(
                "Personen har skyddad folkbokföring: adressen sparas aldrig. Inget är sparat. "
                "Post går genom Skatteverkets förmedlingsadress."
            )
        )


IDENTITY: Final = register(
    Kind(
        "identity", _("Namn och nummer"),
        (
            _who("name", _("Namn"), hint=_("Som personen själv skriver det. Ett enda namn går bra.")),
            _who("number", _("Personnummer eller annat nummer"), hint=_("Bara om arbetet kräver det.")),
            _who("phone", _("Telefon"), hint=_("Bara om personen vill bli uppringd.")),
            _who("email", _("E-post"), hint=_("Bara om personen vill nås så.")),
            _who("address", _("Adress"), hint=_("Aldrig vid skyddad folkbokföring.")),
            _who("language", _("Språk och tolk")),
        ),
        compartment=Compartment.IDENTITY, in_journal=False, check_card=check_card,
    )
)  # fmt: skip
