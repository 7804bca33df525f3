"""The honesty panel for reading and for machines."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from smallcounts.mse.panel_parts import PanelParts
from smallcounts.mse.results import MethodResult, persons, plain
from smallcounts.mse.words import REASONS, WORDS
from smallcounts.rates.results import aligned
from smallcounts.results import Cell

MOST = 10  # rows of a long part that are printed
VERDICTS = {
    "range": "A range may be published",
    "lower_bound_only": "A lower bound only may be published",
    "not_publishable": "No total may be published",
}


def as_json(panel: PanelParts) -> dict[str, Any]:
    """Everything in plain types; infinity becomes None, and a state says so."""
    verdict = panel.verdict
    return {
        "lists": list(panel.lists),
        "observed": panel.observed,
        "level": panel.level,
        "seed": panel.seed,
        "verdict": {**plain(asdict(verdict)), "why": verdict.why, "sentence": verdict.sentence()},
        "overlap": plain(asdict(panel.overlap)),
        "methods": [method.to_json() for method in panel.methods],
        "candidates": list(panel.candidates),
        "near": [plain(asdict(model)) for model in panel.near],
        "avoiding": plain(panel.avoiding),
        "rearranged": [plain(asdict(row)) for row in panel.rearranged],
        "dial": None if panel.dial is None else plain(asdict(panel.dial)),
        "links": plain(panel.links),
        "influence": [plain(asdict(row)) for row in panel.influence],
        "tested": [plain(test.to_row()) for test in panel.tested],
        "scores": [plain(asdict(score)) for score in panel.scores],
        "trajectory": plain(panel.trajectory),
        "sources": list(panel.sources),
    }


def as_text(panel: PanelParts) -> str:
    """The verdict and then each part under its heading."""
    parts = [
        ("Verdict", _verdict(panel)),
        ("Who shares whom", aligned([_rounded(row) for row in panel.overlap.to_rows()])),
        ("Methods side by side", _methods(panel.methods, panel.candidates)),
        ("Models almost as good", _near(panel)),
        ("A list less, two lists made one", _arranged(panel)),
        ("Had the untestable assumption been off by ξ", _dial(panel)),
        ("Had links been missed", aligned([_rounded(row) for row in panel.links])),
        ("One person more or less", _influence(panel)),
        ("Lists of known size", _tested(panel)),
        ("Had fewer records been made", aligned([_rounded(row) for row in panel.trajectory])),
    ]
    return "\n\n".join(f"{head}\n{'-' * len(head)}\n{body}" for head, body in parts if body)


def _verdict(panel: PanelParts) -> str:
    verdict = panel.verdict
    lines = [f"{VERDICTS[verdict.kind]}.", verdict.sentence()]
    lines += [f"Against: {REASONS[code]}." for code in verdict.reasons[1:]]
    return "\n".join(lines)


def _methods(methods: Sequence[MethodResult], candidates: Sequence[str]) -> str:
    rows: list[dict[str, Cell]] = [
        {
            "method": f"{found.method} {found.model}".strip()[:44],
            "state": found.state,
            "total": persons(found.estimate),
            "lower": persons(found.lower),
            "upper": persons(found.upper),
            "limits": found.interval_method if found.lower is not None else "–",
            "may count": "yes" if found.method in candidates and found.lower is not None else "",
        }
        for found in methods
    ]
    codes = dict.fromkeys(code for found in methods for code in found.warnings)
    notes = [f"Warning: {WORDS.get(code, code)}." for code in codes]
    return "\n".join([aligned(rows), *notes])


def _near(panel: PanelParts) -> str:
    rows: list[dict[str, Cell]] = [
        {
            "model": m.model,
            "total": persons(m.estimate),
            "BIC over the best": m.difference,
            "weight": m.weight,
        }
        for m in panel.near[:MOST]
    ]
    pairs = ", ".join(f"{first} and {second}" for first, second in panel.avoiding)
    notes = (
        [f"Lists that avoid each other in most of them: {pairs}; Chao's bound does not hold."]
        if pairs
        else []
    )
    return "\n".join([aligned(rows), *notes]) if rows else ""


def _arranged(panel: PanelParts) -> str:
    return aligned(
        [
            {
                "change": row.change,
                "seen": row.observed,
                "on several": row.on_several,
                "stepwise": persons(row.stepwise),
                "decomposable": persons(row.average),
            }
            for row in panel.rearranged
        ]
    )


def _dial(panel: PanelParts) -> str:
    if panel.dial is None:
        return ""
    rows: list[dict[str, Cell]] = [{"ξ": f"{xi:g}", "total": persons(total)} for xi, total in panel.dial.rows]
    halves = (
        "no ξ halves the total" if panel.dial.halves is None else f"ξ = {panel.dial.halves:.2f} halves it"
    )
    return f"{aligned(rows)}\n{halves}; ξ = {panel.dial.doubles:.2f} doubles it."


def _influence(panel: PanelParts) -> str:
    return aligned(
        [
            {
                "pattern": " ".join(row.pattern),
                "persons": row.count,
                "moved": f"{row.moved:+d}",
                "total": persons(row.estimate),
                "change": f"{row.change:+.1%}" if math.isfinite(row.change) else "∞",
            }
            for row in panel.influence[:MOST]
        ]
    )


def _tested(panel: PanelParts) -> str:
    rows: list[dict[str, Cell]] = [
        {
            "list": test.list_name,
            "method": test.method,
            "truth": test.truth,
            "seen": test.observed,
            "total": persons(test.estimate),
            "lower": persons(test.lower),
            "upper": persons(test.upper),
            "held": {True: "yes", False: "no", None: "–"}[test.covered],
            "counts": "yes" if test.counts else "no",
        }
        for test in panel.tested
    ]
    notes = [
        f"{score.method}: {score.lists} lists count, mean log bias {score.mean_log_bias:+.2f}, "
        f"limits hold the truth in {score.coverage:.0%}."
        for score in panel.scores
        if score.mean_log_bias is not None and score.coverage is not None
    ]
    return "\n".join([aligned(rows), *notes]) if rows else ""


def _rounded(row: Mapping[str, Cell]) -> dict[str, Cell]:
    """Numbers above a hundred as persons, shares as they are."""
    return {
        name: persons(value)
        if isinstance(value, float) and (abs(value) >= 100 or not math.isfinite(value))
        else value
        for name, value in row.items()
    }
