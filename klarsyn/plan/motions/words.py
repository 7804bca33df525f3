"""What a keeper should know of a measure, and what the fields of the history are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klarsyn.plan import policy
from klarsyn.plan.models import Change, Decision, Measure

FIELDS: Final[Mapping[str, Promise]] = {
    "made": gettext_lazy("upplagd"),
    "title": gettext_lazy("rubrik"),
    "registry_number": gettext_lazy("diarienummer"),
    "handed_in_on": gettext_lazy("inlämnad"),
    "handed_in_by": gettext_lazy("vem som lämnade in"),
    "text": gettext_lazy("text"),
    "source": gettext_lazy("källa"),
    "source_address": gettext_lazy("källans adress"),
    "demand": gettext_lazy("att-sats"),
    "demands": gettext_lazy("att-satser"),
    "sent_to": gettext_lazy("vem som tillfrågas"),
    "sent_on": gettext_lazy("skickad"),
    "body": gettext_lazy("vem som beslutade"),
    "board": gettext_lazy("vilken nämnd"),
    "decided_on": gettext_lazy("beslutsdag"),
    "wording": gettext_lazy("lydelse"),
    "outcome": gettext_lazy("utfall för en att-sats"),
    "answer": gettext_lazy("svar"),
    "answered_on": gettext_lazy("svarsdag"),
    "published_on": gettext_lazy("publicerad"),
    "starts_on": gettext_lazy("första dag"),
    "ends_on": gettext_lazy("sista dag"),
    "due_on": gettext_lazy("klar senast"),
    "adopted_by": gettext_lazy("antagen genom"),
    "supersedes": gettext_lazy("ersätter"),
    "what": gettext_lazy("vad som görs"),
    "responsible_unit": gettext_lazy("ansvarig enhet"),
    "cost": gettext_lazy("kostnad"),
    "funding": gettext_lazy("pengar från"),
    "funding_ends_on": gettext_lazy("pengarna räcker till"),
    "weight": gettext_lazy("vikt"),
    "state": gettext_lazy("läge"),
    "milestone": gettext_lazy("delmål"),
    "indicator": gettext_lazy("indikator"),
    "indicator_cell": gettext_lazy("del av indikatorn"),
    "baseline_year": gettext_lazy("utgångsår"),
    "target": gettext_lazy("mål"),
    "target_year": gettext_lazy("målår"),
    "direction": gettext_lazy("riktning"),
}


def field_name(change: Change) -> str:
    """What changed, in words; the field's own name where there are none yet."""
    if change.field == "due_on" and change.subject.startswith("consultation-"):
        return _("svar senast")
    return str(FIELDS.get(change.field, change.field))


def value_words(change: Change, value: str) -> str:
    """A state or a direction in words; everything else as it stands."""
    choices = {
        "state": policy.State.choices,
        "direction": Measure.Direction.choices,
        "body": Decision.Body.choices,
    }
    return str(dict(choices.get(change.field, [])).get(value, value))


def remarks(measure: Measure, *, milestones: int, today: date) -> list[str]:
    """What is worth a look, without stopping anybody."""
    said = []
    open_ = measure.state in policy.OPEN
    if policy.funding_ends_early(measure.funding_ends_on, measure.due_on) and open_:
        said.append(
            _("Pengarna räcker till %(money)s, men åtgärden pågår till %(due)s.")
            % {"money": measure.funding_ends_on, "due": measure.due_on}
        )
    if measure.funding_ends_on is not None and measure.funding_ends_on < today and open_:
        said.append(_("Pengarna har redan tagit slut."))
    if measure.due_on > measure.plan.ends_on:
        said.append(_("Åtgärden slutar efter planen (%(end)s).") % {"end": measure.plan.ends_on})
    if measure.due_on < today and open_:
        said.append(_("Sista dagen har redan varit."))
    if not milestones and open_:
        said.append(_("Inga delmål: åtgärden räknas som ingenting gjort tills den är genomförd."))
    return said
