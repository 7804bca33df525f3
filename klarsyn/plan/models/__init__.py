"""What the database holds of motion, plan, cooperation and year: decisions and deeds, never a client."""

from klarsyn.plan.models.change import AppendOnly, Change
from klarsyn.plan.models.measure import ActionPlan, Measure, Milestone, Review
from klarsyn.plan.models.motion import Consultation, Decision, Demand, Motion, Outcome

__all__ = [
    "ActionPlan",
    "AppendOnly",
    "Change",
    "Consultation",
    "Decision",
    "Demand",
    "Measure",
    "Milestone",
    "Motion",
    "Outcome",
    "Review",
]
