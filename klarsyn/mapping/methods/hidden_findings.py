"""What a panel of methods lets anyone say, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence

from klarsyn.mapping.canonical import rounded
from klarsyn.mapping.findings import say
from klarsyn.mapping.methods.counted import joined
from klarsyn.mapping.results import Finding, Param, Step
from smallcounts.mse.panel import HonestyPanel
from smallcounts.mse.publication import BOUND, NOTHING, RANGE, ceil_two, floor_two
from smallcounts.mse.validation import Trial

_ALLOWED = {
    RANGE: "ett spann får anges",
    BOUND: "bara en nedre gräns får anges",
    NOTHING: "inget tal får anges",
}
_FIGURES = 3  # of ξ: nobody knows it better


def findings(panel: HonestyPanel, *, name: str, period: str, draws: int) -> tuple[Finding, ...]:
    """The verdict first; then what speaks against more, and the doubts. Nothing about totals without one."""
    doubts = () if panel.verdict.kind == NOTHING else (*_spread(panel), *_dial(panel))
    return (
        _verdict(panel, name, period),
        *_against(panel),
        *doubts,
        _shared(panel),
        *_known(panel.tested),
        say("hidden_how", draws=draws, stepwise_draws=5 * draws, seed=panel.seed),
    )


def _verdict(panel: HonestyPanel, name: str, period: str) -> Finding:
    verdict = panel.verdict
    said: dict[str, Param] = {
        "name": name,
        "period": period,
        "lists": len(panel.lists),
        "observed": panel.observed,
    }
    if verdict.kind == RANGE and verdict.lower is not None and verdict.upper is not None:
        lower, upper = floor_two(verdict.lower), ceil_two(verdict.upper)
        return say("hidden_range", **said, lower=lower, upper=upper)
    if verdict.kind == BOUND and verdict.lower is not None:
        whose = "chao" if verdict.usable == ("chao",) else "methods"
        return say(
            "hidden_bound", **said, lower=floor_two(verdict.lower), whose=whose, reason=verdict.reasons[0]
        )
    return say("hidden_nothing", **said, reason=verdict.reasons[0])


def _against(panel: HonestyPanel) -> tuple[Finding, ...]:
    """The reasons after the first, which the verdict has given."""
    rest = panel.verdict.reasons[1:]
    return (say("hidden_against", reasons=joined(rest)),) if rest else ()


def _spread(panel: HonestyPanel) -> tuple[Finding, ...]:
    counted = [m for m in panel.methods if m.method in panel.candidates and m.upper is not None]
    lows = [m.lower for m in counted if m.lower is not None]
    highs = [m.upper for m in counted if m.upper is not None]
    if not lows or max(highs) == float("inf"):
        return ()
    return (
        say(
            "hidden_spread",
            methods=len(lows),
            lower=floor_two(min(lows)),
            upper=ceil_two(max(highs)),
            verdict=panel.verdict.kind,
        ),
    )


def _dial(panel: HonestyPanel) -> tuple[Finding, ...]:
    dial = panel.dial
    if dial is None or dial.doubles == float("inf"):
        return ()
    return (
        say(
            "hidden_dial",
            lower=floor_two(dial.rows[0][1]),
            upper=ceil_two(dial.rows[-1][1]),
            halves=rounded(dial.halves or 0.0, _FIGURES),
            doubles=rounded(dial.doubles, _FIGURES),
            verdict=panel.verdict.kind,
        ),
    )


def _shared(panel: HonestyPanel) -> Finding:
    pairs = panel.overlap.pairs
    return say(
        "hidden_shared",
        observed=panel.observed,
        on_several=panel.overlap.on_several,
        pairs=len(pairs),
        empty=sum(1 for pair in pairs if pair.on_both == 0),
    )


def _known(tested: Sequence[Trial]) -> tuple[Finding, ...]:
    counted = [trial for trial in tested if trial.counts]
    held = sum(1 for trial in counted if trial.covered)
    return (say("hidden_known", tests=len(counted), held=held),) if counted else ()


def steps(panel: HonestyPanel) -> tuple[Step, ...]:
    """The rule and the dial; a number only where the rule lets one leave."""
    rule, overlaps = panel.verdict.rule, panel.overlap.on_several
    made = [
        Step(
            "",
            "regeln för publicering",
            f"{overlaps} på minst två listor; spann kräver {rule.overlaps}, gräns {rule.bound_overlaps}",
            f"{_ALLOWED[panel.verdict.kind]}; {len(panel.verdict.reasons)} villkor för mer är inte uppfyllda",
            "binette-steorts-2022",
        )
    ]
    if panel.dial and panel.verdict.kind != NOTHING:
        n, unseen = panel.dial.observed, round(panel.dial.unseen, -1)
        made.append(
            Step("", "N(ξ) = n + ξ·n₀", f"n = {n}, n₀ = {unseen:.0f}", "ξ = 1/4 … 4", "aleshin-guendel-2024")
        )
    return tuple(made)
