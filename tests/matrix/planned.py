"""The plan: what its addresses point at, and their forms filled in rightly."""

from __future__ import annotations

from tests.matrix.cast import Cast
from tests.matrix.cooperated import COOPERATED
from tests.matrix.watched import GONE, Maker, Words
from tests.unit.plan.made import Made, whole

Fields = dict[str, str]
NOT_THERE = {"slug": "finns-inte"}


def _made(unit: str = "Öster") -> Made:
    return whole(unit=unit)


def _slug(of: str, unit: str = "Öster") -> Words:
    return {"slug": getattr(_made(unit), of).slug}


def _of(of: str) -> dict[str, Maker]:
    return {
        "there": lambda cast, who: _slug(of),
        "not there": lambda cast, who: dict(NOT_THERE),
    }


MEASURES: dict[str, Maker] = {
    "own unit's": lambda cast, who: _slug("measure"),
    "another unit's": lambda cast, who: _slug("measure", "Väster"),
    "not there": lambda cast, who: dict(NOT_THERE),
}
PLANNED: dict[str, dict[str, Maker]] = {
    **COOPERATED,  # the rest of the room
    **{f"plan:{name}": _of("motion") for name in ("motion", "change_motion", "decide")},
    **{f"plan:{name}": _of("plan") for name in ("plan", "change_plan", "new_measure")},
    "plan:decision": {
        "there": lambda cast, who: {"pk": _made().decision.pk},
        "not there": lambda cast, who: {"pk": GONE},
    },
    "plan:correct_decision": {
        "there": lambda cast, who: {"pk": _made().decision.pk},
        "not there": lambda cast, who: {"pk": GONE},
    },
    "plan:correct_consultation": {
        "there": lambda cast, who: {"pk": _made().consultation.pk},
        "not there": lambda cast, who: {"pk": GONE},
    },
    "plan:measure": MEASURES,
    "plan:change_measure": _of("measure"),
}


def motion(_cast: Cast, _who: str) -> Fields:
    told = {
        "title": "Ny motion",
        "handed_in_on": "2026-01-08",
        "handed_in_by": "Ledamot (X)",
        "registry_number": "KS 2026/3",
    }
    return {
        **told,
        "text": "Text",
        "demands": "att ett\natt två\natt tre",
        "source": "Källan",
        "source_address": "",
    }


def corrected(cast: Cast, who: str) -> Fields:
    return {**motion(cast, who), "why": "Skrivfel"}


def sent(_cast: Cast, _who: str) -> Fields:
    return {"step": "send", "sent_to": "Nämnden", "sent_on": "2026-02-01", "due_on": "2026-05-01"}


def decided(_cast: Cast, _who: str) -> Fields:
    told = {
        "title": "Beslutet",
        "body": "council",
        "board": "",
        "registry_number": "KS 2026/99",
        "decided_on": "2026-06-09",
    }
    return {
        **told,
        "wording": "Bifalls",
        "source": "Protokoll",
        "source_address": "",
        "result_1": "partly",
        "wording_1": "",
        "result_2": "",
        "wording_2": "",
    }


def right_decision(cast: Cast, who: str) -> Fields:
    return {**decided(cast, who), "why": "Skrivfel"}


def right_consultation(_cast: Cast, _who: str) -> Fields:
    told = {"sent_to": "Nämnden", "sent_on": "2026-02-01", "due_on": "2026-05-01"}
    return {**told, "answer": "", "answered_on": "", "why": "Fel nämnd"}


def plan(_cast: Cast, _who: str) -> Fields:
    return {
        "title": "Ny plan",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
        "adopted_by": "",
        "supersedes": "",
    }


def changed_plan(cast: Cast, who: str) -> Fields:
    return {**plan(cast, who), "why": "Ny period"}


def measure(_cast: Cast, _who: str) -> Fields:
    told = {
        "title": "Ny åtgärd",
        "what": "Detta",
        "responsible_unit": "Öster",
        "starts_on": "2026-01-01",
        "due_on": "2027-01-01",
    }
    empty = (
        "cost",
        "funding",
        "funding_ends_on",
        "indicator",
        "indicator_cell",
        "direction",
        "baseline_year",
    )
    return {**told, "weight": "2", **dict.fromkeys((*empty, "target", "target_year"), "")}


def changed_measure(cast: Cast, who: str) -> Fields:
    return {**measure(cast, who), "why": "Nytt namn"}


def reviewed(_cast: Cast, _who: str) -> Fields:
    late = {"reason_late": "Väntar på lokal.", "next_review_on": ""}
    return {"step": "review", "state": "running", "came_of_it": "Det går framåt.", **late}


RIGHT = {
    "plan:new_motion": motion, "plan:change_motion": corrected, "plan:motion": sent, "plan:decide": decided,
    "plan:correct_decision": right_decision, "plan:correct_consultation": right_consultation,
    "plan:new_decision": decided, "plan:new_plan": plan, "plan:change_plan": changed_plan,
    "plan:new_measure": measure, "plan:change_measure": changed_measure, "plan:measure": reviewed,
}  # fmt: skip
