"""Reads the theme as the browser would: each colour in both themes, each pair that a rule puts together."""

import re
from pathlib import Path

import klarsyn.base

CSS = Path(klarsyn.base.__file__).parent / "static" / "base" / "css"
COLOUR = re.compile(r"--k-([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def colours(theme: str) -> dict[str, str]:
    """Every colour of one theme by its name without prefix: {"ink": "#12263A", …}."""
    text = (CSS / "theme.css").read_text(encoding="utf-8")
    return {name: light if theme == "light" else dark for name, light, dark in COLOUR.findall(text)}


def pairs_in_rules() -> set[tuple[str, str]]:
    """(text, ground) of every rule in our stylesheets that names both."""
    found = set()
    for path in CSS.glob("*.css"):
        for _selector, body in RULE.findall(path.read_text(encoding="utf-8")):
            text = re.search(r"(?<![\w-])color:\s*var\(--k-([\w-]+)\)", body)
            ground = re.search(r"(?<![\w-])background:\s*var\(--k-([\w-]+)\)", body)
            if text and ground:
                found.add((text[1], ground[1]))
    return found
