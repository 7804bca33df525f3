"""What the library complains of reaches Swedish pages in Swedish."""

import ast
import re
from pathlib import Path

from django.utils import translation

import smallcounts.disclosure
from klarsyn.mapping import refusal_words
from klarsyn.mapping.methods import protected_people
from smallcounts.disclosure.errors import DisclosureError, DisclosureRefused

LIBRARY = Path(smallcounts.disclosure.__file__).parent
# only the shell, the writing of a programme's file and a caller in code bring these about
SHELL = (
    "command.py",
    "reading.py",
    "storing.py",
    "toml_items.py",
    "programme.py",
    "variables.py",
    "counting.py",
    "privacy.py",
)
RAISED = ("DisclosureError", "DisclosureRefused", "NoAnswer", "PeopleError", "ProgrammeError", "LedgerBroken")
# of what a caller in code has written wrong, and no figure or programme can bring about
OF_CODE = (
    "is no cell", "a count is a whole number", "the release key has", "the kind", "the day", "stands in the ledger",
    "the method is one of", "a base is for rounding alone", "the base is one of", "without keys", "is refused after",
    "could not be made", "no table is called", "more than 1,000,000 rows", "more than {MAX_ROWS", "one row holds one person",
)  # fmt: skip


def raised() -> list[tuple[str, str, set[str]]]:
    """(words, code, names of the facts) of every complaint in the library that the site can meet."""
    files = [p for p in LIBRARY.rglob("*.py") if p.name not in SHELL and "attacks" not in p.parts]
    found = []
    for path in [*files, Path(protected_people.__file__)]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                named = {k.arg: k.value for k in node.keywords if k.arg}
                code = named.pop("code", ast.Constant(""))
                assert isinstance(code, ast.Constant)
                found.append((ast.unparse(node.args[0]), str(code.value), set(named) - {"attack"}))
    return found


def test_every_complaint_has_words_and_the_words_every_fact() -> None:
    complaints = raised()
    assert len(complaints) > 40
    silent = [words for words, code, _ in complaints if not code and not any(w in words for w in OF_CODE)]
    assert silent == []
    for words, code, facts in complaints:
        if code:
            asked = set(re.findall(r"%\((\w+)\)s", str(refusal_words.WORDS[code])))
            assert asked <= facts, words
    assert set(refusal_words.WORDS) == {code for _, code, _ in complaints if code}


def test_the_facts_stand_in_the_sentence_of_the_page() -> None:
    error = DisclosureRefused("2019: 12 people …", code="few_people", period="2019", total=12, least=30)
    assert refusal_words.said(error).startswith("2019: 12 människor i allt, färre än 30;")
    with translation.override("en"):
        assert refusal_words.said(error).startswith("2019: 12 people in all, fewer than 30;")


def test_a_complaint_without_words_says_that_it_is_english() -> None:
    assert refusal_words.said(DisclosureError("no TOML")) == "no TOML (meddelandet finns bara på engelska)"
