"""A variable of the programme: its categories in order, and the levels its categories are summed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smallcounts.disclosure.toml_items import Item

JOIN = " & "  # a merged category is named "N2 & N3", so that any release can read it without the programme


@dataclass(frozen=True, slots=True)
class Level:
    """Coarser categories of a variable ("area" of "district"): each a set of the finest codes."""

    name: str
    categories: tuple[str, ...]
    codes: tuple[tuple[int, ...], ...]
    shown: tuple[tuple[str, tuple[int, ...]], ...] = ()  # as of a variable: what tables show


@dataclass(frozen=True, slots=True)
class Variable:
    """One property of a person.

    categories: the finest, in order; a person's code is the place in this tuple. levels: from fine to coarse.
    shown: the categories tables show, each with its finest codes; they differ from `categories` after
    coarsening. children: categories of children. is_sensitive: base 3 is never used for it.
    is_place: every cell of it has the threshold of children. may_coarsen: small categories merge upward.
    """

    name: str
    categories: tuple[str, ...]
    levels: tuple[Level, ...] = ()
    shown: tuple[tuple[str, tuple[int, ...]], ...] = ()
    children: tuple[str, ...] = ()
    is_sensitive: bool = False
    is_place: bool = False
    may_coarsen: bool = False

    def names(self) -> tuple[str, ...]:
        """The variable's name and those of its levels, from fine to coarse."""
        return (self.name, *(level.name for level in self.levels))

    def shown_at(self, name: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The categories a table shows of this variable or of one of its levels, with their finest codes."""
        if name == self.name:
            return self.shown
        return next(one for one in self.levels if one.name == name).shown

    def codes(self, name: str, category: str) -> tuple[int, ...] | None:
        """The finest codes of a category, merged ones ("N2 & N3") too; None when it is unknown."""
        known: dict[str, tuple[int, ...]] = dict(self.shown_at(name))
        if name == self.name:
            known |= {c: (i,) for i, c in enumerate(self.categories)}
        for level in self.levels:
            if level.name == name:
                known |= dict(zip(level.categories, level.codes, strict=True))
        found = [known.get(part) for part in category.split(JOIN)]
        if any(one is None for one in found):
            return None
        return tuple(sorted({code for one in found if one for code in one}))


def read_variable(item: Item) -> Variable:
    """One [[variables]] of a programme; ProgrammeError that names what is wrong."""
    name = item.text("name")
    _check_name(item, name)
    categories = item.texts("categories")
    if len(categories) < 2:
        raise item.wrong("'categories' needs at least two; a variable with one category tells nothing")
    for category in categories:
        _check_category(item, category)
    children = item.texts("children", ())
    for child in children:
        if child not in categories:
            raise item.wrong(f"'children' names {child!r}, which is no category of it")
    levels = _levels(item, categories)
    may_coarsen = item.flag("may_coarsen", bool(levels))
    if may_coarsen and not levels:
        raise item.wrong("'may_coarsen' needs a level to merge into; add [[variables.levels]]")
    variable = Variable(
        name, categories, levels, tuple((c, (i,)) for i, c in enumerate(categories)), children,
        item.flag("is_sensitive", False), item.flag("is_place", False), may_coarsen,
    )  # fmt: skip
    item.finish()
    return variable


def _levels(item: Item, categories: tuple[str, ...]) -> tuple[Level, ...]:
    """The levels from fine to coarse; each groups the categories of the one below, no hole, no overlap."""
    below: dict[str, tuple[int, ...]] = {c: (i,) for i, c in enumerate(categories)}
    levels = []
    for one in item.items("levels"):
        name, groups = one.text("name"), one.table("groups")
        _check_name(one, name)
        owner: dict[str, str] = {}
        for group in groups.data:
            _check_category(one, group)
            for member in groups.texts(group):
                if member not in below:
                    raise one.wrong(f"{group!r} holds {member!r}, which is not on the level below")
                if member in owner:
                    raise one.wrong(f"{member!r} lies in both {owner[member]!r} and {group!r}; choose one")
                owner[member] = group
        hole = [c for c in below if c not in owner]
        if hole:
            raise one.wrong(f"the hierarchy has a hole: {hole[0]!r} lies in no group; add it to one")
        one.finish()
        below = _grouped(tuple(groups.data), owner, below)
        levels.append(Level(name, tuple(below), tuple(below.values()), tuple(below.items())))
    return tuple(levels)


def _grouped(
    groups: tuple[str, ...], owner: Mapping[str, str], below: Mapping[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    members = {g: [c for c in below if owner[c] == g] for g in groups}
    return {g: tuple(sorted(code for c in inside for code in below[c])) for g, inside in members.items()}


def _check_name(item: Item, name: str) -> None:
    if name in ("period", "pid", "count") or any(mark in name for mark in "|="):
        raise item.wrong(
            f"a variable cannot be called {name!r}; 'period', 'pid', 'count', '|', '=' are taken"
        )


def _check_category(item: Item, category: str) -> None:
    if "|" in category or JOIN in category or category != category.strip():
        raise item.wrong(f"the category {category!r} holds '|', '{JOIN}' or blanks at its ends; rename it")
