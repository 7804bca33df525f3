"""What a reporter answers, as one value from the first form to the printed receipt; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final


@dataclass(frozen=True, slots=True)
class Answers:
    """Every answer as it was typed; empty where nothing was said. Printing it tells nothing."""

    danger: str = ""
    role: str = ""
    name: str = ""
    workplace: str = ""
    title: str = ""
    reach: str = ""
    child_name: str = ""
    child_age: str = ""
    child_where: str = ""
    family: str = ""
    language: str = ""
    seen: str = ""
    when_from: str = ""
    when_to: str = ""
    when_words: str = ""
    others: str = ""
    told: str = ""
    feedback: str = ""
    anyway: str = ""

    def __repr__(self) -> str:
        return "Answers(…)"

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Answers:
        return cls(**{name: str(given.get(name, "")) for name in NAMES})

    @classmethod
    def decode(cls, raw: bytes) -> Answers:
        return cls.of(json.loads(raw))

    def encode(self) -> bytes:
        return json.dumps({name: text for name, text in asdict(self).items() if text}).encode()

    @property
    def is_professional(self) -> bool:
        return self.role == "professional"

    @property
    def wants_feedback(self) -> bool:
        return self.is_professional and bool(self.feedback)

    @property
    def is_named(self) -> bool:
        return self.is_professional or bool(self.name.strip())


NAMES: Final = tuple(one.name for one in fields(Answers))
