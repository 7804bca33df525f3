"""The hidden number: how many persons no service has met, from lists that overlap, and when not to say."""

from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureError, CaptureTable

__all__ = ["CaptureError", "CaptureTable", "MethodResult"]
