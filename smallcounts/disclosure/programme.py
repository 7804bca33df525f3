"""The publication programme: what is published, of which variables, under which rules; one TOML file."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from smallcounts.disclosure.errors import ProgrammeError
from smallcounts.disclosure.rules import Rules, read_rules
from smallcounts.disclosure.toml_items import Item
from smallcounts.disclosure.variables import Variable, read_variable
from smallcounts.disclosure.within import Within, read_within

KINDS = ("percent", "rate", "mean")


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the publication.

    variables: names of variables or levels, at most one of each hierarchy. subtotals: coarser levels of them
    shown too. margins: the sets of variables whose sums are shown; None for all sums. periods: single periods
    or sums of neighbouring ones ("2021/2023"); empty for every single period of the data.
    """

    name: str
    variables: tuple[str, ...]
    subtotals: tuple[str, ...] = ()
    margins: tuple[tuple[str, ...], ...] | None = None
    periods: tuple[str, ...] = ()

    def shown_margins(self) -> tuple[tuple[str, ...], ...]:
        """The sets of variables that are crossed in this table, the full one first, the total () last."""
        sizes = range(len(self.variables), -1, -1)
        every = tuple(c for size in sizes for c in combinations(self.variables, size))
        return (
            every if self.margins is None else tuple(m for m in every if m == every[0] or m in self.margins)
        )


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure computed from the protected values of a table, never from the people.

    kind "percent": each cell as a share of its margin `of`. "rate": cells of the margin `of` per `per` of a
    public `population` (period, category texts joined by "|", people). "mean": of `variable`'s `scores`
    (category, number) over the cells of the margin `of`.
    """

    name: str
    kind: str
    table: str
    of: tuple[str, ...]
    decimals: int = 0
    per: int = 10_000
    variable: str = ""
    scores: tuple[tuple[str, float], ...] = ()
    population: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """All that is published of one set of people. Made by `from_toml`.

    impossible: combinations (variable or level, category) that cannot hold anyone. digest: SHA-256
    of the text. agency: the variable that tells who reported, "" when none does: an agency knows its own.
    within: which of these people are people of another programme; the two are attacked together.
    """

    name: str
    variables: tuple[Variable, ...]
    tables: tuple[Table, ...]
    derived: tuple[Derived, ...] = ()
    rules: Rules = field(default_factory=Rules)
    impossible: tuple[tuple[tuple[str, str], ...], ...] = ()
    digest: str = ""
    agency: str = ""
    within: tuple[Within, ...] = ()

    @classmethod
    def from_toml(cls, text: str) -> Programme:
        """The programme in a TOML text; ProgrammeError that names the line or the item."""
        try:
            item = Item("programme", tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise ProgrammeError(f"the programme is no TOML: {error}") from None
        variables = tuple(read_variable(one) for one in item.items("variables"))
        names = [name for v in variables for name in v.names()]
        if len(set(names)) != len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise item.wrong(f"two variables or levels are called {twice!r}; rename one")
        bare = cls(item.text("name"), variables, ())
        tables = tuple(_table(one, bare) for one in item.items("tables"))
        if not tables:
            raise item.wrong("no table is declared; add [[tables]]")
        programme = cls(
            bare.name, variables, tables,
            tuple(_derived(one, bare, tables) for one in item.items("derived")),
            read_rules(item.table("rules")),
            tuple(_impossible(one, bare) for one in item.items("impossible")),
            hashlib.sha256(text.encode()).hexdigest(),
            _agency(item, bare),
            tuple(_within(one, bare) for one in item.items("within")),
        )  # fmt: skip
        item.finish()
        _check_unique(item, [t.name for t in tables], "tables")
        _check_unique(item, [d.name for d in programme.derived], "derived figures")
        return programme

    def variable(self, name: str) -> Variable | None:
        """The variable that has this name or a level of this name."""
        return next((v for v in self.variables if name in v.names()), None)

    def table(self, name: str) -> Table:
        """The table of this name; ProgrammeError when there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise ProgrammeError(
            f"no table is called {name!r}; there are {', '.join(t.name for t in self.tables)}"
        )

    def threshold(self, parts: Sequence[tuple[str, str]]) -> int:
        """The threshold of the cell with these (variable, category) parts: higher for children and places."""
        for name, category in parts:
            variable = self.variable(name)
            if variable and (variable.is_place or category in variable.children):
                return self.rules.threshold_children
        return self.rules.threshold


def _check_unique(item: Item, names: Sequence[str], what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise item.wrong(f"two {what} are called {name!r}; rename one")


def _known(item: Item, programme: Programme, names: Sequence[str]) -> None:
    """ProgrammeError unless each name is a variable or a level, and no two are of one hierarchy."""
    owners: dict[str, str] = {}
    for name in names:
        variable = programme.variable(name)
        if variable is None:
            known = ", ".join(n for v in programme.variables for n in v.names())
            raise item.wrong(f"{name!r} is no variable; there are {known}")
        if variable.name in owners:
            raise item.wrong(f"{owners[variable.name]!r} and {name!r} are levels of one hierarchy; keep one")
        owners[variable.name] = name


def _table(item: Item, programme: Programme) -> Table:
    name, variables, subtotals = item.text("name"), item.texts("variables"), item.texts("subtotals", ())
    _known(item, programme, variables)
    for subtotal in subtotals:
        owner = programme.variable(subtotal)
        fine = next((n for n in variables if owner and n in owner.names()), None)
        if owner is None or fine is None or owner.names().index(fine) >= owner.names().index(subtotal):
            raise item.wrong(f"the subtotal {subtotal!r} is no coarser level of a variable of the table")
    margins = None
    if item.has("margins"):
        given = item.data["margins"]
        if not isinstance(given, list) or not all(isinstance(m, list) for m in given):
            raise item.wrong("'margins' is a list of lists of variables, such as [[\"area\"], []]")
        for margin in given:
            for one in margin:
                if one not in variables:
                    raise item.wrong(f"the margin {margin!r} names {one!r}, which the table does not cross")
        margins = tuple(tuple(v for v in variables if v in margin) for margin in given)
    table = Table(name, variables, subtotals, margins, item.texts("periods", ()))
    item.finish()
    return table


def _agency(item: Item, programme: Programme) -> str:
    agency = item.text("agency") if item.has("agency") else ""
    if agency:
        _known(item, programme, [agency])
    return agency


def _within(item: Item, programme: Programme) -> Within:
    found = read_within(item)
    for parts in found.cells:
        _known(item, programme, [name for name, _ in parts])
        _check_categories(item, programme, parts)
    return found


def _check_categories(item: Item, programme: Programme, parts: Sequence[tuple[str, str]]) -> None:
    for name, category in parts:
        variable = programme.variable(name)
        if variable is None or variable.codes(name, category) is None:
            raise item.wrong(f"{category!r} is no category of {name!r}")


def _impossible(item: Item, programme: Programme) -> tuple[tuple[str, str], ...]:
    parts = tuple(sorted((name, item.text(name)) for name in item.data))
    _known(item, programme, [name for name, _ in parts])
    _check_categories(item, programme, parts)
    if not parts:
        raise item.wrong("an impossible combination names at least one category")
    return parts


def _derived(item: Item, programme: Programme, tables: Sequence[Table]) -> Derived:
    kind, called = item.text("kind"), item.text("table")
    if kind not in KINDS:
        raise item.wrong(f"'kind' is one of {', '.join(KINDS)}, not {kind!r}")
    table = next((t for t in tables if t.name == called), None)
    if table is None:
        raise item.wrong(f"there is no table {called!r}")
    of = item.texts("of")
    if not set(of) <= set(table.variables) or (of := tuple(v for v in table.variables if v in of)) not in (
        table.shown_margins()
    ):
        raise item.wrong(f"the margin {list(of)} is not shown in the table {called!r}")
    variable = item.text("variable") if kind == "mean" else ""
    derived = Derived(
        item.text("name"), kind, called, of, item.number("decimals", 0), item.number("per", 10_000, least=1),
        variable, _scores(item.table("scores"), programme, variable), _population(item.table("population")),
    )  # fmt: skip
    if kind == "mean" and (
        variable in of
        or tuple(v for v in table.variables if v in (*of, variable)) not in (table.shown_margins())
    ):
        raise item.wrong(f"the mean needs {variable!r} crossed with {list(of)} in the table {called!r}")
    item.finish()
    return derived


def _scores(item: Item, programme: Programme, variable: str) -> tuple[tuple[str, float], ...]:
    owner = programme.variable(variable)
    if owner is None:
        return ()
    scores = []
    for category, _ in owner.shown_at(variable):
        value = item.data.get(category)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise item.wrong(f"the category {category!r} needs a number")
        scores.append((category, float(value)))
    return tuple(scores)


def _population(item: Item) -> tuple[tuple[str, str, int], ...]:
    rows = []
    for period in item.data:
        inside = item.table(period)
        rows += [(period, category, inside.number(category, 0, least=1)) for category in inside.data]
    return tuple(rows)
