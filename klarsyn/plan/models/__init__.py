"""What the database holds of motion, plan, cooperation and year: decisions and deeds, never a client."""

from klarsyn.plan.models.change import AppendOnly, Change
from klarsyn.plan.models.measure import ActionPlan, Measure, Milestone, Review
from klarsyn.plan.models.motion import Consultation, Decision, Demand, Motion, Outcome
from klarsyn.plan.models.police import AgreedMeasure, Agreement, Goal, JointWork, Meeting

__all__ = [
    "ActionPlan",
    "AgreedMeasure",
    "Agreement",
    "AppendOnly",
    "Change",
    "Consultation",
    "Decision",
    "Demand",
    "Goal",
    "JointWork",
    "Measure",
    "Meeting",
    "Milestone",
    "Motion",
    "Outcome",
    "Review",
]
