"""People of one programme who are all people of another: what readers know of both together."""

from __future__ import annotations

from dataclasses import dataclass

from smallcounts.disclosure.toml_items import Item

Parts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Whoever is counted in one of `cells` is also counted in the cell `inside` of another programme.

    So none of `cells` holds more than `inside`, in any single period. cells: parts of each, sorted; () is the
    total. Without cells the two are linked by nothing but that the one never leaves without the other.
    """

    programme: str
    inside: Parts
    cells: tuple[Parts, ...]


def read_within(item: Item) -> Within:
    """One [[within]] of a programme; ProgrammeError that names what is wrong."""
    found = Within(
        item.text("programme"),
        _parts(item, item.text("inside")) if item.data.get("inside") else (),
        tuple(_parts(item, cell) for cell in _cells(item)),
    )
    item.has("inside")
    item.finish()
    return found


def _cells(item: Item) -> tuple[str, ...]:
    """The texts of the cells; "" is the total, which `texts` would take for a slip."""
    given = item.data.get("cells")
    if item.has("cells") and given == [""]:
        return ("",)
    return item.texts("cells")


def _parts(item: Item, cell: str) -> Parts:
    pairs = [part.split("=", 1) for part in cell.split("|")] if cell else []
    if any(len(pair) != 2 for pair in pairs):
        raise item.wrong(f"{cell!r} is no cell; a cell reads like age=<18|area=Nord, and the total is ''")
    return tuple(sorted((name, category) for name, category in pairs))
