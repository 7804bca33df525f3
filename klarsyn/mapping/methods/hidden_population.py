"""How many there are besides those whom overlapping lists hold: methods, doubts, and what may be said."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from klarsyn.mapping.canonical import MODEL_DIGITS, rounded
from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.hidden_doubts import JOINT, doubts
from klarsyn.mapping.methods.hidden_findings import findings, steps
from klarsyn.mapping.methods.hidden_numbers import above, below, nearest
from smallcounts.counts import Count, CountTable
from smallcounts.mse.panel import HonestyPanel, honesty_panel
from smallcounts.mse.publication import NOTHING
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureTable

DRAWS: Final = 500  # of the search by BIC; the stepwise search has five times as many
SEED: Final = 1
# A new machine compiles its loops fifteen seconds before the first page; with it the bound is the same.
LEFT_OUT: Final = ("latent-class",)


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """The panel of methods on one table of lists. Where the rule says nothing may be published, no total is.

    The counts are persons by the lists they stand on: categories (list, "1"). Raises CaptureError that names
    the row at fault.
    """
    (table,) = gathered.tables
    counts = [c for c in table.counts if c.value]
    if not counts:
        return Draft(warnings=("no_data",))
    panel = _panel(*_captured(counts))
    return Draft(
        tables=_tables(panel, counts[0].period, table),
        findings=findings(panel, name=counts[0].area, period=counts[0].period, draws=DRAWS),
        steps=steps(panel),
    )


def _captured(counts: Sequence[Count]) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The names of the lists, and each pattern of lists with its persons, in a fixed order."""
    lists = tuple(sorted({name for c in counts for name, _ in c.categories}))
    cells = [(sum(1 << lists.index(name) for name, _ in c.categories), c.value or 0) for c in counts]
    return lists, tuple(sorted(cells))


@lru_cache(maxsize=8)  # seconds for each: the same lists are frozen for every municipality
def _panel(lists: tuple[str, ...], cells: tuple[tuple[int, int], ...]) -> HonestyPanel:
    masks, counts = zip(*cells, strict=True)
    table = CaptureTable.from_masks(lists, masks, counts)
    return honesty_panel(table, draws=DRAWS, seed=SEED, leave_out=LEFT_OUT)


def _tables(panel: HonestyPanel, period: str, table: CountTable) -> tuple[TableDraft, ...]:
    """No total leaves where the rule forbids every one of them: then neither do the dial and the doubts."""
    says_none = panel.verdict.kind == NOTHING
    made: dict[str, tuple[Row, ...]] = {
        "hidden_methods": tuple(_method(found, panel, period, says_none) for found in panel.methods),
        "hidden_dial": () if says_none else _dial(panel),
        "hidden_lists": tuple(
            {
                "number": at,
                "on_list": row.name,
                "size": row.size,
                "shared": row.shared,
                "alone": row.alone,
            }
            for at, row in enumerate(panel.overlap.lists, 1)
        ),
        "hidden_overlap": tuple(
            {"on_lists": JOINT.join(names), "count": count} for names, count in panel.overlap.patterns
        ),
        "hidden_pairs": _pairs(panel),
        **doubts(panel, says_none=says_none),
    }
    return tuple(TableDraft(name, rows, inputs=(table,)) for name, rows in made.items() if rows)


def _method(found: MethodResult, panel: HonestyPanel, period: str, says_none: bool) -> Row:
    shows = found.state in ("interior", "boundary") and not says_none
    return {
        "period": period,
        "estimator": _name(found),
        "state": "withheld_by_rule" if says_none and found.state in ("interior", "boundary") else found.state,
        "estimate": nearest(found.estimate) if shows else None,
        "lower": below(found.lower) if shows else None,
        "upper": above(found.upper) if shows else None,
        "counts_in": "counts" if shows and _counts(found, panel) else "beside",
        "model": found.model,
    }


def _name(found: MethodResult) -> str:
    """The method; a stepwise search at another threshold than the usual, without limits, names it."""
    is_beside = found.method == "stepwise" and found.lower is None and "threshold" in found.details
    return f"stepwise_{found.details['threshold']:g}" if is_beside else found.method


def _counts(found: MethodResult, panel: HonestyPanel) -> bool:
    """Whether a published figure may rest on it: the stepwise search at other thresholds has no limits."""
    return found.method in panel.candidates and found.lower is not None


def _dial(panel: HonestyPanel) -> tuple[Row, ...]:
    rows = panel.dial.rows if panel.dial else ()
    return tuple({"xi": xi, "estimate": nearest(total)} for xi, total in rows)


def _pairs(panel: HonestyPanel) -> tuple[Row, ...]:
    return tuple(
        {
            "first_list": pair.first,
            "second_list": pair.second,
            "count": pair.on_both,
            "ratio": _short(pair.odds_ratio),
            "lower": _short(pair.lower),
            "upper": _short(pair.upper),
            "verdict": pair.verdict.replace(" ", "_"),
        }
        for pair in panel.overlap.pairs
    )


def _short(value: float | None) -> float | None:
    return None if value is None else rounded(value, MODEL_DIGITS)
