"""What the database holds of what somebody saw: random ids, days, sealed bytes, and signs without persons."""

from klarsyn.concerns.models.concern_report import ConcernReport, ReportAct, ReportDraft, ReportTries
from klarsyn.concerns.models.event import Event
from klarsyn.concerns.models.sighting import Sighting

__all__ = ["ConcernReport", "Event", "ReportAct", "ReportDraft", "ReportTries", "Sighting"]
