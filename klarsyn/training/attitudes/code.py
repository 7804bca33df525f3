"""The code somebody makes by a rule, and the keyed hash that is all that is kept of it."""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from typing import Final

from klarsyn.people.keys import pepper_file

# How many letters ("a") or digits ("0") each part has; the last is one of one's own choice, or nothing.
PARTS: Final = ("aa", "aa", "00", "a")
LONGEST: Final = 20  # what may be typed in one part, with spaces and unseen signs


class NoCode(ValueError):
    """A part is not what the rule asks for; `part` says which, from 0."""

    def __init__(self, part: int) -> None:
        super().__init__(f"part {part + 1} of the code")
        self.part = part


def read(typed: Sequence[str]) -> str:
    """The code of its five parts, whatever case and spaces they were typed in. Raises NoCode."""
    *parts, extra = typed
    found = [_part(text, PARTS[n], n) for n, text in enumerate(parts)]
    more = _plain(extra)
    if len(more) > 1 or (more and not (more.isalpha() or more.isdecimal())):
        raise NoCode(len(PARTS))
    return "".join(found) + more


def tag(code: str, survey: int, generation: int) -> str:
    """HMAC-SHA-256 under the pepper and the survey: the same code in two surveys cannot be told to be so.

    Raises NotReady when that pepper is gone.
    """
    pepper = pepper_file.peppers().of(generation)
    return hmac.new(pepper, f"klarsyn-1 attitude code {survey}\0{code}".encode(), hashlib.sha256).hexdigest()


def current_generation() -> int:
    return pepper_file.peppers().current


def _part(text: str, shape: str, n: int) -> str:
    plain = _plain(text)
    right = plain.isalpha() if shape[0] == "a" else plain.isdecimal()
    if len(plain) != len(shape) or not right:
        raise NoCode(n)
    return plain if shape[0] == "a" else "".join(str(unicodedata.decimal(sign)) for sign in plain)


def _plain(text: str) -> str:
    """Without spaces and unseen signs, in capitals, accents put together with their letters."""
    if len(text) > LONGEST:
        return "?" * LONGEST
    signs = unicodedata.normalize("NFKC", text)
    return "".join(s for s in signs if not s.isspace() and unicodedata.category(s) != "Cf").upper()
