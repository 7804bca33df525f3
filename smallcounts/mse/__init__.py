"""The hidden number: how many persons no service has met, from lists that overlap, and when not to say."""

from smallcounts.mse.answer import Answer
from smallcounts.mse.by_traits import BY_TRAITS
from smallcounts.mse.covariates import stratified
from smallcounts.mse.doubly_robust import doubly_robust, persons
from smallcounts.mse.fits import existence, fit_model
from smallcounts.mse.front import METHODS, estimate_population
from smallcounts.mse.panel import HonestyPanel, honesty_panel
from smallcounts.mse.publication import Rule, Verdict
from smallcounts.mse.results import MethodResult
from smallcounts.mse.strata import StrataTable
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.targeted import targeted
from smallcounts.mse.years import pooled_years

__all__ = [
    "BY_TRAITS",
    "METHODS",
    "Answer",
    "CaptureError",
    "CaptureTable",
    "HonestyPanel",
    "MethodResult",
    "Rule",
    "StrataTable",
    "Verdict",
    "doubly_robust",
    "estimate_population",
    "existence",
    "fit_model",
    "honesty_panel",
    "persons",
    "pooled_years",
    "stratified",
    "targeted",
]
