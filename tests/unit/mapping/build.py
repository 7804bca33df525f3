"""Small inputs built by hand, so that the figures can be checked by eye."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from klarsyn.mapping.definitions import Indicator
from klarsyn.mapping.inputs import Facts, Gathered, Inputs
from klarsyn.mapping.reading import BUILT_IN, load
from klarsyn.sources.values import Area, Measure, Provenance, Share
from smallcounts.counts import Count, CountTable

ON = date(2026, 11, 23)
PEOPLE = {"0680": ("Jönköping", 141_081), "1280": ("Malmö", 344_166), "1480": ("Göteborg", 579_281)}


def indicator(id: str, **changes: object) -> Indicator:
    """A built-in indicator, with changes."""
    found = next(i for i in load(BUILT_IN, on=ON).indicators if i.id == id)
    return replace(found, **changes)  # type: ignore[arg-type]


def provenance(key: str, invented: bool = False) -> Provenance:
    return Provenance(
        key, "Utgivare", "Titel", "", "https://example.org/", Measure.POPULATION, "", None, "2021", "", "", "high",
        is_invented=invented,
    )  # fmt: skip


def counted(area: str, value: int, *, source: str = "sr", period: str = "2019", **more: object) -> Count:
    name, people = PEOPLE.get(area, (area, 50_000))
    made = Count(area, name, period, value, population=people, sources=(source,))
    return replace(made, **more)  # type: ignore[arg-type]


def table(measure: Measure, *counts: Count, invented: bool = False) -> CountTable:
    return CountTable(measure.value, "persons", counts, is_invented=invented, is_public=not invented)


def inputs(
    *figures: Gathered, invented: bool = False, facts: Facts | None = None, **changes: object
) -> Inputs:
    """A mapping of Jönköping 2019 with three municipalities that border on one another."""
    people = [Count(code, name, "2019", n, sources=("scb",)) for code, (name, n) in PEOPLE.items()]
    nation = Count("00", "Riket", "2019", 10_327_589, sources=("scb",))
    keys = {key for g in figures for t in g.tables for c in t.counts for key in c.sources} | {"scb"}
    made = Inputs(
        municipality="0680",
        municipality_name="Jönköping",
        home_region="P-OST",
        year=2019,
        is_invented=invented,
        areas=tuple(Area(code, name, "municipality", "06", None, None) for code, (name, _) in PEOPLE.items()),
        regions=(Area("P-OST", "Polisregion Öst", "police_region", "00", None, None),),
        borders=(("0680", "1280"), ("0680", "1480")),
        population=table(Measure.POPULATION, *([] if invented else [*people, nation]), invented=invented),
        population_by_sex=table(Measure.POPULATION, invented=invented),
        figures=figures,
        facts=facts or Facts(),
        provenance=tuple(provenance(key, invented) for key in sorted(keys)),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def press_counts(*counts: Count) -> Gathered:
    """The figure of 2019: 17, 22 and 22 convicted, unless other counts are given."""
    triple = (counted("0680", 17), counted("1480", 22), counted("1280", 22))
    found = table(Measure.PRESS_COUNT_CONVICTED, *(counts or triple))
    return Gathered(indicator("convicted_press"), (found,), (), ())


def write_indicator(folder: Path, stem: str = "own", **changes: str) -> Path:
    """A right indicator file of a municipality's own; `changes` replaces whole lines by their key."""
    fields = {
        "id": f'id = "{stem}"',
        "chapter": 'chapter = "demand"',
        "order": "order = 90",
        "method": 'method = "series"',
        "measures": 'measures = ["reported_offences"]',
        "datasets": "datasets = []",
        "areas": 'areas = ["P-VAST"]',
        "since": 'since = ""',
        "until": 'until = ""',
        "per": "per = 100000",
        "disclosure": 'disclosure = "already_public"',
        "author": 'author = "Disa"',
        "checker": 'checker = "Greta"',
        "next_review": "next_review = 2027-03-31",
    }
    fields |= {key: line for key, line in changes.items() if key in fields}
    words = ("title", "why", "says_not", "numerator", "denominator", "how")
    texts = [
        changes.get(word, f'[{word}]\nsv = "{word} på svenska"\nen = "{word} in English"') for word in words
    ]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}.toml"
    path.write_text("\n".join([*fields.values(), *texts]) + "\n", encoding="utf-8")
    return path


def invented_grid(side: int = 11, years: int = 3) -> Inputs:
    """Invented counts of a square of municipalities over some years, home in a corner: enough for every model."""
    codes = [f"{1000 + at:04}" for at in range(side * side)]
    counts = [
        Count(code, f"Ort {code}", str(2020 - years + y), (at * 7 + y * 3) % 11, population=20_000 + 500 * at, sources=("sim",))
        for y in range(years)
        for at, code in enumerate(codes)
    ]  # fmt: skip
    right = [(codes[at], codes[at + 1]) for at in range(side * side) if (at + 1) % side]
    down = [(codes[at], codes[at + side]) for at in range(side * side - side)]
    gathered = Gathered(
        indicator("example_rates"), (table(Measure.SIMULATED, *counts, invented=True),), (), ()
    )
    return inputs(
        gathered,
        invented=True,
        municipality=codes[0],
        municipality_name=f"Ort {codes[0]}",
        areas=tuple(Area(code, f"Ort {code}", "municipality", "10", None, None) for code in codes),
        borders=(*right, *down),
        provenance=(provenance("sim", invented=True),),
    )


def disagreeing_inputs() -> Inputs:
    """Real figures of several kinds, with a conflict, a gap and a share: whatever could be ordered by chance."""
    triple = [
        counted("0680", 17),
        counted("1480", 22),
        counted("1480", 25, source="egen"),
        counted("1280", 22),
    ]
    shares = (Share("S", "2017", "män", "fråga", 9.5, None, None, 6048, "scb", ""),)
    return inputs(
        press_counts(*triple), Gathered(indicator("prevalence"), (), (), ()), facts=Facts(shares=shares)
    )
