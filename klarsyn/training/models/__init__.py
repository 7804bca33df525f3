"""Who learns where, how far, and what is done. No score, no count of wrong answers, no time."""

from klarsyn.training.models.coverage import Arrival, Assignment, Certificate
from klarsyn.training.models.learning import Completion, Learner, Progress, Unit

__all__ = ["Arrival", "Assignment", "Certificate", "Completion", "Learner", "Progress", "Unit"]
