"""What every method says of lists that share too few persons."""

from __future__ import annotations

from typing import Final

import numpy as np

from smallcounts.mse.table import CaptureTable

FEW_OVERLAPS: Final = 30  # persons on two lists or more
FEW_SHARED: Final = 10  # persons of one list on any other


def overlap_warnings(table: CaptureTable) -> list[str]:
    """Codes for tables that rest on very little: no_overlap, few_overlaps, small_overlap_list."""
    if not table.overlaps:
        return ["no_overlap"]
    shared = np.bitwise_count(table.patterns) > 1
    least = min(int(table.counts[shared & (table.patterns >> j & 1 == 1)].sum()) for j in range(table.k))
    found = ["few_overlaps"] if table.overlaps < FEW_OVERLAPS else []
    return found + (["small_overlap_list"] if least < FEW_SHARED else [])
