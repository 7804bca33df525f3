"""Editions of the mapping, their votes, the evening's questions, what is held of others and compared."""

from klarsyn.report.models.comparison import Comparison
from klarsyn.report.models.edition import Edition, Vote
from klarsyn.report.models.others import OtherEdition, TrustedKey
from klarsyn.report.models.questions import EveningAnswer, EveningNote, EveningQuestion

__all__ = [
    "Comparison",
    "Edition",
    "EveningAnswer",
    "EveningNote",
    "EveningQuestion",
    "OtherEdition",
    "TrustedKey",
    "Vote",
]
