"""Whatever holds lists, as a checked table: of the lists alone, or by traits and years as well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from smallcounts.mse.strata import StrataTable
from smallcounts.mse.table import CaptureError, CaptureTable


def as_table(given: Any) -> CaptureTable:
    """The checked table of whatever holds lists, levels added up; CaptureError when nothing there does."""
    if isinstance(given, CaptureTable):
        return given
    if isinstance(given, StrataTable):
        return given.total()
    if isinstance(given, str | Path):
        return CaptureTable.from_csv(given)
    if hasattr(given, "columns"):
        return CaptureTable.from_frame(given)
    try:
        array = np.asarray(given)
    except ValueError:
        raise CaptureError("the rows of the table are not equally long") from None
    return CaptureTable.from_array(array)


def opened(given: Any, traits: Sequence[str] = (), year: str | None = None) -> CaptureTable | StrataTable:
    """The table by the traits and the year that are named; of the lists alone when none is."""
    wanted = tuple(dict.fromkeys((*traits, *((year,) if year is not None else ()))))
    if isinstance(given, StrataTable):
        return given.kept(wanted) if wanted else given
    if not wanted:
        return as_table(given)
    if isinstance(given, str | Path):
        return StrataTable.from_csv(given, factors=wanted)
    if hasattr(given, "columns"):
        return StrataTable.from_frame(given, factors=wanted)
    raise CaptureError("traits and years are columns with a name: give a file, a frame or a StrataTable")
