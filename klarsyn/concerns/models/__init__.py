"""What the database holds of what somebody saw: random ids, days, and sealed bytes."""

from klarsyn.concerns.models.concern_report import ConcernReport, ReportAct, ReportDraft, ReportTries

__all__ = ["ConcernReport", "ReportAct", "ReportDraft", "ReportTries"]
