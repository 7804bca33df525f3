"""Compressed reference results of the log-linear methods, and draws in the order of a table's patterns."""

import csv
import gzip
import json
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import DATA


def packed(name: str) -> str:
    """The text of a compressed file."""
    return gzip.decompress((DATA / name).read_bytes()).decode("utf-8")


def packed_json(name: str) -> Any:
    return json.loads(packed(name))


def packed_rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(packed(name).splitlines()))


def draws(name: str, table: CaptureTable) -> NDArray[np.int64]:
    """Stored count tables (b, m), one column for each pattern of the table; columns of zeros are left out."""
    head, *lines = packed(name).splitlines()
    masks = [sum(1 << j for j, digit in enumerate(word) if digit == "1") for word in head.split(",")]
    counts = np.array([line.split(",") for line in lines], dtype=np.int64)
    place = {mask: column for column, mask in enumerate(masks)}
    kept = counts[:, [place[mask] for mask in table.patterns.tolist()]]
    assert kept.sum() == counts.sum()
    return np.ascontiguousarray(kept)
