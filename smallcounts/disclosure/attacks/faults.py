"""Faults a protection could have, seeded one by one into a good release."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from smallcounts.disclosure.attacks.artefacts import Artefact
from smallcounts.disclosure.attacks.derived import Claim
from smallcounts.disclosure.attacks.making import Maker
from smallcounts.disclosure.cells import CellId, System
from smallcounts.disclosure.people import People
from smallcounts.disclosure.release import Method, Published, Symbol, Value
from smallcounts.disclosure.rules import BASES

Rule = Callable[[int], Value]


@dataclass(frozen=True, slots=True, eq=False)
class Workshop:
    """A good release with the truth behind it. make: the release made again, for faults of the noise."""

    good: Published
    system: System
    people: People
    make: Maker | None = None

    def true(self, cell: CellId) -> int:
        return int(self.system.counts[self.system.index[cell]])

    def cells(self, number: int, *, uneven: bool = True, least: int = 1) -> list[CellId]:
        """So many cells from all over the release; `uneven`: with a count that is no multiple of the base."""
        fit = [
            f.cell
            for f in self.good.figures
            if self.true(f.cell) >= least
            and (not uneven or (f.method is Method.ROUNDED and self.true(f.cell) % f.base))
        ]
        places = np.unique(np.linspace(0, len(fit) - 1, min(number, len(fit))).astype(int))
        return [fit[i] for i in places]

    def zeros(self, number: int) -> list[CellId]:
        return [f.cell for f in self.good.figures if f.value == 0 and self.true(f.cell) == 0][:number]


@dataclass(frozen=True, slots=True, eq=False)
class Fault:
    """A faulty protection: what it prints, and what stands around it."""

    name: str
    published: tuple[Published, ...]
    make: Maker | None = None
    artefacts: tuple[Artefact, ...] = ()
    claims: tuple[Claim, ...] = ()


def seeded(shop: Workshop) -> Iterator[Fault]:
    """All faults that this release can have; a release of few cells can have fewer."""
    for family in (_true_cells, _rules, _suppressions, _turned, _stated, _twice, _noise, _beside):
        yield from family(shop)


def _changed(shop: Workshop, cell: CellId, **parts: object) -> tuple[Published, ...]:
    """The good release with one figure changed."""
    figures = [replace(f, **parts) if f.cell == cell else f for f in shop.good.figures]  # type: ignore[arg-type]
    return (replace(shop.good, figures=tuple(figures), derived=()),)


def _all(shop: Workshop, rule: Rule, *, base: int, method: Method = Method.ROUNDED) -> tuple[Published, ...]:
    """The release made by another rule."""
    figures = tuple(
        replace(f, value=rule(shop.true(f.cell)), base=base, method=method)
        for f in shop.good.figures
        if f.value is not Symbol.NOT_APPLICABLE
    )
    return (Published(shop.good.release, figures),)


def _true_cells(shop: Workshop) -> Iterator[Fault]:
    for cell in shop.cells(12):
        yield Fault(f"the true count of {cell.text}", _changed(shop, cell, value=shop.true(cell)))
    for cell in shop.cells(6):
        yield Fault(
            f"{cell.text} let out without a waiver",
            _changed(shop, cell, value=shop.true(cell), method=Method.WAIVED, base=1),
        )


def _rules(shop: Workshop) -> Iterator[Fault]:
    rng = np.random.default_rng(1)
    shapes: dict[str, Callable[[float], float]] = {
        "the nearest multiple": round, "the multiple below": np.floor, "the multiple above": np.ceil,
    }  # fmt: skip
    for base in BASES:
        for name, shape in shapes.items():
            yield Fault(f"{name} of {base}", _all(shop, _to(base, shape), base=base))
        yield Fault(f"every cell rounded alone to {base}", _all(shop, _alone(base, rng), base=base))
    for base in (1, 2, 4):
        yield Fault(f"base {base}", _all(shop, _to(base, np.floor), base=base))
    for most in (1, 2):
        noisy = _all(shop, _noisy(most, rng), base=most, method=Method.CELL_KEY)
        yield Fault(f"cell-key noise of at most {most}, zeros kept", noisy)


def _to(base: int, shape: Callable[[float], float]) -> Rule:
    return lambda true: int(base * shape(true / base))


def _alone(base: int, rng: np.random.Generator) -> Rule:
    return lambda true: base * (true // base + int(rng.random() < true % base / base))


def _noisy(most: int, rng: np.random.Generator) -> Rule:
    return lambda true: max(true + int(rng.integers(-most, most + 1)), 1) if true else 0


def _dots(most: int) -> Rule:
    return lambda true: Symbol.HIDDEN if 1 <= true <= most else true


def _suppressions(shop: Workshop) -> Iterator[Fault]:
    for most in (1, 2, 4):
        dotted = _all(shop, _dots(most), base=1, method=Method.SUPPRESSED)
        yield Fault(f"dots for 1 to {most} alone", dotted)
    yield Fault("nothing protected", _all(shop, _dots(0), base=1, method=Method.SUPPRESSED))


def _turned(shop: Workshop) -> Iterator[Fault]:
    """Single cells, and whole margins, rounded apart from the rest: the sums no longer agree."""
    good = {f.cell: f for f in shop.good.figures}

    def other(cell: CellId) -> int:
        true, base, value = shop.true(cell), good[cell].base, good[cell].value
        down = base * (true // base)
        return down if value != down else down + base

    for cell in shop.cells(6):
        yield Fault(f"{cell.text} rounded the other way", _changed(shop, cell, value=other(cell)))
    names = sorted({tuple(v for v, _ in c.parts) for c in shop.cells(10_000)})
    for margin in names[:6]:
        turned = [
            replace(f, value=other(f.cell))
            if tuple(v for v, _ in f.cell.parts) == margin and shop.true(f.cell) % f.base
            else f
            for f in shop.good.figures
        ]
        label = " × ".join(margin) or "total"
        yield Fault(f"margin {label} rounded apart", (Published(shop.good.release, tuple(turned)),))


def _stated(shop: Workshop) -> Iterator[Fault]:
    """Values beyond their rule, and figures that say what is not so."""
    good = {f.cell: f for f in shop.good.figures}
    for cell in shop.zeros(3):
        yield Fault(f"people made up in {cell.text}", _changed(shop, cell, value=good[cell].base))
    for cell in shop.cells(3, least=6):
        base, value = good[cell].base, good[cell].value
        assert isinstance(value, int)
        yield Fault(f"{cell.text} two bases too high", _changed(shop, cell, value=value + 2 * base))
        yield Fault(f"{cell.text} below zero", _changed(shop, cell, value=-base))
    for cell in shop.cells(2):
        yield Fault(f"'.' for the people of {cell.text}", _changed(shop, cell, value=Symbol.NOT_APPLICABLE))
        yield Fault(f"'-' for the people of {cell.text}", _changed(shop, cell, value=Symbol.MISSING))
        yield Fault(f"the threshold of {cell.text} lowered", _changed(shop, cell, threshold=2))
    figures = tuple(replace(f, base=3) for f in shop.good.figures)
    yield Fault("another base stated", (Published(shop.good.release, figures),))


def _twice(shop: Workshop) -> Iterator[Fault]:
    """The same people rounded with another key: in one release, in the next, in a press answer."""
    good = shop.good
    for cell in shop.cells(3):
        true, figure = shop.true(cell), next(f for f in good.figures if f.cell == cell)
        ways = [figure.base * (true // figure.base + way) for way in (0, 1)]
        twice = tuple(replace(figure, value=way) for way in ways)
        yield Fault(
            f"{cell.text} printed twice", (replace(good, figures=(*good.figures, *twice), derived=()),)
        )
    for seed in range(3):
        rng = np.random.default_rng(seed)
        again = _all(shop, _alone(5, rng), base=5)
        yield Fault(f"rounded anew without the ledger ({seed})", (good, replace(again[0], release="again")))


def _noise(shop: Workshop) -> Iterator[Fault]:
    """Noise that does not come from the key and the people alone."""
    make = shop.make
    if make is None:
        return
    clock, rng = count(), np.random.default_rng(2)

    def jitter(release: Published, place: int) -> Published:
        figures = list(release.figures)
        figure = figures[place % len(figures)]
        value = figure.value if isinstance(figure.value, int) else 0
        figures[place % len(figures)] = replace(figure, value=value + figure.base)
        return replace(release, figures=tuple(figures), derived=())

    def by_order(people: People) -> int:
        return int((people.codes[0] * np.arange(1, people.codes.shape[1] + 1)).sum() + people.period[0])

    good = (shop.good,)
    yield Fault("noise drawn by chance", good, lambda p, b: jitter(make(p, b), int(rng.integers(10**6))))
    yield Fault("noise from the clock", good, lambda p, b: jitter(make(p, b), next(clock)))
    yield Fault("noise from the order of the rows", good, lambda p, b: jitter(make(p, b), by_order(p)))
    yield Fault("noise from the number of people", good, lambda p, b: jitter(make(p, b), len(p)))


def _beside(shop: Workshop) -> Iterator[Fault]:
    """True counts in what is derived, drawn and written beside the tables."""
    good = (shop.good,)
    at = {f.cell: f for f in shop.good.figures}
    total = next((c for c in at if not c.parts), None)
    for number, cell in enumerate(shop.cells(3)):
        true = shop.true(cell)
        if total is not None and cell != total:
            share = 100 * true / max(shop.true(total), 1)
            yield Fault(
                f"a true percentage of {cell.text}",
                good,
                claims=(Claim("text", cell, round(share, 2), 0.005, "share", 100.0, of=total),),
            )
        yield Fault(
            f"a true rate of {cell.text}",
            good,
            claims=(Claim("text", cell, true / 7, 0.005, "scaled", 1 / 7),),
        )
        yield Fault(
            f"a true bar of {cell.text}",
            good,
            claims=(Claim("chart", cell, 300 - 4.0 * true, 0.5, "scaled", -4.0, 300.0),),
        )
        yield Fault(
            f"'x of y' of {cell.text}", good, claims=(Claim("text", cell, float(true), 0.0, "count"),)
        )
        for artefact in _files(f"1{number}7{true}"):
            yield Fault(f"{artefact.name} holds a count of its own ({number})", good, artefacts=(artefact,))


def _files(number: str) -> Sequence[Artefact]:
    """Files of every kind with one number that was never published."""
    return (
        Artefact("chart.svg", f"<svg><title>{number} people</title></svg>".encode()),
        Artefact("page.html", f'<img alt="a bar of {number}"><!-- -->'.encode()),
        Artefact("note.html", f"<p>text</p><!-- n={number} -->".encode()),
        Artefact("data.json", f'{{"rows": [{{"n": {number}}}]}}'.encode()),
        Artefact("table.csv", f"area,count\nall,{number}\n".encode()),
        Artefact("report.pdf", metadata=(("Subject", f"n = {number}"),)),
        Artefact("slides.pdf", text=f"In all {number} people"),
    )
