"""What each permission lets somebody do, in words a lawyer reads, for the page of roles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.people.permissions import Permission

PERMISSION_WORDS: Final[Mapping[Permission, Promise]] = {
    Permission.SOURCE_READ: _("läsa källorna"),
    Permission.SOURCE_IMPORT: _("läsa in filer"),
    Permission.SOURCE_REFRESH: _("hämta källor på nytt"),
    Permission.MAPPING_BUILD: _("bygga kartläggningen"),
    Permission.MAPPING_VERIFY: _("kontrollräkna kartläggningen"),
    Permission.REPORT_READ_DRAFT: _("läsa utkast till rapporter"),
    Permission.REPORT_DRAFT: _("skriva utkast"),
    Permission.REPORT_CHECK: _("granska ett utkast och rösta"),
    Permission.REPORT_RELEASE: _("publicera en granskad rapport"),
    Permission.REPORT_CORRECT: _("rätta en publicerad rapport"),
    Permission.FEDERATION_IMPORT: _("ta emot andra kommuners publicerade tal, och lita på deras nyckel"),
    Permission.COMPARISON_PROPOSE: _("föreslå att en jämförelse med andra kommuner visas för allmänheten"),
    Permission.COMPARISON_AGREE: _("godkänna en jämförelse som någon annan har föreslagit"),
    Permission.CASE_READ: _("läsa ärenden"),
    Permission.CASE_WRITE: _("skriva i ärenden"),
    Permission.CASE_UNSEAL: _("läsa namn och nummer, med en anledning"),
    Permission.CASE_EXPORT: _("göra filer av ett ärende"),
    Permission.SEALED_LIST: _("se att ett förseglat ärende finns, den som är namngiven för det"),
    Permission.SEALED_BREAK: _("bryta en försegling i en timme, med en anledning som chefen får se"),
    Permission.SEALED_READ: _("läsa ett förseglat ärende medan förseglingen är bruten"),
    Permission.SEALED_NAME: _("namnge vem som får öppna ett förseglat ärende, utan att öppna det"),
    Permission.CASE_ALLOW_MORE: _("godkänna att en kollega öppnar fler ärenden på en timme"),
    Permission.RETENTION_READ: _("se vilka avslutade ärenden som ska gallras, utan innehåll"),
    Permission.CASE_DISPOSE: _("besluta om gallring som någon annan har föreslagit"),
    Permission.WORKLOAD_READ: _("se hur mycket mottagningen bär, i antal"),
    Permission.LEAVE_CHANGE: _("lägga in ledighet och vem som täcker"),
    Permission.READS_SIGN_OFF: _("granska stickprovet av läsningar"),
    Permission.READS_OF_HEADS: _("granska chefers läsningar där ingen annan chef kan"),
    Permission.CONCERN_READ: _("läsa orosanmälningar"),
    Permission.CONCERN_WRITE: _("anteckna bedömning och beslut om en orosanmälan och lämna över den"),
    Permission.CONCERN_REGISTER: _(
        "se att en orosanmälan har kommit och lämnats över, aldrig vad som står i den"
    ),
    Permission.TEAM_READ: _("se vem som har mottagningens nyckel"),
    Permission.TEAM_CHANGE: _("släppa in en kollega till nyckeln, eller ta ut"),
    Permission.ROLE_CHANGE: _("ge och ta bort roller i mottagningen"),
    Permission.TIMES_CHANGE: _("lägga ut tider att boka"),
    Permission.CARD_MAKE: _("skriva ut kontaktkort"),
    Permission.CONTACT_COUNT: _("se antalet kort, tider och samtal, aldrig vems"),
    Permission.RECEPTION_CHANGE: _("ändra det allmänheten får veta om mottagningen"),
    Permission.TALLY_READ: _("se mottagningens räkning utan namn"),
    Permission.TALLY_WRITE: _("föra in i räkningen utan namn"),
    Permission.OBSERVATION_WRITE: _("logga tecken utan personer, och se den egna enhetens antal"),
    Permission.EVENT_READ: _("läsa kalendern över evenemang"),
    Permission.EVENT_WRITE: _("föra kalendern över evenemang"),
    Permission.STATISTICS_COUNT: _("räkna årets statistik"),
    Permission.UNIT_CHANGE: _("lägga upp enheter, utse deras chefer och tilldela roller kurser"),
    Permission.COURSE_EXPORT: _("hämta en kurs som paket till en lärplattform"),
    Permission.COURSE_PREVIEW: _("förhandsgranska en kurs och se vad som är fel i den"),
    Permission.ATTITUDE_MEASURE: _("mäta attityder utan namn, och se antal"),
    Permission.PLAN_READ: _(
        "läsa motioner, beslut, planen och dess åtgärder, även det som inte är publicerat"
    ),
    Permission.PLAN_REGISTER: _("föra in motioner, remisser och beslut"),
    Permission.PLAN_CHANGE: _("ändra planen, dess åtgärder och delmål"),
    Permission.PLAN_REVIEW: _("följa upp den egna enhetens åtgärder och bocka av delmål"),
    Permission.PLAN_PUBLISH: _("publicera det i planen som ska synas utåt"),
    Permission.YEAR_READ: _("se årets hjul, vad lagen begär och rutinerna"),
    Permission.YEAR_CHANGE: _("föra årets hjul, anteckna om lagen och föra rutinerna"),
    Permission.COOPERATION_READ: _("läsa vad som är överenskommet och gjort med polisen, som antal"),
    Permission.COOPERATION_WRITE: _("föra överenskommelser, gemensamt arbete och möten med polisen"),
    Permission.LOG_READ: _("läsa loggen"),
    Permission.LOG_ROOT_READ: _("läsa loggens ord för diariet"),
    Permission.ESCROW_OPEN: _("återställa en mottagning tillsammans med ett annat nyckelombud"),
}
