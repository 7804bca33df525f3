"""Publication programmes: which files there are, and whether an indicator's own can be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from klarsyn.mapping import refusal_words
from klarsyn.mapping.definitions import Indicator
from klarsyn.mapping.reading import DefinitionError
from smallcounts.disclosure.errors import DisclosureError
from smallcounts.disclosure.programme import Programme

BUILT_IN: Final = Path(__file__).parent / "programmes"


def read_programmes(indicators: Sequence[Indicator], *folders: Path) -> dict[str, str]:
    """The text of every programme the indicators name, by name; a later folder does not replace an earlier.

    Raises DefinitionError with one line for each programme that is missing or cannot be read.
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
    if problems:
        raise DefinitionError("\n".join(["Programmen kan inte läsas. Inget har ändrats. Rätta:", *problems]))
    return found


def _read(path: Path) -> tuple[str, str]:
    try:
        text = path.read_text(encoding="utf-8")
        Programme.from_toml(text)
    except UnicodeDecodeError:
        return "", f"{path}: filen är inte UTF-8; spara om den som UTF-8"
    except DisclosureError as error:
        return "", f"{path}: {refusal_words.said(error)}"
    return text, ""
