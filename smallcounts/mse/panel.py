"""The honesty panel: every method, every doubt, and what may be published."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from smallcounts.mse.bic import NEAR
from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.linkage import missed_links
from smallcounts.mse.lognormal import LEVEL
from smallcounts.mse.methods import Run, avoiding_pairs, guarded, runs
from smallcounts.mse.overlap import overlap
from smallcounts.mse.panel_parts import NearModel, PanelParts
from smallcounts.mse.panel_text import as_json, as_text
from smallcounts.mse.publication import Evidence, Rule, decide
from smallcounts.mse.results import MethodResult
from smallcounts.mse.sensitivity import dial, influence, rearranged
from smallcounts.mse.stepwise import THRESHOLD
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.validation import Method, scores, trajectory, validate
from smallcounts.results import Cell

DRAWS: Final = 2000
SHORT: Final = 400  # sweeps of latent classes on lists of known size, of which there are many
REST: Final = 45  # work of all that is not a method, in the methods' units
FINE: Final = 1000  # steps of progress in each unit of work


@dataclass(frozen=True, slots=True)
class HonestyPanel(PanelParts):
    """Everything one should know before saying a number; its parts are described at `PanelParts`."""

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict a method, in the order they are shown."""
        return [row for method in self.methods for row in method.to_rows()]

    def to_json(self) -> dict[str, Any]:
        """Everything in plain types."""
        return as_json(self)

    def summary(self) -> str:
        """The panel as text: the verdict, then what it rests on."""
        return as_text(self)

    def __str__(self) -> str:
        return self.summary()

    def _repr_html_(self) -> str:
        """What a notebook shows: the summary, as it is aligned."""
        return f"<pre>{html.escape(self.summary())}</pre>"


def honesty_panel(
    table: CaptureTable,
    *,
    level: float = LEVEL,
    threshold: float = THRESHOLD,
    draws: int = DRAWS,
    seed: int = 1,
    rule: Rule | None = None,
    leave_out: Collection[str] = (),
    answered: MethodResult | None = None,
    progress: Progress | None = None,
) -> HonestyPanel:
    """All methods and all doubts about one table, and the publication rule applied to them (`SOURCES`).

    `draws`: bootstrap tables for the search by BIC; the stepwise search, on which the doubts are measured,
    has five times as many. `rule`: other thresholds than the stated ones. `leave_out`: names of methods not
    to run. `answered`: what a method has answered already. `progress(done, all)` is called between the parts
    and may raise to stop the work; nothing is kept then.
    """
    make = partial(runs, table, level=level, threshold=threshold, seed=seed, leave_out=leave_out)
    wanted, trials = make(draws=draws), make(draws=-(-draws // 5), sweeps=SHORT)
    told = _Told(progress, sum(run.work for run in wanted) + REST)
    methods = tuple(guarded(run, table, level, told.part(run.work), answered) for run in wanted)
    by_name = {run.name: found for run, found in zip(wanted, methods, strict=True)}
    near, nearest, avoiding = _near(table, by_name.get("bic"))
    shared, headline = overlap(table, level=level), by_name.get("stepwise", by_name["independence"])
    others = tuple(rearranged(table, threshold=threshold, progress=told.part(5)))
    moved = influence(table, threshold=threshold) if table.k > 2 else ()
    tested = tuple(validate(table, _tests(trials, level), progress=told.part(35)))
    links, path = (part(table, threshold=threshold, seed=seed) for part in (missed_links, trajectory))
    told.part(5)(1, 1)
    names = tuple(run.name for run in wanted if run.is_candidate)
    evidence = Evidence(
        shared, headline, [by_name[name] for name in names], [model.estimate for model in nearest],
        scores(tested), moved, others, by_name["chao"], bool(near) and not (avoiding or shared.avoiding),
    )  # fmt: skip
    return HonestyPanel(
        table.lists, table.n, level, seed, decide(evidence, rule), shared, methods, names, near,
        avoiding, others, dial(headline), links, moved, tested, evidence.scores, path,
    )  # fmt: skip


class _Told:
    """Cuts the work into parts and passes on how much of it all is done."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.begun = progress, total, 0

    def part(self, work: int) -> Progress:
        """The progress of the next part, `work` of the total."""
        before, self.begun = self.begun, self.begun + work

        def tell(done: int, of_all: int) -> None:
            if self.progress is not None:
                self.progress(FINE * before + FINE * work * done // max(of_all, 1), FINE * self.total)

        return tell


Near = tuple[tuple[NearModel, ...], tuple[NearModel, ...], tuple[tuple[str, str], ...]]


def _near(table: CaptureTable, found: MethodResult | None) -> Near:
    """The models within 6 of the best, those within 2, and the lists that avoid each other in most."""
    rows = found.details.get("models", ()) if found is not None else ()
    near = (NearModel(row["model"], row["estimate"], row["difference"], row["weight"]) for row in rows)
    kept = tuple(model for model in near if model.difference <= NEAR[1])
    nearest = tuple(model for model in kept if model.difference <= NEAR[0])
    return kept, nearest, avoiding_pairs(table, [(model.model, model.weight) for model in nearest])


def _tests(wanted: Sequence[Run], level: float) -> list[tuple[str, Method]]:
    """The methods to be tried on lists of known size: independence, and those a range may rest on."""

    def method(run: Run) -> Method:
        return lambda table: guarded(run, table, level, None)

    return [(run.name, method(run)) for run in wanted if run.is_candidate or run.name == "independence"]
