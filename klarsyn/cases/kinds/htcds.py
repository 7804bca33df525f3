"""The person's data as HTCDS 2.0 asks for them: names apart, in the compartment of the identity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise, lazystr
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.cases.entries import Kind, register
from klarsyn.cases.fields import Field, Holds
from klarsyn.cases.htcds import rules
from klarsyn.cases.htcds.swedish import code_label, field_label
from klarsyn.cases.htcds.table import CODES, FIELDS, OWN_CODES, Release
from klarsyn.cases.htcds.table import Field as Standard
from klarsyn.cases.htcds.table import Kind as Form
from klarsyn.cases.models import Compartment

# Of the standard's sections those about the person; places on the map and other people are left out.
ASKED: Final = tuple(
    name
    for name, field in FIELDS.items()
    if name.startswith(("prs_", "vic_", "cas_", "con_"))
    and not field.is_withdrawn
    and field.kind is not Form.PLACE
)
# Which part of a referral (kinds/sharing.py, PARTS) lets a receiver see which field.
_NAME: Final = {
    "prs_Salutation",
    "prs_FirstName",
    "prs_MiddleName",
    "prs_SecondName",
    "prs_Birthdate",
    "prs_Title",
    "prs_Gender",
    "prs_IdentityNumber",
}
_CONTROL: Final = {"vic_MethodsOfControl", "vic_RelationshipToTrafficker"}


def part_of(name: str) -> str:
    """The part a field belongs to; every field has one."""
    if name in _NAME:
        return "name"
    if name.startswith(("prs_Mailing", "prs_Email", "prs_HomePhone", "prs_MobilePhone")):
        return "contact"
    if name.startswith("prs_"):
        return "background"
    if name in _CONTROL:
        return "control"
    return "exploitation" if name.startswith("vic_") else "case"


def _check(data: Mapping[str, Any]) -> None:
    for name, value in data.items():
        if rules.read(FIELDS[name], as_text(name, value)).broken:
            raise Refused(
                gettext("%(field)s följer inte standarden. Inget är sparat. Se hjälptexten vid fältet.")
                % {"field": field_label(name)}
            )


def as_text(name: str, value: Any) -> str:
    """A kept value as the standard's files hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ";".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _field(field: Standard) -> Field:
    label = lazystr(_Label(field.name))
    is_identity = field.release is Release.DIRECT
    if field.kind is Form.CODE:
        codes = {**CODES[field.codes], **OWN_CODES.get(field.codes, {})}
        choices = {code: lazystr(_Label(field.codes, code)) for code in codes}
        holds = Holds.CHOICES if field.is_several else Holds.CHOICE
        return Field(field.name, label, holds, choices=choices, is_identity=is_identity)
    holds = _HOLDS.get(field.kind, Holds.LINE)
    hint: str | Promise = _HINTS.get(field.kind, "")
    longest = rules.LONGEST_LONG if holds == Holds.TEXT else rules.LONGEST
    return Field(field.name, label, holds, hint=hint, is_identity=is_identity, longest=longest)


class _Label:
    """The label of a field, or of one of its codes, in the language of the page."""

    def __init__(self, name: str, code: str = "") -> None:
        self.name, self.code = name, code

    def __str__(self) -> str:
        return code_label(self.name, self.code) if self.code else field_label(self.name)


_HOLDS: Final = {
    Form.LONG_TEXT: Holds.TEXT, Form.DATE: Holds.DAY, Form.NUMBER: Holds.NUMBER, Form.YES_NO: Holds.YES,
}  # fmt: skip
_HINTS: Final = {
    Form.COUNTRY: _("Två bokstäver, som SE eller RO; flera med semikolon."),
    Form.LANGUAGE: _("Tre bokstäver, som swe eller ron."),
    Form.PHONE: _("Med land först, som +46701234567."),
}  # fmt: skip


def _kind(key: str, name: Promise | str, *, is_identity: bool) -> Kind:
    fields = tuple(_field(FIELDS[n]) for n in ASKED if (FIELDS[n].release is Release.DIRECT) == is_identity)
    place = Compartment.IDENTITY if is_identity else Compartment.NOTES
    return Kind(key, name, fields, compartment=place, in_journal=False, check=_check)


HTCDS: Final = register(_kind("htcds", _("Underlag enligt HTCDS 2.0"), is_identity=False))
HTCDS_IDENTITY: Final = register(
    _kind("htcds_identity", _("Namn och nummer enligt HTCDS 2.0"), is_identity=True)
)
