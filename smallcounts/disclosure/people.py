"""The people behind the tables as codes: one row a person and period, or counted combinations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.errors import PeopleError
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.variables import Variable

MAX_ROWS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """People of one or more periods, or (without pseudonyms) counted combinations of categories.

    periods: the periods in order; period: index into them, (n,). codes: (n, variables), the finest category
    of each variable of the programme in its order. weight: people in the row, (n,); 1 for microdata.
    pseudonyms: (n,) texts, the same for the same person in every period; empty for counted combinations.
    """

    periods: tuple[str, ...]
    period: NDArray[np.int64]
    codes: NDArray[np.int64]
    weight: NDArray[np.int64]
    pseudonyms: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.period)

    def only(self, keep: NDArray[np.bool_]) -> People:
        """The rows where `keep` is true; the periods stay."""
        chosen = tuple(p for p, k in zip(self.pseudonyms, keep, strict=True) if k) if self.pseudonyms else ()
        return People(self.periods, self.period[keep], self.codes[keep], self.weight[keep], chosen)

    def one_by_one(self) -> People:
        """One row for each person, so that who is left out or added is a person and never a whole group."""
        if (self.weight == 1).all():
            return self
        rows = np.repeat(np.arange(len(self)), self.weight)
        return People(self.periods, self.period[rows], self.codes[rows], np.ones(len(rows), dtype=np.int64))


def people_from_rows(programme: Programme, rows: Iterable[tuple[str, str, str, Mapping[str, str]]]) -> People:
    """People from (where, period, pseudonym, categories by variable) rows, one a person and period.

    `where` is the address for complaints ("micro.csv:12"). A level's name among the categories is checked
    against the hierarchy. PeopleError for an unknown category, a person twice in a period, or too many rows.
    """
    found: list[tuple[str, str, list[int]]] = []
    first: dict[tuple[str, str], str] = {}
    for where, period, pseudonym, categories in rows:
        if (period, pseudonym) in first:
            raise PeopleError(
                f"{where}: the person {pseudonym!r} stands in {period} already ({first[period, pseudonym]}); "
                "one row holds one person and period"
            )
        first[period, pseudonym] = where
        codes = [code_of(variable, categories, where) for variable in programme.variables]
        found.append((period, pseudonym, codes))
        if len(found) > MAX_ROWS:
            raise PeopleError(
                f"{where}: more than {MAX_ROWS:,} rows; this protects municipalities and counties, "
                "use the cell-key method for larger registers"
            )
    if not found:
        raise PeopleError("there are no people; the tables would be empty", code="nobody")
    found.sort()  # the order of the rows tells nothing and changes nothing
    periods = tuple(sorted({period for period, _, _ in found}))
    return People(
        periods,
        np.array([periods.index(period) for period, _, _ in found], dtype=np.int64),
        np.array([codes for _, _, codes in found], dtype=np.int64).reshape(len(found), -1),
        np.ones(len(found), dtype=np.int64),
        tuple(pseudonym for _, pseudonym, _ in found),
    )


def code_of(variable: Variable, categories: Mapping[str, str], where: str) -> int:
    """The finest code of `variable` in one row; PeopleError naming the row and the category."""
    category = categories.get(variable.name)
    if category is None:
        raise PeopleError(
            f"{where}: the column '{variable.name}' is missing; the programme names it",
            code="variable_missing", where=where, variables=variable.name,
        )  # fmt: skip
    if category not in variable.categories:
        raise PeopleError(
            f"{where}: {category!r} is no category of '{variable.name}'; "
            f"there are {', '.join(variable.categories)}",
            code="unknown_category", where=where, category=category, variable=variable.name,
        )  # fmt: skip
    code = variable.categories.index(category)
    for level in variable.levels:
        group = categories.get(level.name)
        true = next(c for c, codes in zip(level.categories, level.codes, strict=True) if code in codes)
        if group is not None and group != true:
            raise PeopleError(
                f"{where}: {category!r} lies in {level.name} {true!r} by the programme, not in {group!r}",
                code="other_level", where=where, category=category, level=level.name, true=true, group=group,
            )  # fmt: skip
    return code
