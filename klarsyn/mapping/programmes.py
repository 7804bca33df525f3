"""Publication programmes: which files there are, and whether an indicator's own can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from klarsyn.mapping import doors, refusal_words
from klarsyn.mapping.definitions import Indicator
from klarsyn.mapping.reading import DefinitionError
from klarsyn.sources.values import Measure
from smallcounts.disclosure.errors import DisclosureError
from smallcounts.disclosure.programme import Programme

BUILT_IN: Final = Path(__file__).parent / "programmes"


def read_programmes(indicators: Sequence[Indicator], *folders: Path) -> dict[str, str]:
    """The text of every programme the indicators name, by name; a later folder does not replace an earlier.

    Raises DefinitionError with one line for each programme that is missing or cannot be read, and for figures
    that would tell of each other: the same counts under two programmes, or a reception's people unlinked.
    """
    wanted = dict.fromkeys(i.programme for i in indicators if i.programme)
    found: dict[str, str] = {}
    problems = []
    for name in wanted:
        path = next((p for f in folders if (p := f / f"{name}.toml").is_file()), None)
        if path is None:
            who = next(i.id for i in indicators if i.programme == name)
            problems.append(
                f'{who}: programmet "{name}" finns inte; lägg filen {name}.toml i {folders[-1]}, '
                "eller rätta namnet"
            )
            continue
        text, problem = _read(path)
        problems += [problem] if problem else []
        found[name] = text
    problems += _counted_twice(indicators)
    problems += [] if problems else _unlinked(indicators, found)
    if problems:
        raise DefinitionError("\n".join(["Programmen kan inte läsas. Inget har ändrats. Rätta:", *problems]))
    return found


def _counted_twice(indicators: Sequence[Indicator]) -> list[str]:
    """Two roundings of the same people pin them down, so each is protected under one programme alone."""
    problems, first = [], dict[tuple[object, ...], str]()
    for i in indicators:
        if not i.programme:
            continue
        for what, same in (
            ("samma antal", (i.reception, i.measures, i.datasets, i.areas)), ("samma program", (i.programme,))
        ):  # fmt: skip
            if same in first:
                problems.append(
                    f"{i.id}: visar {what} som {first[same]}; det som skyddas två gånger går att räkna fram, "
                    "så lägg tabellerna i ett program och visa dem i ett nyckeltal"
                )
            first.setdefault(same, i.id)
    return problems


def _unlinked(indicators: Sequence[Indicator], texts: Mapping[str, str]) -> list[str]:
    """Figures of a reception's people that are not tried together with the figure of all of them."""
    problems = []
    everybody = {i.reception: i.programme for i in indicators if Measure.RECEPTION_PERSONS in i.measures}
    for i in indicators:
        cells = doors.linked(i) if i.programme and i.reception else None
        if cells is None:
            continue
        name = everybody.get(i.reception, "")
        links = [one for one in Programme.from_toml(texts[i.programme]).within if one.programme == name]
        named = {"|".join("=".join(part) for part in cell) for one in links for cell in one.cells}
        if not links or not named.issuperset(cells):
            wanted = ", ".join(f'"{cell}"' for cell in cells)
            problems.append(
                f"{i.id}: räknar människor som också finns i {name or 'ett annat nyckeltal'}; skriv "
                f"[[within]] i {i.programme}.toml med cells = [{wanted}], så att de prövas ihop"
            )
    return problems


def _read(path: Path) -> tuple[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
        Programme.from_toml(text)
    except UnicodeDecodeError:
        return "", f"{path}: filen är inte UTF-8; spara om den som UTF-8"
    except DisclosureError as error:
        return "", f"{path}: {refusal_words.said(error)}"
    return text, ""
