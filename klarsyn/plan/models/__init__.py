"""What the database holds of motion, plan, cooperation and year: decisions and deeds, never a client."""

from klarsyn.plan.models.change import AppendOnly, Change
from klarsyn.plan.models.frame import LawNote, Routine, RoutineEvent
from klarsyn.plan.models.measure import ActionPlan, Measure, Milestone, Review
from klarsyn.plan.models.motion import Consultation, Decision, Demand, Motion, Outcome
from klarsyn.plan.models.police import AgreedMeasure, Agreement, Goal, JointWork, Meeting
from klarsyn.plan.models.wheel import CouncilEvening, StageDates, StageDone

__all__ = [
    "ActionPlan",
    "AgreedMeasure",
    "Agreement",
    "AppendOnly",
    "Change",
    "Consultation",
    "CouncilEvening",
    "Decision",
    "Demand",
    "Goal",
    "JointWork",
    "LawNote",
    "Measure",
    "Meeting",
    "Milestone",
    "Motion",
    "Outcome",
    "Review",
    "Routine",
    "RoutineEvent",
    "StageDates",
    "StageDone",
]
