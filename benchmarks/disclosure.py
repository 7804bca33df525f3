"""The speed and the cost that `smallcounts.disclosure` promises: one line per claim, on one thread.

    python benchmarks/disclosure.py [--json] [--runs 5] [--quick]

A claim is met when the median of the runs is within its bar; long searches run once. Cells hidden and errors
are compared with the peers' numbers in docs/method/disclosure.md. --quick leaves the five years together
out. The exit status is 1 when a bar is missed.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # after the number of threads

from smallcounts.disclosure.attacks.bounds import attack_bounds  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.differencing import attack_differences  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.domain import domain_of  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.knowledge import view  # noqa: E402  # after the path
from smallcounts.disclosure.cell_key import perturb  # noqa: E402  # after the path
from smallcounts.disclosure.cells import build_system  # noqa: E402  # after the path
from smallcounts.disclosure.counting import count_tables  # noqa: E402  # after the path
from smallcounts.disclosure.ledger import Ledger  # noqa: E402  # after the path
from smallcounts.disclosure.noise import make_ptable  # noqa: E402  # after the path
from smallcounts.disclosure.people import People  # noqa: E402  # after the path
from smallcounts.disclosure.preparing import prepare  # noqa: E402  # after the path
from smallcounts.disclosure.programme import Programme  # noqa: E402  # after the path
from smallcounts.disclosure.protecting import protect_by_rounding  # noqa: E402  # after the path
from smallcounts.disclosure.reading import read_people  # noqa: E402  # after the path
from smallcounts.disclosure.release import Protected  # noqa: E402  # after the path
from smallcounts.disclosure.suppression import suppress  # noqa: E402  # after the path

DATA = ROOT / "tests" / "published" / "data" / "disclosure"
YEARS = ("2021", "2022", "2023", "2024", "2025")
KEY = bytes(range(32))
PEER_HIDDEN = {"2021": 71, "2022": 64, "2023": 59, "2024": 64, "2025": 67}  # GaussSuppression 1.2.3
ERROR_BAR = {3: 0.95, 5: 1.65}


@dataclass(frozen=True)
class Claim:
    """What was measured, in `unit`, and the bar it must stay under (strictly for cells)."""

    name: str
    value: float
    bar: float
    unit: str
    verdict: str
    note: str = ""


def claim(name: str, value: float, bar: float, unit: str = "s", note: str = "") -> Claim:
    met = value < bar if unit == "cells" else value <= bar
    return Claim(name, value, bar, unit, "ok" if met else "missed", note)


def median_cpu(run: Callable[[], object], runs: int) -> float:
    """Median CPU seconds of `runs` runs after a warm-up."""
    run()
    times = []
    for _ in range(runs):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def once(run: Callable[[], Protected]) -> tuple[Protected, float]:
    begin = time.process_time()
    return run(), time.process_time() - begin


def programme() -> Programme:
    return Programme.from_toml((DATA / "programme.toml").read_text(encoding="utf-8"))


def people(years: tuple[str, ...]) -> People:
    files = [
        (f"micro_{year}.csv", (DATA / f"micro_{year}.csv").read_text(encoding="utf-8")) for year in years
    ]
    return read_people(programme(), files)


def register() -> tuple[np.ndarray, list[int], np.ndarray, list[tuple[int, ...]]]:
    """100,000 invented people with 8 properties, their record keys, and all 56 crossings of three."""
    rng, sizes = np.random.default_rng(1), [5, 6, 8, 4, 9, 7, 6, 8]
    codes = np.stack([rng.choice(s, 100_000, p=rng.dirichlet(np.ones(s))) for s in sizes], axis=1)
    return codes, sizes, rng.integers(0, 2**32, 100_000), list(combinations(range(8), 3))


def counting(runs: int) -> list[Claim]:
    codes, sizes, keys, tables = register()
    noise = make_ptable(reach=5, variance=4.0, least_shown=5)
    many = sum(int((t.counts > 0).sum()) for t in count_tables(codes, sizes, tables))

    def keyed() -> None:
        for table in count_tables(codes, sizes, tables, keys=keys):
            perturb(table, noise)

    counted = median_cpu(lambda: count_tables(codes, sizes, tables), runs)
    return [
        claim("56 tables of 100,000 counted", counted, 0.2, note=f"{many:,} non-empty cells"),
        claim("56 tables of 100,000 cell-keyed", median_cpu(keyed, runs), 0.5, note="ONS 3.0 s as stated"),
    ]


def rounded(years: tuple[str, ...], base: int) -> Protected:
    """Rounded beside an empty ledger, then A1 and A4; the run fails when an attack does."""
    made = programme()
    prepared = prepare(made, people(years), ledger=Ledger(), base=base)
    found = protect_by_rounding(prepared, KEY, release="r", ledger=Ledger(), memory={})
    published = [found.published()]
    seen = view(published)
    domain = domain_of(made, seen.cells)
    for verdict in (attack_bounds(seen, domain), attack_differences(published, domain)):
        if not verdict.passed:
            raise SystemExit(str(verdict))
    return found


def rounding(years: tuple[str, ...], name: str, bar: float) -> list[Claim]:
    claims = []
    for base in (5, 3):
        found, seconds = once(partial(rounded, years, base))
        lost = found.lost
        sums = "sums agree" if lost.is_additive else "sums differ"
        note = f"{found.status}, greatest error {lost.max_error}, {sums}"
        claims.append(claim(f"{name}, base {base}: protect + A1 + A4", seconds, bar, note=note))
        claims.append(claim(f"{name}, base {base}: mean error", lost.mean_error, ERROR_BAR[base], "people"))
    return claims


def hiding() -> list[Claim]:
    """Fewest dots of each year without the rule on groups, which the peer has not; with it as a note."""
    claims, made = [], programme()
    for year in YEARS:
        plain = replace(made, rules=replace(made.rules, group_disclosure=False))
        systems = [build_system(one, people((year,))) for one in (plain, made)]
        found, seconds = once(partial(suppress, systems[0], release=year, seconds=120))
        groups = suppress(systems[1], release=year, seconds=120)
        with_groups = f"{groups.lost.hidden} ({groups.status}) with the rule on groups"
        note = f"of 145, {found.status} in {seconds:.1f} s; {with_groups}"
        claims.append(claim(f"{year}: cells hidden", found.lost.hidden, PEER_HIDDEN[year], "cells", note))
    return claims


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    claims = [*counting(asked.runs), *hiding(), *rounding(("2021",), "one year", 15)]
    claims += [] if asked.quick else rounding(YEARS, "five years", 120)
    if asked.json:
        sys.stdout.write(json.dumps([asdict(c) for c in claims]) + "\n")
    else:
        for c in claims:
            value = f"{c.value:.0f}" if c.unit == "cells" else f"{c.value:.3f}"
            sys.stdout.write(f"{c.name:<42} {value:>8} {c.unit:<6} bar {c.bar:<5g} {c.verdict:<6} {c.note}\n")
    return 0 if all(c.verdict == "ok" for c in claims) else 1


if __name__ == "__main__":
    raise SystemExit(main())
