"""Editions of the mapping, their votes, the evening's questions, and what is held of other municipalities."""

from klarsyn.report.models.edition import Edition, Vote
from klarsyn.report.models.others import OtherEdition, TrustedKey
from klarsyn.report.models.questions import EveningAnswer, EveningNote, EveningQuestion

__all__ = ["Edition", "EveningAnswer", "EveningNote", "EveningQuestion", "OtherEdition", "TrustedKey", "Vote"]
