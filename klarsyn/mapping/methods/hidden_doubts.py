"""The doubts about a hidden number as tables: what moves the total, and how methods did on a known truth."""

from __future__ import annotations

import math
from typing import Final

from klarsyn.mapping.drafts import Row
from klarsyn.mapping.methods.hidden_numbers import above, below, nearest, share
from smallcounts.mse.panel import HonestyPanel
from smallcounts.mse.sensitivity import Influence, Refit
from smallcounts.results import Cell

JOINT: Final = "+"  # between the names of lists that hold the same persons
MOST: Final = 10  # near models, and persons who move the total most
WITHOUT: Final = "without "  # how the panel names a list left out


def doubts(panel: HonestyPanel, *, says_none: bool) -> dict[str, tuple[Row, ...]]:
    """All tables hold totals but the lists of known size: those alone stay where the rule forbids a total."""
    known = {"hidden_tested": _tested(panel)}
    if says_none:
        return known
    return {
        "hidden_near": _near(panel),
        "hidden_arranged": tuple(_arranged(row) for row in panel.rearranged),
        "hidden_links": tuple(
            {"missed": share(row["share"]), "met": _whole(row["persons"]), **_middle(row)}
            for row in panel.links
        ),
        "hidden_person": tuple(_person(row) for row in panel.influence[:MOST]),
        **known,
        "hidden_trajectory": tuple(
            {
                "kept": share(row["kept"]),
                "met": _whole(row["persons"]),
                **_middle(row),
                "per_met": _times(row["ratio"]),
            }
            for row in panel.trajectory
        ),
    }


def _near(panel: HonestyPanel) -> tuple[Row, ...]:
    return tuple(
        {
            "near_model": one.model,
            "behind": round(one.difference, 2),
            "weight": share(one.weight),
            "estimate": nearest(one.estimate),
        }
        for one in panel.near[:MOST]
    )


def _arranged(row: Refit) -> Row:
    """ "without NG" or "NG+GP", as the panel names them."""
    is_left_out = row.change.startswith(WITHOUT)
    return {
        "arrangement": "left_out" if is_left_out else "joined",
        "on_lists": row.change.removeprefix(WITHOUT),
        "met": row.observed,
        "shared": row.on_several,
        "by_steps": nearest(row.stepwise),
        "by_average": nearest(row.average),
    }


def _person(row: Influence) -> Row:
    return {
        "on_lists": JOINT.join(row.pattern),
        "count": row.count,
        "moved": "one_more" if row.moved > 0 else "one_less",
        "estimate": nearest(row.estimate),
        "changed": share(row.change),
    }


def _tested(panel: HonestyPanel) -> tuple[Row, ...]:
    """The trials that count, and independence beside them; a list that others met too seldom is no trial."""
    held = {True: "held", False: "missed_it", None: "no_limits"}
    return tuple(
        {
            "on_list": trial.list_name,
            "estimator": trial.method,
            "size": trial.truth,
            "met": trial.observed,
            "estimate": _exact(trial.estimate),
            "lower": None if trial.lower is None else _floor(trial.lower),
            "upper": None if trial.upper is None else _ceil(trial.upper),
            "covered": held[trial.covered],
        }
        for trial in panel.tested
        if trial.counts
    )


def _middle(row: dict[str, Cell]) -> Row:
    """The total in the middle, and what half of the draws lie between where any were made."""
    low, middle, high = (_finite(row[name]) for name in ("lower_quartile", "estimate", "upper_quartile"))
    if low == high:
        low = high = None
    return {"quarter": below(low), "estimate": nearest(middle), "three_quarters": above(high)}


def _finite(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _whole(value: Cell) -> int:
    return round(float(value or 0))


def _times(value: Cell) -> float | None:
    found = _finite(value)
    return None if found is None else round(found, 2)


def _exact(value: float | None) -> float | None:
    """A total of a list whose size everybody can read: to the person."""
    return None if value is None or not math.isfinite(value) else float(round(value))


def _floor(value: float) -> float | None:
    return float(math.floor(value)) if math.isfinite(value) else None


def _ceil(value: float) -> float | None:
    return float(math.ceil(value)) if math.isfinite(value) else None
