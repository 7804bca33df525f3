"""What each act in the log is called on the page; a test compares with the acts the code writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "sign_in.password": _("lösenord prövat"),
        "sign_in.factor": _("andra faktor prövad"),
        "sign_in.second_factor": _("inloggad med andra faktor"),
        "sign_in.keys": _("inloggad med lösenord"),
        "sign_in.demo": _("inloggad i demonstrationen"),
        "sign_in.oidc": _("inloggad hos kommunen"),
        "sign_in.saml": _("inloggad med tjänstekort"),
        "sign_out.here": _("utloggad"),
        "sign_out.everywhere": _("utloggad överallt"),
        "password.change": _("lösenord bytt"),
        "factor.add": _("andra faktor tillagd"),
        "factor.remove": _("andra faktor borttagen"),
        "factor.copied": _("en passnyckel som kan vara kopierad"),
        "factor.codes": _("nya återställningskoder"),
        "factor.reset": _("alla andra faktorer borttagna"),
        "role.give": _("roll given"),
        "role.take": _("roll borttagen"),
        "person.admit": _("konto skapat"),
        "person.close": _("konto stängt"),
        "person.connect": _("konto kopplat till kommunens inloggning"),
        "person.new_keys": _("nytt lösenord och nya nycklar"),
        "team.create": _("grupp skapad"),
        "team.add": _("insläppt i gruppen"),
        "team.remove": _("uttagen ur gruppen"),
        "team.destroy_key": _("gammal nyckel förstörd"),
        "team.shut_out_again": _("uttagen igen efter återläsning"),
        "escrow.appoint": _("nyckelombud utsedda"),
        "escrow.hand_over": _("nyckelombuds första del"),
        "escrow.take_back": _("nyckelombuds del tillbakatagen"),
        "escrow.let_in": _("insläppt av två nyckelombud"),
        "case.open": _("nytt ärende"),
        "case.list": _("ärendelistan läst"),
        "case.search": _("sökt bland ärenden"),
        "case.read": _("ärende läst"),
        "case.unseal": _("identitet läst"),
        "case.export": _("utdrag lämnat ut"),
        "case.write": _("anteckning skriven"),
        "case.revise": _("arbetsanteckning ändrad"),
        "case.lock": _("anteckning låst"),
        "case.correct": _("anteckning rättad"),
        "case.drop": _("arbetsanteckning kastad"),
        "case.disclose": _("uppgifter utlämnade"),
        "case.file": _("fil enligt HTCDS gjord"),
        "case.close": _("ärende avslutat"),
        "case.erase": _("ärende raderat"),
        "case.erase_again": _("ärende raderat igen efter återläsning"),
        "budget.ask": _("bett om att få öppna fler ärenden"),
        "budget.more": _("fler ärenden godkända"),
        "reads.draw": _("stickprov av läsningar draget"),
        "reads.sign_off": _("läsning granskad utan anmärkning"),
        "reads.question": _("fråga om en läsning"),
        "times.publish": _("tider utlagda"),
        "times.end": _("utlagda tider avslutade"),
        "contact.new": _("ny kontakt utan namn"),
        "contact.list": _("kontaktlistan läst"),
        "contact.read": _("kontakt läst"),
        "contact.file": _("fil i en kontakt läst"),
        "contact.answer": _("kontakt besvarad"),
        "contact.handle": _("kontakt markerad som hanterad"),
        "contact.close": _("kontakt avslutad"),
        "contact.code": _("ny kod till en kontakt"),
        "contact.erase": _("kontakt borttagen av den som skrev"),
        "contact.expire": _("kontakt borttagen på sin sista dag"),
        "contact.erase_again": _("kontakt borttagen igen efter återläsning"),
        "booking.book": _("tid bokad utan namn"),
        "booking.cancel": _("tid avbokad av den som bokade"),
        "booking.read": _("bokad tid läst"),
        "booking.withdraw": _("tid avbokad av mottagningen"),
        "booking.end": _("bokad tid avslutad och borttagen"),
        "reminder.send": _("påminnelse lämnad till utskick och borttagen"),
        "reminder.drop": _("påminnelse borttagen osänd"),
        "card.make": _("kontaktkort utskrivna"),
        "call.ask": _("samtal önskat med ett kort"),
        "call.read": _("namn och nummer för ett samtal lästa"),
        "call.try": _("samtal försökt"),
        "call.end": _("samtal avslutat, namn och nummer borttagna"),
        "call.erase_again": _("samtal borttaget igen efter återläsning"),
        "reception.state": _("uppgift om mottagningen ändrad"),
        "reception.end": _("uppgift om mottagningen avslutad"),
        "tally.enter": _("antal utan namn infört"),
        "tally.take_back": _("antal utan namn taget tillbaka"),
        "statistics.tell": _("en persons år fört till statistiken"),
        "statistics.count": _("ett år räknat"),
        "report.read_unprotected": _("oskyddade antal lästa"),
        "backup.restore": _("säkerhetskopia återläst"),
        "log.sign": _("loggen signerad"),
        "log.export": _("loggen exporterad"),
    }
)
GROUPS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "sign_": _("Inloggning och utloggning"),
        "case.": _("Ärenden"),
        "budget.": _("Fler ärenden på en timme"),
        "reads.": _("Granskade läsningar"),
        "team.": _("Mottagningens nycklar"),
        "escrow.": _("Nyckelombud"),
        "role.": _("Roller"),
        "person.": _("Konton"),
        "factor.": _("Andra faktorer"),
        "password.": _("Lösenord"),
        "times.": _("Utlagda tider"),
        "contact.": _("Kontakter utan namn"),
        "booking.": _("Bokade tider"),
        "reminder.": _("Påminnelser"),
        "card.": _("Kontaktkort"),
        "call.": _("Önskade samtal"),
        "reception.": _("Mottagningarnas uppgifter"),
        "tally.": _("Räkning utan namn"),
        "statistics.": _("Statistik"),
        "report.": _("Rapporter"),
        "backup.": _("Säkerhetskopior"),
        "log.": _("Loggen själv"),
    }
)
KINDS: Final[Mapping[str, str]] = MappingProxyType({"mika": "Mika", "kast": "KAST"})
OUTCOMES: Final[Mapping[str, Promise]] = MappingProxyType(
    {"ok": _("gjort"), "refused": _("nekat"), "failed": _("misslyckat")}
)


def act_of(action: str) -> str:
    """The act in words; the code's own name for one that no room writes any more."""
    return str(ACTS.get(action, action))
