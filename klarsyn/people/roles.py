"""Roles a lawyer can read: one small class each; the page of roles prints these same classes."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.people.permissions import Permission


class Role:
    """What one kind of work may do here. Give a person several roles rather than widening one."""

    key: str
    name: Promise
    sentence: Promise
    permissions: frozenset[Permission]


class Analyst(Role):
    key = "analyst"
    name = _("Analytiker")
    sentence = _("Hämtar officiell statistik, bygger kartläggningen och skriver utkast till rapporten.")
    permissions = frozenset(
        {
            Permission.SOURCE_READ,
            Permission.SOURCE_IMPORT,
            Permission.SOURCE_REFRESH,
            Permission.MAPPING_BUILD,
            Permission.MAPPING_VERIFY,
            Permission.REPORT_READ_DRAFT,
            Permission.REPORT_DRAFT,
            Permission.REPORT_CORRECT,
        }
    )


class ReportChecker(Role):
    key = "report_checker"
    name = _("Granskare")
    sentence = _("Granskar utkast som någon annan har skrivit och röstar utan att se den andras röst.")
    permissions = frozenset(
        {
            Permission.SOURCE_READ,
            Permission.MAPPING_VERIFY,
            Permission.REPORT_READ_DRAFT,
            Permission.REPORT_CHECK,
        }
    )


class UnitHead(Role):
    key = "unit_head"
    name = _("Enhetschef")
    sentence = _("Publicerar en rapport som två har granskat. Ändrar inga tal.")
    permissions = frozenset({Permission.SOURCE_READ, Permission.REPORT_READ_DRAFT, Permission.REPORT_RELEASE})


class Councillor(Role):
    key = "councillor"
    name = _("Förtroendevald")
    sentence = _("Läser publicerade rapporter och var talen kommer ifrån. Ser inga utkast.")
    permissions = frozenset({Permission.SOURCE_READ})


class SystemAdministrator(Role):
    key = "system_administrator"
    name = _("Systemadministratör")
    sentence = _("Sköter driften från servern. Ser varken uppgifter eller utkast.")
    permissions: frozenset[Permission] = frozenset()


class DataProtectionOfficer(Role):
    key = "data_protection_officer"
    name = _("Dataskyddsombud")
    sentence = _("Kontrollerar källor, roller och utkast. Ändrar ingenting.")
    permissions = frozenset({Permission.SOURCE_READ, Permission.MAPPING_VERIFY, Permission.REPORT_READ_DRAFT})


ROLES: tuple[type[Role], ...] = (
    Analyst,
    ReportChecker,
    UnitHead,
    Councillor,
    DataProtectionOfficer,
    SystemAdministrator,
)
BY_KEY = {role.key: role for role in ROLES}


def permissions_of(keys: Iterable[str]) -> frozenset[Permission]:
    """Everything the named roles may do together. A key no role has any more grants nothing."""
    found: set[Permission] = set()
    for key in keys:
        if key in BY_KEY:
            found |= BY_KEY[key].permissions
    return frozenset(found)
