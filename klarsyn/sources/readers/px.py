"""Reads PX files: keywords, then the numbers after DATA, row-major with the heading fastest."""

import re
from collections.abc import Mapping

from klarsyn.sources.readers.cube import Dimension, Document, guess_role, observe
from klarsyn.sources.readers.observed import CutError, Observed, ReadError
from klarsyn.sources.readers.symbols import DEFAULT_SYMBOLS, SymbolMap
from klarsyn.sources.readers.text import decode

_CODEPAGE = re.compile(rb'^\s*CODEPAGE\s*=\s*"([^"]{1,40})"', re.MULTILINE)
_KEYWORD = re.compile(r'\s*([A-Z0-9-]+)(?:\[([a-z]+)\])?(?:\(((?:"[^"]*"|[^)"])*)\))?\s*=', re.DOTALL)
_VALUE = re.compile(r'((?:"[^"]*"|[^;"])*);', re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_LIST = re.compile(r'((?:\s*"[^"]*")+)\s*(?:,|$)', re.DOTALL)  # a long text goes on in the next quotes
_CELL = re.compile(r'"[^"]*"|[^\s,;"]+')

Keywords = Mapping[tuple[str, str], tuple[str, ...]]  # (KEYWORD, its argument) -> texts


def read(body: bytes, *, charset: str = "", symbols: SymbolMap = DEFAULT_SYMBOLS) -> tuple[Observed, ...]:
    """The figures of a PX file, row-major over stub then heading; see `document`."""
    return document(body, charset=charset, symbols=symbols).observed


def document(body: bytes, *, charset: str = "", symbols: SymbolMap = DEFAULT_SYMBOLS) -> Document:
    """The figures with what the file says about itself.

    The encoding is the file's CODEPAGE, else the one declared, else sniffed. Symbols in DATA ("..") are
    looked up in the file's DATASYMBOLn and DATASYMBOLNIL and read by what those say.
    """
    stated = _CODEPAGE.search(body[:4096])
    words, data = _parse(decode(body, stated[1].decode("ascii", "replace") if stated else charset).text)
    if any(name == "KEYS" for name, _ in words):
        raise ReadError("PX-filen är gles (KEYS), och det läses inte.", "Hämta tabellen som JSON-stat 2.")
    names = (*words.get(("STUB", ""), ()), *words.get(("HEADING", ""), ()))
    if not names:
        raise ReadError("PX-filen saknar STUB och HEADING.")
    dimensions = tuple(_dimension(name, words) for name in names)
    cells = [_cell(token, words) for token in _CELL.findall(data)]
    return Document(
        title=_first(words, "TITLE") or _first(words, "DESCRIPTION"),
        source=_first(words, "SOURCE"),
        updated=_first(words, "LAST-UPDATED"),
        notes=tuple(t for (name, _), texts in words.items() if name.startswith("NOTE") for t in texts),
        dimensions=dimensions,
        observed=observe(dimensions, cells, symbols),
    )


def _parse(text: str) -> tuple[Keywords, str]:
    words: dict[tuple[str, str], tuple[str, ...]] = {}
    at = 0
    while found := _KEYWORD.match(text, at):
        name, language, argument = found[1], found[2], found[3]
        value = _VALUE.match(text, found.end())
        if value is None:
            raise CutError(f"PX-filen slutar mitt i {name}.")
        if name == "DATA":
            return words, value[1]
        at = value.end()
        if language is None:  # other languages repeat the same table
            key = ",".join(_QUOTED.findall(argument or ""))
            words[name, key] = _texts(value[1])
    raise CutError("PX-filen saknar DATA.")


def _texts(value: str) -> tuple[str, ...]:
    if '"' not in value:
        return (value.strip(),)
    if value.strip().startswith("TLIST"):
        return tuple(_QUOTED.findall(value))
    return tuple("".join(_QUOTED.findall(part)) for part in _LIST.findall(value))


def _first(words: Keywords, name: str, argument: str = "") -> str:
    return (words.get((name, argument)) or ("",))[0]


def _dimension(name: str, words: Keywords) -> Dimension:
    labels = words.get(("VALUES", name))
    if not labels:
        raise ReadError(f"PX-filen saknar VALUES för {name}.")
    codes = words.get(("CODES", name), labels)
    if len(codes) != len(labels):
        raise ReadError(f"PX-filen har {len(labels)} värden men {len(codes)} koder för {name}.")
    code = _first(words, "VARIABLECODE", name) or name
    role = "time" if ("TIMEVAL", name) in words else guess_role(code, name)
    if role == "area" and ("CODES", name) not in words:
        raise ReadError(f"PX-filen har områden i {name} utan koder (CODES).", "Hämta filen med koder.")
    return Dimension(code, name, codes, labels, role)


def _cell(token: str, words: Keywords) -> tuple[object, str]:
    text = token.strip('"')
    if text == "-":
        return 0, _first(words, "DATASYMBOLNIL") or "-"
    if text and set(text) == {"."}:
        return None, _first(words, f"DATASYMBOL{len(text)}") or text
    return text, ""
