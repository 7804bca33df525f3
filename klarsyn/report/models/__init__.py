"""Editions of the mapping, the votes of those who check them, and what is held of other municipalities."""

from klarsyn.report.models.edition import Edition, Vote
from klarsyn.report.models.others import OtherEdition, TrustedKey

__all__ = ["Edition", "OtherEdition", "TrustedKey", "Vote"]
