"""Roles a lawyer can read: one small class each; the page of roles prints these same classes."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from klarsyn.people.permissions import Permission
from klarsyn.people.role import Reach as Reach
from klarsyn.people.role import Role as Role
from klarsyn.people.roles_of_plan import PlanKeeper, PlanRegistrar, PlanReporter, PoliceCoordinator

_COUNSELLOR = frozenset(
    {
        Permission.CASE_READ,
        Permission.CASE_WRITE,
        Permission.CASE_UNSEAL,
        Permission.CASE_EXPORT,
        Permission.SEALED_LIST,
        Permission.SEALED_BREAK,
        Permission.SEALED_READ,
        Permission.CASE_ALLOW_MORE,
        Permission.RETENTION_READ,
        Permission.TEAM_READ,
        Permission.TEAM_CHANGE,
        Permission.TIMES_CHANGE,
        Permission.CARD_MAKE,
        Permission.CONTACT_COUNT,
        Permission.TALLY_READ,
        Permission.TALLY_WRITE,
        Permission.STATISTICS_COUNT,
    }
)


class MikaCounsellor(Role):
    key = "mika_counsellor"
    name = _("Samtalsstödjare, Mika")
    sentence = _("Läser och skriver i sin Mika-mottagnings ärenden. Ser inget av KAST.")
    permissions = _COUNSELLOR
    reach, team_kind = Reach.TEAM, "mika"


class KastCounsellor(Role):
    key = "kast_counsellor"
    name = _("Samtalsstödjare, KAST")
    sentence = _("Läser och skriver i sin KAST-mottagnings ärenden. Ser inget av Mika.")
    permissions = _COUNSELLOR
    reach, team_kind = Reach.TEAM, "kast"


class ConcernOfficer(Role):
    key = "concern_officer"
    name = _("Handläggare för orosanmälningar")
    sentence = _(
        "Läser orosanmälningar om barn som har kommit till barn och unga, antecknar bedömning och beslut och "
        "lämnar över dem. Ser inget av Mika och KAST."
    )
    permissions = frozenset(
        {
            Permission.CONCERN_READ,
            Permission.CONCERN_WRITE,
            Permission.TEAM_READ,
            Permission.TEAM_CHANGE,
        }
    )
    reach, team_kind = Reach.TEAM, "children"


class ReceptionHead(Role):
    key = "reception_head"
    name = _("Enhetschef för en mottagning")
    sentence = _(
        "Granskar varje månad vem som har läst vad, ger roller i mottagningen och svarar för vad "
        "allmänheten får veta om den. Beslutar om gallring som någon annan har föreslagit, lägger in "
        "ledighet och namnger vem som får öppna ett förseglat ärende. Öppnar inga ärenden."
    )
    permissions = frozenset(
        {
            Permission.CASE_ALLOW_MORE,
            Permission.RETENTION_READ,
            Permission.CASE_DISPOSE,
            Permission.WORKLOAD_READ,
            Permission.LEAVE_CHANGE,
            Permission.SEALED_NAME,
            Permission.READS_SIGN_OFF,
            Permission.TEAM_READ,
            Permission.ROLE_CHANGE,
            Permission.RECEPTION_CHANGE,
            Permission.TIMES_CHANGE,
            Permission.CARD_MAKE,
            Permission.CONTACT_COUNT,
            Permission.TALLY_READ,
        }
    )
    reach = Reach.TEAM


class FieldWorker(Role):
    key = "field_worker"
    name = _("Fältarbetare")
    sentence = _(
        "Möter unga ute, lämnar över oro och kort till den som vill ha stöd, och loggar tecken utan "
        "personer. Läser inga ärenden."
    )
    permissions = frozenset({Permission.CARD_MAKE, Permission.OBSERVATION_WRITE, Permission.EVENT_READ})
    reach = Reach.UNIT


class Partner(Role):
    key = "partner"
    name = _("Samverkanspart på skola eller mässa")
    sentence = _(
        "Lämnar över det som den har sett, loggar tecken utan personer, för kalendern över evenemang och "
        "lämnar kort till den som vill ha stöd. Läser bara sin enhets egna antal."
    )
    permissions = frozenset(
        {
            Permission.CARD_MAKE,
            Permission.OBSERVATION_WRITE,
            Permission.EVENT_READ,
            Permission.EVENT_WRITE,
        }
    )
    reach = Reach.UNIT


class Trainer(Role):
    key = "trainer"
    name = _("Utbildare")
    sentence = _(
        "Håller utbildningar för personal, lägger upp enheter, förhandsgranskar kurser och mäter utan namn "
        "vad som ändras. Ser antal, aldrig vem som har gått eller svarat vad. Läser inga ärenden."
    )
    permissions = frozenset(
        {
            Permission.UNIT_CHANGE,
            Permission.COURSE_EXPORT,
            Permission.COURSE_PREVIEW,
            Permission.ATTITUDE_MEASURE,
        }
    )


class Analyst(Role):
    key = "analyst"
    name = _("Analytiker")
    sentence = _(
        "Hämtar officiell statistik, för kalendern över evenemang, bygger kartläggningen, skriver utkast "
        "till rapporten, tar emot andra kommuners publicerade tal och föreslår jämförelser med dem. Läser "
        "årets hjul."
    )
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
            Permission.FEDERATION_IMPORT,
            Permission.COMPARISON_PROPOSE,
            Permission.EVENT_READ,
            Permission.EVENT_WRITE,
            Permission.YEAR_READ,
        }
    )


class ReportChecker(Role):
    key = "report_checker"
    name = _("Granskare")
    sentence = _(
        "Granskar andras utkast och röstar utan att se den andras röst. Godkänner jämförelser med andra "
        "kommuner som någon annan har föreslagit. Läser årets hjul."
    )
    permissions = frozenset(
        {
            Permission.SOURCE_READ,
            Permission.MAPPING_VERIFY,
            Permission.REPORT_READ_DRAFT,
            Permission.REPORT_CHECK,
            Permission.COMPARISON_AGREE,
            Permission.YEAR_READ,
        }
    )


class UnitHead(Role):
    key = "unit_head"
    name = _("Enhetschef")
    sentence = _(
        "Publicerar en rapport som två har granskat, och läser vad som är överenskommet och gjort med "
        "polisen, som antal, och årets hjul. Ändrar inga tal."
    )
    permissions = frozenset(
        {
            Permission.SOURCE_READ,
            Permission.REPORT_READ_DRAFT,
            Permission.REPORT_RELEASE,
            Permission.COOPERATION_READ,
            Permission.YEAR_READ,
        }
    )


class Councillor(Role):
    key = "councillor"
    name = _("Förtroendevald")
    sentence = _("Läser publicerade rapporter och var talen kommer ifrån. Ser inga utkast.")
    permissions = frozenset({Permission.SOURCE_READ})


class Registrar(Role):
    key = "registrar"
    name = _("Registrator")
    sentence = _(
        "För in loggens veckoord i kommunens diarium, och bekräftar att en orosanmälan som har lämnats över "
        "är införd. Ser inget av det som loggen eller anmälan handlar om."
    )
    permissions = frozenset({Permission.LOG_ROOT_READ, Permission.CONCERN_REGISTER})


class EscrowOfficer(Role):
    key = "escrow_officer"
    name = _("Nyckelombud")
    sentence = _(
        "Återställer tillsammans med ett annat nyckelombud en mottagning som ingen medlem finns kvar i."
    )
    permissions = frozenset({Permission.ESCROW_OPEN})


class SystemAdministrator(Role):
    key = "system_administrator"
    name = _("Systemadministratör")
    sentence = _("Sköter driften från servern. Ser varken uppgifter eller utkast.")
    permissions: frozenset[Permission] = frozenset()


class DataProtectionOfficer(Role):
    key = "data_protection_officer"
    name = _("Dataskyddsombud")
    sentence = _(
        "Kontrollerar loggen, roller, källor och utkast, och granskar en ensam chefs egna läsningar. "
        "Öppnar inga ärenden och ändrar ingenting."
    )
    permissions = frozenset(
        {
            Permission.SOURCE_READ,
            Permission.MAPPING_VERIFY,
            Permission.REPORT_READ_DRAFT,
            Permission.LOG_READ,
            Permission.READS_OF_HEADS,
            Permission.LOG_ROOT_READ,
        }
    )


ROLES: tuple[type[Role], ...] = (
    MikaCounsellor,
    KastCounsellor,
    ConcernOfficer,
    ReceptionHead,
    FieldWorker,
    Partner,
    Trainer,
    Analyst,
    ReportChecker,
    UnitHead,
    Councillor,
    Registrar,
    PlanRegistrar,
    PlanKeeper,
    PlanReporter,
    PoliceCoordinator,
    DataProtectionOfficer,
    EscrowOfficer,
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
