"""Survey shares as published, with an interval of our own only where the number asked is known."""

from __future__ import annotations

from scipy.stats import beta

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.results import Step
from klarsyn.mapping.tables import row_id
from klarsyn.sources.values import Share

_REFERENCE = "clopper-pearson-1934"
_TAIL = 0.025


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """Each share as its survey gave it: a point, a span, or a point with our Clopper-Pearson interval."""
    shares = inputs.facts.shares
    if not shares:
        return Draft(warnings=("no_data",))
    made = [_row(share) for share in shares]
    rows = tuple(row for row, _ in made)
    asked = sum(1 for share in shares if share.asked and share.percent is not None)
    undated = ("undated",) if any(not share.year for share in shares) else ()
    return Draft(
        tables=(TableDraft("shares", rows, sources=tuple(sorted({s.source for s in shares}))),),
        findings=(say("shares_known", surveys=len({s.survey for s in shares}), with_asked=asked),),
        steps=tuple(step for _, found in made for step in found),
        warnings=("interval_only_where_asked_known", *undated),
    )


def _row(share: Share) -> tuple[Row, tuple[Step, ...]]:
    row: Row = {
        "survey": share.survey,
        "year": share.year,
        "population": share.population,
        "question": share.question,
        "percent": share.percent,
        "lower": share.lower,
        "upper": share.upper,
        "asked": share.asked,
        "source": share.source,
        "note": share.note,
        "kind": "point" if share.percent is not None else "span",
    }
    if share.percent is None or not share.asked:
        return row, ()
    yes = round(share.percent * share.asked / 100)
    lower, upper = clopper_pearson(yes, share.asked)
    row |= {"lower": 100 * lower, "upper": 100 * upper, "kind": "interval"}
    where = row_id("shares", row)
    return row, (
        Step(
            where,
            "yes = percent * asked / 100, to a whole number",
            f"{share.percent} * {share.asked} / 100",
            str(yes),
            "",
        ),
        Step(
            where,
            "lower = Beta(a/2; k, n-k+1), upper = Beta(1-a/2; k+1, n-k)",
            f"k = {yes}, n = {share.asked}, a = 0.05",
            f"{100 * lower:.4g} to {100 * upper:.4g} per cent",
            _REFERENCE,
        ),
    )


def clopper_pearson(yes: int, asked: int) -> tuple[float, float]:
    """The exact 95 per cent interval of a share, `yes` out of `asked` (Clopper & Pearson 1934)."""
    lower = float(beta.ppf(_TAIL, yes, asked - yes + 1)) if yes else 0.0
    upper = float(beta.ppf(1 - _TAIL, yes + 1, asked - yes)) if yes < asked else 1.0
    return lower, upper
