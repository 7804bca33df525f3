"""Every Swedish sentence of these rooms has its English, and English pages hold no Swedish."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import klarsyn
from tests.web.public import PAGES

HOUSE = Path(klarsyn.__file__).parent
ROOMS = ("base", "people", "portal")
IN_TEMPLATE = (re.compile(r'\{% translate "([^"]+)"'), re.compile(r'[ (]_\("([^"]+)"\)'))
BLOCK = re.compile(r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}", re.S)
CALLS = {"_", "gettext", "_example"}


def sentences(room: str) -> set[str]:
    """What a room says to people, as msgids."""
    found: set[str] = set()
    for path in (HOUSE / room).rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        for pattern in IN_TEMPLATE:
            found |= {msgid.replace("%", "%%") for msgid in pattern.findall(text)}
        found |= {re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", inside) for inside in BLOCK.findall(text)}
    for path in (HOUSE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                first = node.args[0]
                found |= {first.value} if isinstance(first, ast.Constant) else set()
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_has_its_english_and_none_is_left_over(room: str) -> None:
    with (HOUSE / room / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        english = {m.id: m.string for m in read_po(file) if m.id}
    assert sentences(room) == set(english)
    assert all(english.values())


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith("/en/") and "stil" not in path])
def test_an_english_page_has_no_swedish_letters_but_in_names(visit, path) -> None:
    text = visit("frej").get(path).content.decode()
    assert '<html lang="en">' in text
    shown = re.sub(r"<[^>]+>|Jönköping|Svenska", " ", text)
    assert re.findall(r"\w*[åäöÅÄÖ]\w*", shown) == []
