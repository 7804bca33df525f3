"""English pages hold no Swedish; that every text has its English is held by tests/architecture."""

import re

import pytest

from klarsyn.base import front
from tests.web.public import PAGES

# The gallery shows invented Swedish examples; its headings are translated like any other.
ENGLISH = [path for path in PAGES if path.startswith("/en/") and not re.search("stil|latt", path)]


@pytest.mark.parametrize("path", ENGLISH)
def test_an_english_page_has_no_swedish_letters_but_in_names(visit, path, monkeypatch) -> None:
    monkeypatch.setattr(front, "_cards", [])  # findings name places
    text = visit("frej").get(path).content.decode()
    assert '<html lang="en"' in text
    text = re.sub(r"<nav aria-label=\"Languages\">.*?</nav>", "", text, flags=re.S)  # each by its own name
    shown = re.sub(r"<[^>]+>|Jönköping|Svenska", " ", text)
    assert re.findall(r"\w*[åäöÅÄÖ]\w*", shown) == []
