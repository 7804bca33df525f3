"""What is wrong with a file: the whole of it, or one cell; always with how to mend it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

SHOWN = 200  # problems listed; the rest are counted
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be taken in."""

    line: int  # as in the file, first line = 1
    column: str  # its heading, or its place ("kolumn 2")
    found: str  # what stood there, made safe to show
    expected: str
    mend: str

    def sentence(self) -> str:
        return _("Rad %(line)s, %(column)s: här står %(found)s. Väntat: %(expected)s. %(mend)s") % {
            "line": self.line,
            "column": self.column,
            "found": self.found,
            "expected": self.expected,
            "mend": self.mend,
        }


class FileError(Refused):
    """The file as a whole cannot be read. Nothing was taken in."""

    def __init__(self, what: str, mend: str) -> None:
        kept = _("Inget är inläst och inget är ändrat.")
        super().__init__(f"{what} {kept} {mend}")
        self.what, self.mend = what, mend


class BadFile(Refused):
    """Cells of the file cannot be taken in. Nothing was taken in; `problems` holds the first of them."""

    def __init__(self, problems: tuple[Problem, ...], total: int) -> None:
        lines = [problem.sentence() for problem in problems[:SHOWN]]
        head = _("%(total)s fel i filen. Inget är inläst och inget är ändrat.") % {"total": total}
        super().__init__("\n".join([head, *lines]))
        self.problems, self.total = problems, total


def shown(text: object) -> str:
    """What stood in a cell, safe to print: in quotes, cut, and with every unseen sign made visible.

    The quotes also keep a text that begins with = + - or @ from being read as a formula.
    """
    whole = str(text)
    cut = whole[:LONGEST] + ("…" if len(whole) > LONGEST else "")
    seen = "".join(c if unicodedata.category(c)[0] not in "C" else f"[U+{ord(c):04X}]" for c in cut)
    return f"”{seen}”" if seen else _("ingenting")
