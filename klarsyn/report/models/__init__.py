"""Editions of the mapping, the votes of those who check them, what is held of others and compared."""

from klarsyn.report.models.comparison import Comparison
from klarsyn.report.models.edition import Edition, Vote
from klarsyn.report.models.others import OtherEdition, TrustedKey

__all__ = ["Comparison", "Edition", "OtherEdition", "TrustedKey", "Vote"]
