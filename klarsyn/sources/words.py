"""What measures, states and certainties are called on screen."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.sources.values import Measure
from smallcounts.counts import Status

MEASURES: Mapping[str, Promise] = {
    Measure.REPORTED_OFFENCES: _("Anmälda brott, köp av sexuell tjänst"),
    Measure.REPORTED_OFFENCES_ALL: _("Anmälda brott, samtliga"),
    Measure.HANDLED_OFFENCES: _("Handlagda brott"),
    Measure.CONVICTED_PERSONS: _("Lagförda personer"),
    Measure.PRESS_COUNT_CONVICTED: _("Dömda enligt mediers egen räkning"),
    Measure.LISTED_PERSONS: _("Människor efter vilka listor de står på"),
    Measure.PRESS_KNOWN_CASE: _("Känt fall i en tidning"),
    Measure.PROSECUTIONS: _("Väckta åtal"),
    Measure.PENALTY_ORDERS: _("Strafförelägganden"),
    Measure.OPERATION_CONVICTED: _("Lagförda i en riktad insats"),
    Measure.STATED_BY_STAFF: _("Uppgift av personal i en intervju"),
    Measure.COURT_COUNT: _("Egen räkning av domar"),
    Measure.PRESUMED_VICTIMS: _("Förmodade offer, kända för regionkoordinatorerna"),
    Measure.SURVEY_SHARE: _("Andel i en enkät"),
    Measure.RECEPTION_FIGURE: _("Uppgift från en mottagning eller kommun"),
    Measure.RECEPTION_PERSONS: _("Personer som en mottagning känner"),
    Measure.RECEPTION_SUPPORT: _("Slag av stöd som de har fått"),
    Measure.RECEPTION_CONTACTS: _("Kontakter med dem"),
    Measure.RECEPTION_CLOSED: _("Avslutade kontakter"),
    Measure.RECEPTION_FOLLOWUP: _("Uppföljningar"),
    Measure.NAMELESS_VISITS: _("Besök utan namn"),
    Measure.NAMELESS_CONTACTS: _("Kontakter utan namn"),
    Measure.OUTREACH_CONTACTS: _("Uppsökande kontakter"),
    Measure.CONSULTATIONS: _("Konsultationer till yrkesverksamma"),
    Measure.POLICE_SHIFTS: _("Pass tillsammans med polisen"),
    Measure.CARDS_HANDED_OUT: _("Kontaktkort som lämnats ut"),
    Measure.ARRANGED_CONTACTS: _("Bokade tider och uppringningar"),
    Measure.CONTACT_CARDS: _("Kontaktkort, gjorda och använda"),
    Measure.VISITOR_RESIDENCE: _("Var de som bokat bor"),
    Measure.RECEPTION_WORK: _("Konsultationer, polispass och kontaktkort"),
    Measure.ATTITUDE_CHANGE: _("Svar före och efter utbildning"),
    Measure.TRAINING_COVERAGE: _("Utbildning i enheterna"),
    Measure.JOINT_WORK: _("Gemensamt arbete med polisen"),
    Measure.POPULATION: _("Folkmängd"),
    Measure.FACT: _("Daterad faktauppgift"),
    Measure.SIMULATED: _("Påhittade tal"),
}
STATUSES: Mapping[str, Promise] = {
    Status.OBSERVED: _("tal"),
    Status.WITHHELD: _("dolt av källan"),
    Status.UNAVAILABLE: _("uppgift saknas"),
    Status.NOT_APPLICABLE: _("ej tillämpligt"),
}
CERTAINTIES: Mapping[str, Promise] = {"high": _("hög"), "medium": _("medel"), "low": _("låg")}
ORIGINS: Mapping[str, Promise] = {
    "snapshot": _("följer med Klarsyn"),
    "file": _("inläst fil"),
    "fetched": _("hämtad över nätet"),
}
# Measures that somebody may choose for a source of their own. Population, facts and invented figures
# have ways in of their own.
CHOOSABLE = (
    Measure.REPORTED_OFFENCES,
    Measure.REPORTED_OFFENCES_ALL,
    Measure.HANDLED_OFFENCES,
    Measure.CONVICTED_PERSONS,
    Measure.PRESS_COUNT_CONVICTED,
    Measure.PROSECUTIONS,
    Measure.PENALTY_ORDERS,
    Measure.COURT_COUNT,
    Measure.PRESUMED_VICTIMS,
    Measure.RECEPTION_FIGURE,
)
