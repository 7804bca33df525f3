"""How often the statistical attacks A6 and A7 refuse honest protections and planted leaks, on fresh keys.

    python benchmarks/disclosure_attacks.py [--keys 20] [--first 0] [--scene 2025] [--only A6|A7] [--cubes 6]

Keys and cubes are drawn from numbers that no test and no rule was settled on. A6 is made on the rounding that
is sold (base 5), on a release of other people (which can tell nothing of these), and on leaks: the truth, the
nearest multiple of 3 and of 5. A7 is made on keyed attempts until one passes. An hour on one thread with 20
keys.
"""

import argparse
import csv
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before NumPy is imported

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402  # after the number of threads

from smallcounts.disclosure.attacks.bounds import narrowed  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.domain import domain_of  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.inference import attack_one_property  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.knowledge import view  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.making import Maker, rounding_maker  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.singling import attack_by_singling_out  # noqa: E402  # after the path
from smallcounts.disclosure.attacks.suite import Surroundings, audit  # noqa: E402  # after the path
from smallcounts.disclosure.cells import System, build_system  # noqa: E402  # after the path
from smallcounts.disclosure.ledger import Ledger  # noqa: E402  # after the path
from smallcounts.disclosure.people import People  # noqa: E402  # after the path
from smallcounts.disclosure.preparing import Prepared, prepare  # noqa: E402  # after the path
from smallcounts.disclosure.programme import Programme  # noqa: E402  # after the path
from smallcounts.disclosure.protecting import protect_by_rounding  # noqa: E402  # after the path
from smallcounts.disclosure.release import Figure, Method, Published  # noqa: E402  # after the path
from smallcounts.disclosure.rounding import Search  # noqa: E402  # after the path
from tests.unit.smallcounts.disclosure import cubes, reference  # noqa: E402  # after the path

FIRST_CUBE = 7_000  # seeds below were seen while the rules were settled
ATTEMPTS = 24
Scene = tuple[str, Programme, People]


def key(number: int) -> bytes:
    return hashlib.sha256(f"judged by nobody {number}".encode()).digest()


def scenes(asked: int) -> Iterator[Scene]:
    """The five years one by one, the site's example, and cubes of new seeds."""
    for year in reference.YEARS:
        yield year, reference.programme(), reference.people((year,))
    yield example()
    for number in range(asked):
        shape = ("reference", "flat", "deep")[number % 3]
        seed = FIRST_CUBE + number
        yield f"{shape} {seed}", cubes.programme(shape), cubes.people(shape, seed)


def example() -> Scene:
    """The people of the site's example, from 2022, as the site gives them to the protection, one by one."""
    home = ROOT / "klarsyn"
    made = Programme.from_toml((home / "mapping/programmes/pahittade_personer.toml").read_text("utf-8"))
    rows = []
    with (home / "sources/snapshot/counts/pahittade-personer.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            given = dict(part.split("=") for part in row["category"].split(";")) | {"district": row["area"]}
            codes = [v.categories.index(given[v.name]) for v in made.variables]
            if row["period"] >= "2022":
                rows.append((row["period"], codes, int(row["value"])))
    periods = tuple(sorted({period for period, _, _ in rows}))
    people = People(
        periods, np.array([periods.index(p) for p, _, _ in rows]), np.array([c for _, c, _ in rows]),
        np.array([n for _, _, n in rows]),
    )  # fmt: skip
    return "the site's example", made, people.one_by_one()


def printed(make: Callable[[int], int], programme: Programme, *, method: Method, base: int) -> Maker:
    """A maker that prints `make(count)` in every cell."""

    def maker(people: People, before: People | None) -> Published:
        system = build_system(programme, people)
        rows = zip(system.cells, system.counts, system.thresholds, strict=True)
        return Published("r", tuple(Figure(c, make(int(n)), method, base, int(t)) for c, n, t in rows))

    return maker


def nearest(base: int) -> Callable[[int], int]:
    return lambda count: base * round(count / base)


def of_others(programme: Programme, own: bytes) -> Maker:
    """The rounding of as many people with every property drawn apart: it tells nothing of the given ones."""
    good, rng = rounding_maker(programme, own), np.random.default_rng(list(own))

    def maker(people: People, before: People | None) -> Published:
        codes = np.stack([rng.permutation(column) for column in people.codes.T], axis=1)
        return good(replace(people, codes=codes), None)

    return maker


def a6(scene: Scene, keys: int, first: int) -> dict[str, tuple[int, int]]:
    """(refusals, trials) of each kind of release."""
    _, programme, people = scene
    kinds: dict[str, Callable[[int], Maker]] = {
        "base 5": lambda n: rounding_maker(programme, key(n), base=5),
        "of others": lambda n: of_others(programme, key(n)),
        "the truth": lambda _: printed(lambda n: n, programme, method=Method.SUPPRESSED, base=1),
        "nearest 3": lambda _: printed(nearest(3), programme, method=Method.ROUNDED, base=3),
        "nearest 5": lambda _: printed(nearest(5), programme, method=Method.ROUNDED, base=5),
    }
    found = {}
    for name, make in kinds.items():
        many = keys if name in ("base 5", "of others") else (keys + 1) // 2  # leaks need no key
        verdicts = [
            attack_by_singling_out(make(n), programme, people, seed=FIRST_CUBE + n)
            for n in range(first, first + many)
        ]
        found[name] = (sum(not v.passed for v in verdicts), len(verdicts))
    return found


def a7(scene: Scene, keys: int, first: int) -> list[dict[str, object]]:
    """For each key: attempts until A3 and A7 pass, the gains that the gate saw, and the true ones."""
    _, programme, people = scene
    prepared = prepare(programme, people, ledger=Ledger(), base=5)
    return [_until_passed(prepared, key(n)) for n in range(first, first + keys)]


def _until_passed(prepared: Prepared, own: bytes) -> dict[str, object]:
    programme, system = prepared.system.programme, prepared.system
    refused: list[str] = []
    for attempt in range(ATTEMPTS):
        published = _rounded(prepared, own, attempt)
        found = audit(
            [published], programme, system.people, attacks=("A3", "A7"),
            around=Surroundings(agency=programme.agency),
        )  # fmt: skip
        if found.passed:
            gate = dict(found.verdicts[1].numbers)
            return {
                "attempts": attempt + 1,
                "refused": refused,
                "gate": gate,
                "true": _true(system, published),
            }
        refused += [v.attack for v in found.verdicts if not v.passed]
    return {"attempts": None, "refused": refused}


def _rounded(prepared: Prepared, own: bytes, attempt: int) -> Published:
    search = Search(attempt=attempt)
    made = protect_by_rounding(prepared, own, release="r", ledger=Ledger(), memory={}, search=search)
    return made.published()


def _true(system: System, published: Published) -> dict[str, float]:
    """The gain of the actual attacker on the actual people: what no gate may look at."""
    seen = view([published])
    seen = narrowed(seen, domain_of(system.programme, seen.cells, system.periods))
    return dict(attack_one_property(seen, [system]).numbers)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keys", type=int, default=20)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--cubes", type=int, default=6)
    parser.add_argument("--scene", action="append")
    parser.add_argument("--only", choices=("A6", "A7"))
    asked = parser.parse_args()
    for scene in scenes(asked.cubes):
        if asked.scene and scene[0] not in asked.scene:
            continue
        answer: dict[str, object] = {"scene": scene[0], "people": len(scene[2])}
        if asked.only != "A7":
            answer["A6"] = a6(scene, asked.keys, asked.first)
        if asked.only != "A6":
            answer["A7"] = a7(scene, asked.keys, asked.first)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
