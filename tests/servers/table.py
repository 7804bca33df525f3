"""The statistics the local server holds: real codes and names, invented figures, every kind of mark."""

import functools
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

Cell = int | str  # a number, or the mark that stands in its place

MUNICIPALITIES = {
    "0114": "Upplands Väsby", "0115": "Vallentuna", "0117": "Österåker", "0120": "Värmdö", "0123": "Järfälla",
    "0180": "Stockholm", "0305": "Håbo", "0330": "Knivsta", "0331": "Heby", "0380": "Uppsala",
    "0480": "Nyköping", "0580": "Linköping", "0581": "Norrköping", "0604": "Aneby", "0617": "Gnosjö",
    "0642": "Mullsjö", "0643": "Habo", "0662": "Gislaved", "0665": "Vaggeryd", "0680": "Jönköping",
    "0682": "Nässjö", "0683": "Värnamo", "0684": "Sävsjö", "0685": "Vetlanda", "0686": "Eksjö",
    "0687": "Tranås", "0780": "Växjö", "1280": "Malmö", "1281": "Lund", "1480": "Göteborg",
    "1490": "Borås", "1780": "Karlstad", "1880": "Örebro", "2180": "Gävle", "2480": "Umeå", "2580": "Luleå",
}  # fmt: skip
COUNTIES = {
    "01": "Stockholms län", "03": "Uppsala län", "04": "Södermanlands län", "05": "Östergötlands län",
    "06": "Jönköpings län", "07": "Kronobergs län", "12": "Skåne län", "14": "Västra Götalands län",
    "17": "Värmlands län", "18": "Örebro län", "21": "Gävleborgs län", "24": "Västerbottens län",
    "25": "Norrbottens län",
}  # fmt: skip
YEARS = tuple(str(y) for y in range(2001, 2025))
FOUNDED = {"0330": 2003, "0331": 2007}
MARKS: dict[tuple[str, str, str, str], str] = {
    ("0114", "1", "BE0101N1", "2018"): "..",
    ("0115", "2", "BE0101N2", "2018"): "-",
    ("0604", "1", "BE0101N2", "2019"): "x",
    ("0617", "2", "BE0101N2", "2019"): "..C",
}


@dataclass(frozen=True)
class Variable:
    code: str
    text: str
    values: tuple[tuple[str, str], ...]
    role: str = ""
    optional: bool = False
    unit: str = ""
    leaves: tuple[str, ...] = ()  # what is summed when the variable is left out

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.values)

    def text_of(self, code: str) -> str:
        return dict(self.values)[code]

    def cut(self, codes: Sequence[str]) -> "Variable":
        kept = tuple((c, t) for c, t in self.values if c in codes)
        return Variable(self.code, self.text, kept, self.role, self.optional, self.unit, self.leaves)


@dataclass
class Table:
    id: str
    path: str
    title: str
    variables: tuple[Variable, ...]
    figure: Callable[[tuple[str, ...]], Cell]
    updated: str = "2025-02-21T07:00:00Z"
    source: str = "SCB"

    def variable(self, code: str) -> Variable | None:
        return next((v for v in self.variables if v.code == code), None)

    def cells(self, chosen: Sequence[Variable]) -> list[Cell]:
        """The figures of a selection, row-major; variables left out are summed away."""
        by_code = {v.code: v.codes for v in chosen}
        inner = {v.code: v.leaves or v.codes for v in self.variables if v.code not in by_code}
        return [self._sum(dict(zip(by_code, at, strict=True)), inner) for at in product(*by_code.values())]

    def _sum(self, at: dict[str, str], inner: dict[str, tuple[str, ...]]) -> Cell:
        found = []
        for rest in product(*inner.values()):
            place = {**at, **dict(zip(inner, rest, strict=True))}
            found.append(self.figure(tuple(place[v.code] for v in self.variables)))
        if len(found) == 1:
            return found[0]
        if any(isinstance(cell, str) and cell not in (".", "-") for cell in found):
            return ".."
        return sum(cell for cell in found if isinstance(cell, int))


@functools.cache
def population(key: tuple[str, ...]) -> Cell:
    """Invented people of an area; counties and the nation are the sums of what the server holds."""
    region, sex, contents, year = key
    if mark := MARKS.get((region, sex, contents, year)):
        return mark
    if len(region) < 4:
        inside = [m for m in MUNICIPALITIES if region == "00" or m.startswith(region)]
        parts = [population((m, sex, contents, year)) for m in inside]
        return sum(part for part in parts if isinstance(part, int))
    if int(year) < FOUNDED.get(region, 0):
        return "."
    start, pace = 4000 + zlib.crc32(region.encode()) % 90000, zlib.crc32(f"{region}{sex}".encode()) % 400
    return pace if contents == "BE0101N2" else start + pace * (int(year) - 2001)


def population_table() -> Table:
    """People by region, sex, contents and year: 50 × 2 × 2 × 24 cells."""
    regions = {"00": "Riket", **COUNTIES, **MUNICIPALITIES}
    contents = (("BE0101N1", "Folkmängd"), ("BE0101N2", "Folkökning"))
    return Table(
        id="TAB638",
        path="BE/BE0101/BE0101A/BefolkningNy",
        title="Folkmängden efter region, kön, tabellinnehåll och år",
        variables=(
            Variable(
                "Region", "region", tuple(sorted(regions.items())), "geo", True, "", tuple(MUNICIPALITIES)
            ),
            Variable("Kon", "kön", (("1", "män"), ("2", "kvinnor")), "", True),
            Variable("ContentsCode", "tabellinnehåll", contents, "metric", False, "antal"),
            Variable("Tid", "år", tuple((y, y) for y in YEARS), "time"),
        ),
        figure=population,
    )


def small_table(number: int) -> Table:
    """A table without regions, so that the list of tables has several pages."""
    return Table(
        id=f"TAB{number}",
        path=f"BE/BE0101/BE0101Z/Liten{number}",
        title=f"Påhittad tabell {number} efter år",
        variables=(
            Variable("ContentsCode", "tabellinnehåll", (("A", "Antal"),), "metric", False, "antal"),
            Variable("Tid", "år", tuple((y, y) for y in YEARS[-3:]), "time"),
        ),
        figure=lambda key: zlib.crc32("".join(key).encode()) % 100,
        source="Brå",
    )
