"""The published tables under the names that the reference results use."""

import json
from pathlib import Path
from typing import Any

from smallcounts.datasets import lists
from smallcounts.mse.table import CaptureTable

DATA = Path(__file__).resolve().parents[1] / "data" / "mse"


def tables() -> dict[str, CaptureTable]:
    """Korea, HAV, spina … as the R packages call them."""
    return {
        "Korea": lists.korea().table,
        "HAV": lists.hepatitis_a().table,
        "spina": lists.spina_bifida().table.total(),
        "Kosovo": lists.kosovo().table,
        "UKdat_4": lists.uk_2013_four().table,
        "ScotPWID": lists.scotland_drugs().table.total(),
        "UKdat_5": lists.uk_2013_five().table,
        "UKdat": lists.uk_2013().table,
        "hare": lists.hare().table,
        "duck": lists.duck().table,
        "Artificial_3": lists.artificial_three().table,
    }


def results(name: str) -> Any:
    """A file of reference results."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))
