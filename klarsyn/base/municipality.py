"""Whose site this is: name, accent and contact, read from one file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from klarsyn.base.contrast import TEXT, ratio
from klarsyn.base.errors import Refused

# The grounds the accent is read on, as in static/base/css/theme.css (a test compares): paper, surface, mist.
GROUNDS = {"light": ("#FBF8F3", "#FFFFFF", "#EEF2F3"), "dark": ("#0E1B27", "#152533", "#1B2E3D")}
ON_ACCENT = {"light": ("#FFFFFF", "#12263A"), "dark": ("#06211F", "#FFFFFF")}


@dataclass(frozen=True, slots=True)
class Municipality:
    """The municipality whose site this is. Accents are "#rrggbb" for the light and the dark theme."""

    code: str
    name: str
    name_en: str
    short_name: str
    is_demo: bool
    accent_light: str
    accent_dark: str
    phone: str
    email: str

    def name_in(self, language: str) -> str:
        return self.name_en if language.startswith("en") else self.name


def read_municipality(path: Path) -> Municipality:
    """Read and check the file. Raises Refused with what to change when an accent cannot be read."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    accent, contact = data["accent"], data["contact"]
    for theme in ("light", "dark"):
        check_accent(accent[theme], theme)
    return Municipality(
        code=data["code"],
        name=data["name"],
        name_en=data["name_en"],
        short_name=data["short_name"],
        is_demo=data["is_demo"],
        accent_light=accent["light"],
        accent_dark=accent["dark"],
        phone=contact["phone"],
        email=contact["email"],
    )


def check_accent(colour: str, theme: str) -> None:
    """Raises Refused when text in this colour, or on it, falls under 4.5:1."""
    worst = min(ratio(colour, ground) for ground in GROUNDS[theme])
    on = max(ratio(colour, text) for text in ON_ACCENT[theme])
    if min(worst, on) < TEXT:
        raise Refused(
            f"Accentfärgen {colour} syns för dåligt i det {'ljusa' if theme == 'light' else 'mörka'} temat: "
            f"kontrasten är {min(worst, on):.2f}:1 och måste vara minst {TEXT}:1. Inget är ändrat. "
            f"Välj en {'mörkare' if theme == 'light' else 'ljusare'} nyans i municipality.toml."
        )


def text_on(colour: str, theme: str) -> str:
    """The text colour to put on an accent: the better of the theme's two."""
    return max(ON_ACCENT[theme], key=lambda text: ratio(colour, text))


@cache
def municipality() -> Municipality:
    """The municipality of this process."""
    return read_municipality(Path(settings.MUNICIPALITY_FILE))
