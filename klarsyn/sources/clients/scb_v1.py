"""Statistics Sweden's first PxWeb API: the way back when the new one does not answer."""

import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from klarsyn.base.progress import Progress, silent
from klarsyn.sources.clients.connection import Connection
from klarsyn.sources.clients.errors import BadQuery
from klarsyn.sources.clients.kept import Kept
from klarsyn.sources.clients.parts import Parts, whole_table
from klarsyn.sources.clients.results import Fetched, Part, checksum_of_parts
from klarsyn.sources.clients.scb_v2 import chosen, credit
from klarsyn.sources.clients.selection import Codes, Selection, arrange, expand
from klarsyn.sources.readers import DEFAULT_SYMBOLS, Dimension, Document, ReadError, SymbolMap, pxjson
from klarsyn.sources.readers.cube import guess_role
from klarsyn.sources.readers.text import load_json

_PATH = re.compile(r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\.px)?$")


@dataclass(frozen=True, slots=True)
class Table:
    """What the service says a table holds."""

    title: str
    dimensions: tuple[Dimension, ...]


def fetch_table(
    path: str,
    selection: Selection,
    *,
    connection: Connection,
    folder: Path,
    symbols: SymbolMap = DEFAULT_SYMBOLS,
    language: str = "sv",
    progress: Progress = silent,
) -> Fetched:
    """The same as `scb_v2.fetch_table`, from `path` in the folder tree (BE/BE0101/BE0101A/BefolkningNy).

    Expressions are turned into codes here, for this API knows only codes, `*` and `top`. The API states
    neither licence nor source text; those of the service's description are used.
    """
    if not _PATH.match(path):
        raise BadQuery(f"”{path}” är ingen sökväg till en tabell.")
    most = _cell_limit(connection, language)  # before the first counted call, so that it keeps the call limit
    address = f"{connection.service.address}/{language}/ssd/{path}"
    _, table = connection.ask(address, _table)
    codes = expand(table.dimensions, selection)
    kept = Kept(folder, (address, json.dumps(codes, sort_keys=True)), connection.clock.now())
    labels = {d.code: dict(zip(d.codes, d.labels, strict=True)) for d in table.dimensions}

    def read(part: Part) -> Document:
        return pxjson.document(part.body, charset=part.charset, symbols=symbols, labels=labels)

    limit = partial(_cell_limit, connection, language)
    with kept:
        found = whole_table(connection, kept, address, codes, most, limit, _question, read, progress)
        return _fetched(connection, path, address, table, codes, found)


def _fetched(
    connection: Connection, path: str, address: str, table: Table, codes: Codes, found: Parts
) -> Fetched:
    parts = tuple(part for part, _ in found)
    first = found[0][1]
    return Fetched(
        publisher=connection.service.publisher,
        protocol=connection.service.protocol,
        table=path,
        title=first.title or table.title,
        address=address,
        licence=connection.service.licence,
        source_text=credit(connection.service.source_text, first.source),
        updated=first.updated,
        retrieved_at=max(p.retrieved_at for p in parts),
        checksum=checksum_of_parts(parts),
        observed=arrange([o for _, document in found for o in document.observed], table.dimensions, codes),
        dimensions=tuple(chosen(d, codes[d.code]) for d in table.dimensions if d.code in codes),
        notes=tuple(dict.fromkeys(note for _, document in found for note in document.notes)),
        parts=parts,
    )


def _cell_limit(connection: Connection, language: str) -> int:
    """Reads `?config` and lets the connection follow its limits; `maxCells` is the true cell limit."""

    def read(part: Part) -> dict[str, object]:
        data = load_json(part.body, part.charset)
        if not isinstance(data, dict):
            raise ReadError("Tjänstens inställningar (config) går inte att läsa.")
        return data

    _, stated = connection.ask(f"{connection.service.address}/{language}/ssd/?config", read)
    own = connection.service

    def whole(name: str, otherwise: int) -> int:
        value = stated.get(name)
        return value if isinstance(value, int) and value > 0 else otherwise

    connection.window.change(whole("maxCalls", own.calls), whole("timeWindow", int(own.window)))
    return whole("maxCells", whole("maxValues", own.cells))


def _table(part: Part) -> Table:
    data = load_json(part.body, part.charset)
    variables = data.get("variables") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(variables, list):
        raise ReadError("Adressen är en mapp eller något annat än en tabell (variables saknas).")
    return Table(str(data.get("title") or ""), tuple(_dimension(v) for v in variables))


def _dimension(variable: dict[str, object]) -> Dimension:
    code, text = str(variable.get("code")), str(variable.get("text") or variable.get("code"))
    values, labels = variable.get("values"), variable.get("valueTexts")
    if not isinstance(values, list) or not isinstance(labels, list) or len(values) != len(labels):
        raise ReadError(f"Variabeln {code} har inte lika många koder (values) som namn (valueTexts).")
    role = "time" if variable.get("time") is True else guess_role(code, text)
    return Dimension(
        code=code,
        label=text,
        codes=tuple(str(v) for v in values),
        labels=tuple(str(label) for label in labels),
        role=role,
        is_optional=variable.get("elimination") is True,
    )


def _question(codes: Codes) -> str:
    chosen_codes = [
        {"code": code, "selection": {"filter": "item", "values": list(values)}}
        for code, values in codes.items()
    ]
    return json.dumps({"query": chosen_codes, "response": {"format": "json"}}, ensure_ascii=False)
