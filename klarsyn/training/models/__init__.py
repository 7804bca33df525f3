"""Who learns where, how far and what is done; attitudes without names. No score, no wrong answer, no time."""

from klarsyn.training.models.attitudes import AttitudeAnswer, AttitudeCount, AttitudeSurvey
from klarsyn.training.models.coverage import Arrival, Assignment, Certificate
from klarsyn.training.models.digest import DigestWish
from klarsyn.training.models.learning import Completion, Learner, Progress, Unit

__all__ = [
    "Arrival",
    "Assignment",
    "AttitudeAnswer",
    "AttitudeCount",
    "AttitudeSurvey",
    "Certificate",
    "Completion",
    "DigestWish",
    "Learner",
    "Progress",
    "Unit",
]
