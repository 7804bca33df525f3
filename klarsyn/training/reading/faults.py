"""What is wrong with a course, where, and what to do: every fault of every file, not the first alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klarsyn.base.errors import Refused
from klarsyn.base.toml_lines import lines_of_keys

Files = Mapping[str, bytes]  # a course's files by their path inside its folder, with "/"
MOST_OF_A_FILE: Final = 256 * 1024
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_AT_LINE: Final = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `message` with its `values` becomes a sentence in the reader's language."""

    file: str
    line: int
    message: str | Promise
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return str(self.message) % self.values

    def __str__(self) -> str:
        place = {"file": self.file, "line": self.line, "text": self.text}
        return str(_("%(file)s, rad %(line)d: %(text)s")) % place


class CourseError(Refused):
    """A course cannot be used; `faults` says why."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


class Faults:
    """The faults of one course as they are met."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def say(self, file: str, line: int, message: str | Promise, /, **values: object) -> None:
        self.found.append(Fault(file, line, message, values))

    def in_order(self) -> tuple[Fault, ...]:
        by_place = {(fault.file, fault.line, fault.text): fault for fault in self.found}
        return tuple(by_place[place] for place in sorted(by_place))


def text_of(files: Files, name: str, faults: Faults) -> str | None:
    """The file as text; None with a fault where there is none to read."""
    raw = files.get(name)
    if raw is None:
        faults.say(name, 1, _("filen saknas; lägg dit den eller ta bort den ur course.toml"))
        return None
    if len(raw) > MOST_OF_A_FILE:
        faults.say(name, 1, _("filen är större än 256 kB; dela upp den"))
        return None
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        faults.say(name, line, _("filen är inte UTF-8; spara om den som UTF-8"))
        return None
    for found in _CONTROL.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        faults.say(name, line, _("ett osynligt styrtecken står i texten; skriv om raden"))
    return text


def toml_of(
    text: str, name: str, faults: Faults, first_line: int = 1
) -> tuple[dict[str, Any], dict[str, int]]:
    """What the text says and on which line; empty with a fault where it is no TOML."""
    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        faults.say(name, line + first_line - 1, _("raden är inte giltig TOML: %(why)s"), why=str(error))
        return {}, {}
    lines = {key: line + first_line - 1 for key, line in lines_of_keys(text).items()}
    return raw, lines
