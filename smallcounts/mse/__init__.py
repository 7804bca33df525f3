"""The hidden number: how many persons no service has met, from lists that overlap, and when not to say."""

from smallcounts.mse.fits import existence, fit_model
from smallcounts.mse.front import METHODS, estimate_population
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureError, CaptureTable

__all__ = [
    "METHODS",
    "CaptureError",
    "CaptureTable",
    "MethodResult",
    "estimate_population",
    "existence",
    "fit_model",
]
