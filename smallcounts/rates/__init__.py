"""Rates for small counts: intervals, comparisons, shrinkage, funnels, space and time, ranks."""
