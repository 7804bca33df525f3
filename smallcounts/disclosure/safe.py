"""The last door: the only maker of a SafeTable.

A table passes if every figure in it is already public (each input row names its publication) or invented and
marked so, or if its figures are protected and the whole release withstood every attack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smallcounts.counts import CountTable
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.layout import Sheet
from smallcounts.results import _PERMIT, Cell, Column, SafeTable


def permit_public(
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Cell]],
    *,
    inputs: Sequence[CountTable],
    sources: Sequence[str] = (),
) -> SafeTable:
    """A SafeTable of `rows`, if everything in `inputs` is already public (or all of it invented).

    `inputs` are the count tables the rows were computed from; `sources` adds keys of published
    facts that are not counts. Raises DisclosureRefused otherwise, and when invented and real
    figures would stand in one table.
    """
    invented = {table.is_invented for table in inputs}
    if len(invented) > 1:
        raise DisclosureRefused(
            f"{name}: invented and real figures may not stand in one table", code="mixed", table=name
        )
    for table in inputs:
        _check_public(name, table)
    keys = {key for table in inputs for count in table.counts for key in count.sources} | set(sources)
    if not keys:
        raise DisclosureRefused(
            f"{name}: no source is named; a figure without a source is not published",
            code="no_source", table=name,
        )  # fmt: skip
    body = tuple(tuple(row[c.name] for c in columns) for row in rows)
    return SafeTable(
        name=name,
        columns=tuple(columns),
        rows=body,
        rule="invented" if invented == {True} else "already_public",
        sources=tuple(sorted(keys)),
        is_invented=invented == {True},
        permit=_PERMIT,
    )


def permit_attacked(
    sheet: Sheet, *, verdicts: Sequence[Verdict], rule: str, sources: Sequence[str], is_invented: bool
) -> SafeTable:
    """A SafeTable of a protected sheet that withstood the attacks.

    `verdicts`: the outcome of every attack on the whole release; `rule`: how it was protected. Raises
    DisclosureRefused when one failed, none was made, or no source is named.
    """
    broken = [verdict.attack for verdict in verdicts if not verdict.passed]
    if broken or not verdicts:
        why = f"the attack {broken[0]} breaks it" if broken else "it was never attacked"
        raise DisclosureRefused(f"{sheet.name}: {why}; it may not leave", code="attacked", table=sheet.name)
    if not sources:
        raise DisclosureRefused(
            f"{sheet.name}: no source is named; a figure without a source is not published",
            code="no_source", table=sheet.name,
        )  # fmt: skip
    return SafeTable(
        name=sheet.name,
        columns=sheet.columns,
        rows=tuple(tuple(row[c.name] for c in sheet.columns) for row in sheet.rows),
        rule=rule,
        sources=tuple(sorted(sources)),
        is_invented=is_invented,
        permit=_PERMIT,
    )


def _check_public(name: str, table: CountTable) -> None:
    if table.is_invented:
        return
    if not table.is_public:
        raise DisclosureRefused(
            f"{name}: '{table.measure}' holds figures that are not public; they wait for the disclosure "
            "check", code="not_public", table=name,
        )  # fmt: skip
    for count in table.counts:
        if not count.sources:
            raise DisclosureRefused(
                f"{name}: {count.name} {count.period} names no publication",
                code="no_publication", table=name, count=f"{count.name} {count.period}",
            )  # fmt: skip


def to_payload(table: SafeTable) -> dict[str, object]:
    """A SafeTable as plain JSON types, for freezing."""
    return {
        "name": table.name,
        "columns": [[c.name, c.kind, c.unit] for c in table.columns],
        "rows": [list(row) for row in table.rows],
        "rule": table.rule,
        "sources": list(table.sources),
        "is_invented": table.is_invented,
    }


def from_frozen(payload: Mapping[str, object]) -> SafeTable:
    """The SafeTable that `to_payload` froze. The caller has checked the hash of the file it came from."""
    columns: list[list[str]] = payload["columns"]  # type: ignore[assignment]
    rows: list[list[Cell]] = payload["rows"]  # type: ignore[assignment]
    sources: list[str] = payload["sources"]  # type: ignore[assignment]
    return SafeTable(
        name=str(payload["name"]),
        columns=tuple(Column(*c) for c in columns),
        rows=tuple(tuple(r) for r in rows),
        rule=str(payload["rule"]),
        sources=tuple(sources),
        is_invented=bool(payload["is_invented"]),
        permit=_PERMIT,
    )
