"""Read indicator files and explain, line by line, what is wrong with them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Final

from klarsyn.base.errors import Refused
from klarsyn.base.toml_lines import lines_of_keys
from klarsyn.mapping import doors
from klarsyn.mapping.definitions import Chapter, Indicator, Method, Words
from klarsyn.sources.values import Measure

BUILT_IN: Final = Path(__file__).parent / "indicators"
LANGUAGES: Final = ("sv", "en")
YEAR: Final = "year"  # in since/until: the year of the mapping
HOME: Final = "home"  # in areas: the municipality of the mapping

# Which measures a method can be asked about, and how many of them it must be given.
_LISTED = (Measure.LISTED_PERSONS, Measure.SIMULATED)
_COUNTED = tuple(
    m for m in Measure if m not in (Measure.SURVEY_SHARE, Measure.POPULATION, Measure.LISTED_PERSONS)
)
_TAKES: Final[Mapping[Method, tuple[int, tuple[Measure, ...]]]] = {
    Method.RATES_COMPARED: (1, _COUNTED),
    Method.EXPECTED: (1, _COUNTED),
    Method.SERIES: (1, _COUNTED),
    Method.REGIONS: (1, _COUNTED),
    Method.VICTIMS: (1, (Measure.PRESUMED_VICTIMS,)),
    Method.SHARES: (1, (Measure.SURVEY_SHARE,)),
    Method.STATEMENTS: (1, (Measure.RECEPTION_FIGURE,)),
    Method.POPULATION: (1, (Measure.POPULATION,)),
    Method.PLACES: (0, ()),
    Method.EARLIER: (0, ()),
    Method.PROTECTED: (1, _COUNTED),
    Method.HIDDEN_POPULATION: (1, _LISTED),
}
_DISCLOSURE = ("already_public", "invented", "protected")
_MAY_LACK = ("programme", "reception")  # a figure without one has none
_WORDS = tuple(f.name for f in fields(Indicator) if f.type == "Words")
_TEXTS = tuple(f.name for f in fields(Indicator) if f.type == "str")
_NUMBERS = tuple(f.name for f in fields(Indicator) if f.type == "int")
_LISTS = ("measures", "datasets", "areas")
_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_WORDS, 'en tabell med texterna "sv" och "en"'),
    **dict.fromkeys(_TEXTS, "en text inom citattecken"),
    **dict.fromkeys(_NUMBERS, "ett heltal över noll"),
    **dict.fromkeys(_LISTS, "en lista av texter"),
}


class DefinitionError(Refused):
    """Files that declare figures cannot be used; one line for each thing to mend."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The indicators in the order of the report, and what somebody should see to."""

    indicators: tuple[Indicator, ...]
    warnings: tuple[str, ...]


def load(*folders: Path, on: date) -> Loaded:
    """Every indicator of the folders; a folder that does not exist holds none.

    `on` is the day that review dates are read against. Raises DefinitionError with every
    fault of every file: file, line, what is wrong, how to mend it.
    """
    problems: list[str] = []
    read: list[tuple[Path, Indicator]] = []
    for path in (p for folder in folders if folder.is_dir() for p in sorted(folder.glob("*.toml"))):
        reader = _Reader(path)
        indicator = reader.read()
        problems += reader.problems
        if indicator is not None:
            read.append((path, indicator))
    problems += _duplicates(read)
    if problems:
        raise DefinitionError("\n".join(["Nyckeltalen kan inte läsas. Inget har ändrats. Rätta:", *problems]))
    ranks = {chapter: at for at, chapter in enumerate(Chapter)}
    ordered = sorted((i for _, i in read), key=lambda i: (ranks[i.chapter], i.order, i.id))
    return Loaded(tuple(ordered), tuple(_overdue(read, on)))


def _duplicates(read: list[tuple[Path, Indicator]]) -> list[str]:
    first: dict[str, Path] = {}
    problems = []
    for path, indicator in read:
        if indicator.id in first:
            problems.append(
                f'{path}: id "{indicator.id}" finns redan i {first[indicator.id]}; byt id och filnamn'
            )
        first.setdefault(indicator.id, path)
    return problems


def _overdue(read: list[tuple[Path, Indicator]], on: date) -> list[str]:
    return [
        f"{path}: skulle ha granskats {i.next_review}; gå igenom definitionen och sätt nytt next_review"
        for path, i in read
        if i.next_review < on
    ]


class _Reader:
    """Reads one file, keeping every problem it meets rather than stopping at the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[str] = []
        self.lines: dict[str, int] = {}
        self.raw: dict[str, object] = {}

    def say(self, key: str, message: str) -> None:
        line = self.lines.get(key) or self.lines.get(key.partition(".")[0]) or 1
        self.problems.append(f"{self.path}, rad {line}: {message}")

    def read(self) -> Indicator | None:
        """The indicator, or None with the reasons in `problems`."""
        if not self._parse():
            return None
        names = [f.name for f in fields(Indicator)]
        for key in self.raw:
            if key not in names:
                self.say(key, f'okänt fält "{key}"; fälten är {", ".join(names)}')
        for name in names:
            if name not in self.raw and name not in _MAY_LACK:
                self.say(name, f'fältet "{name}" saknas; det ska vara {_KINDS.get(name, "ett datum")}')
        values = {name: self._value(name) for name in names if name in self.raw}
        if self.problems:
            return None
        indicator = Indicator(**values)  # type: ignore[arg-type]  # every field checked by _value
        self._check_whole(indicator)
        return None if self.problems else indicator

    def _parse(self) -> bool:
        try:
            text = self.path.read_text(encoding="utf-8")
            self.raw = tomllib.loads(text)
        except UnicodeDecodeError:
            self.problems.append(f"{self.path}, rad 1: filen är inte UTF-8; spara om den som UTF-8")
            return False
        except tomllib.TOMLDecodeError as error:
            self.problems.append(f"{self.path}: filen är inte giltig TOML: {error}")
            return False
        self.lines = lines_of_keys(text)
        return True

    def _value(self, name: str) -> object:
        value = self.raw[name]
        if name in _WORDS:
            return self._words(name, value)
        if name in _LISTS:
            return self._list(name, value)
        if name in _NUMBERS:
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                return value
        elif name == "next_review":
            if type(value) is date:
                return value
            self.say(
                name, f"next_review är {value!r} men ska vara ett datum utan citattecken, som 2027-03-31"
            )
            return None
        elif isinstance(value, str):
            kinds: dict[str, type[Enum]] = {"chapter": Chapter, "method": Method}
            return self._one_of(name, value, kinds[name]) if name in kinds else value
        self.say(name, f"{name} är {value!r} men ska vara {_KINDS.get(name, 'en text inom citattecken')}")
        return None

    def _words(self, name: str, value: object) -> Words | None:
        if not isinstance(value, dict):
            self.say(name, f'{name} ska vara en tabell: skriv [{name}] och under den sv = "…" och en = "…"')
            return None
        for key in value:
            if key not in LANGUAGES:
                self.say(f"{name}.{key}", f'okänt språk "{key}" under [{name}]; språken är sv och en')
        texts = {}
        for language in LANGUAGES:
            text = value.get(language)
            if isinstance(text, str) and text.strip():
                texts[language] = " ".join(text.split())
            else:
                self.say(
                    f"{name}.{language}", f'texten {language} saknas under [{name}]; skriv {language} = "…"'
                )
        return Words(**texts) if len(texts) == len(LANGUAGES) else None

    def _list(self, name: str, value: object) -> object:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.say(name, f'{name} är {value!r} men ska vara en lista av texter, som ["…"]')
            return ()
        if name != "measures":
            return tuple(value)
        return tuple(self._one_of(name, item, Measure) for item in value)

    def _one_of(self, name: str, value: str, kind: type[Enum]) -> object:
        allowed = [str(member.value) for member in kind]
        if value in allowed:
            return kind(value)
        self.say(name, f'okänt värde "{value}" i {name}; välj bland {", ".join(allowed)}')
        return None

    def _check_whole(self, it: Indicator) -> None:
        """What no field can show alone."""
        if it.id != self.path.stem:
            self.say("id", f'id är "{it.id}" men filen heter {self.path.name}; de ska vara lika')
        number, allowed = _TAKES[it.method]
        if len(it.measures) > number:
            self.say(
                "measures",
                f"{it.method} tar {number} mått; två mått blandas aldrig i en tabell, gör en fil för varje",
            )
        elif len(it.measures) < number:
            self.say("measures", f"{it.method} behöver ett mått; välj bland {', '.join(allowed)}")
        for measure in it.measures:
            if number and measure not in allowed:
                self.say(
                    "measures", f"{it.method} kan inte räkna på {measure}; välj bland {', '.join(allowed)}"
                )
        self._check_disclosure(it)
        self._check_reception(it)
        if it.author.strip() == it.checker.strip():
            self.say(
                "checker", "checker ska vara en annan än author; den som skriver granskar inte sig själv"
            )
        for name in ("since", "until"):
            self._check_period(name, getattr(it, name))

    def _check_period(self, name: str, value: str) -> None:
        if value not in ("", YEAR) and not (len(value) == 4 and value.isdigit()):
            self.say(
                name,
                f'{name} är "{value}" men ska vara ett år som "2019", "{YEAR}" (kartläggningens år) eller ""',
            )

    def _check_reception(self, it: Indicator) -> None:
        """A reception's own counts come through its door, protected, and name no source."""
        counted = any(measure in doors.MEASURES for measure in it.measures)
        if counted != bool(it.reception) or it.reception not in ("", *doors.NAMES):
            self.say(
                "reception",
                f'reception är "{it.reception}" men ska vara {" eller ".join(doors.NAMES)} för mått som en '
                "mottagning räknar, och saknas för andra",
            )
        elif it.reception and (it.method is not Method.PROTECTED or it.datasets or it.areas):
            self.say(
                "reception",
                'en mottagnings antal visas bara med method = "protected", och datasets och areas är tomma',
            )

    def _check_disclosure(self, it: Indicator) -> None:
        """Which word fits the measure, and that a protected figure has its programme."""
        if it.disclosure not in _DISCLOSURE:
            self.say(
                "disclosure",
                f'okänt värde "{it.disclosure}" i disclosure; välj bland {", ".join(_DISCLOSURE)}',
            )
        elif it.disclosure != "protected" and (it.disclosure == "invented") != it.is_invented:
            self.say(
                "disclosure",
                'måttet simulated och disclosure = "invented" hör ihop: påhittat blandas aldrig med verkligt',
            )
        if (it.disclosure == "protected") != (it.method is Method.PROTECTED):
            self.say(
                "disclosure",
                'method = "protected" och disclosure = "protected" hör ihop: det skyddade visas bara så',
            )
        elif (it.method is Method.PROTECTED) != bool(it.programme):
            self.say(
                "programme",
                "programme är namnet på en programfil, och behövs när method är protected och bara då",
            )
