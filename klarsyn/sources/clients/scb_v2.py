"""Statistics Sweden's PxWebApi 2."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from klarsyn.base.progress import Progress, silent
from klarsyn.sources.clients.connection import Connection
from klarsyn.sources.clients.errors import BadQuery
from klarsyn.sources.clients.kept import Kept
from klarsyn.sources.clients.parts import Parts, whole_table
from klarsyn.sources.clients.results import Fetched, Part, checksum_of_parts
from klarsyn.sources.clients.selection import Codes, Selection, arrange, expand
from klarsyn.sources.readers import DEFAULT_SYMBOLS, Dimension, Document, ReadError, SymbolMap, jsonstat
from klarsyn.sources.readers.text import load_json

_CODELIST = re.compile(r"^[\w-]+$")  # vs_RegionLän07
_TABLE = re.compile(r"^[A-Za-z0-9_-]+$")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the service states about itself now."""

    cells: int
    calls: int
    window: float
    licence: str
    source_text: str


def fetch_table(
    table: str,
    selection: Selection,
    *,
    connection: Connection,
    folder: Path,
    codelists: Mapping[str, str] | None = None,
    symbols: SymbolMap = DEFAULT_SYMBOLS,
    language: str = "sv",
    progress: Progress = silent,
) -> Fetched:
    """A table or a part of it, split to the service's cell limit and put together in row-major order.

    `selection` maps a variable to codes or expressions (see `selection.expand`); `codelists` maps a
    variable to the code list its codes belong to ("vs_RegionKommun07"). Parts lie in `folder` until the
    fetch is whole; run again after a crash it asks only for the rest. Raises a `FetchError`.
    """
    if not _TABLE.match(table):
        raise BadQuery(f"”{table}” är ingen tabellbeteckning.")
    stated = configuration(connection, language)
    base = f"{connection.service.address}/tables/{table}"
    _, about = connection.ask(f"{base}/metadata?lang={language}", _metadata)
    lists = dict(codelists or {})
    dimensions = tuple(_with_list(connection, d, lists.get(d.code), language) for d in about.dimensions)
    codes = expand(dimensions, selection)
    job = (base, language, about.updated, json.dumps([codes, lists], sort_keys=True))
    address = f"{base}/data?lang={language}&outputFormat=json-stat2"
    question = partial(_question, codelists=lists)

    def read(part: Part) -> Document:
        return jsonstat.document(part.body, charset=part.charset, symbols=symbols)

    def limit() -> int:
        return configuration(connection, language).cells

    with Kept(folder, job, connection.clock.now()) as kept:
        found = whole_table(connection, kept, address, codes, stated.cells, limit, question, read, progress)
        return _fetched(connection, table, stated, dimensions, codes, found)


def configuration(connection: Connection, language: str = "sv") -> Configuration:
    """Reads `/config`, which is not counted as a call, and lets the connection follow its limits."""

    def read(part: Part) -> Configuration:
        data = load_json(part.body, part.charset)
        numbers = ("maxDataCells", "maxCallsPerTimeWindow", "timeWindow")
        if not isinstance(data, dict) or not all(_positive(data.get(n)) for n in numbers):
            raise ReadError("Tjänstens inställningar (config) saknar gränserna för celler och anrop.")
        texts = {t.get("language"): t.get("text") for t in data.get("sourceReferences") or ()}
        cells, calls, window = (data[n] for n in numbers)
        licence = str(data.get("license") or connection.service.licence)
        text = str(texts.get(language) or connection.service.source_text)
        return Configuration(int(cells), int(calls), float(window), licence, text)

    _, stated = connection.ask(f"{connection.service.address}/config", read, counted=False)
    connection.window.change(stated.calls, stated.window)
    return stated


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0


def _metadata(part: Part) -> Document:
    return jsonstat.metadata(part.body, charset=part.charset)


def _with_list(
    connection: Connection, dimension: Dimension, codelist: str | None, language: str
) -> Dimension:
    """The dimension with the values of a code list in place of its own."""
    if codelist is None:
        return dimension
    if not _CODELIST.match(codelist):
        raise BadQuery(f"”{codelist}” är ingen kodlista.")

    def read(part: Part) -> list[tuple[str, str]]:
        data = load_json(part.body, part.charset)
        values = data.get("values") if isinstance(data, dict) else None
        if not isinstance(values, list):
            raise ReadError(f"Kodlistan {codelist} saknar värden.")
        return [(str(v["code"]), str(v.get("label") or v["code"])) for v in values]

    address = f"{connection.service.address}/codelists/{codelist}?lang={language}"
    _, pairs = connection.ask(address, read)
    codes, labels = tuple(code for code, _ in pairs), tuple(label for _, label in pairs)
    return replace(dimension, codes=codes, labels=labels, units=(), decimals=())


def _question(codes: Codes, codelists: Mapping[str, str]) -> str:
    chosen = []
    for code, values in codes.items():
        one: dict[str, object] = {"variableCode": code, "valueCodes": list(values)}
        if code in codelists:
            one["codelist"] = codelists[code]
        chosen.append(one)
    return json.dumps({"selection": chosen}, ensure_ascii=False)


def _fetched(
    connection: Connection,
    table: str,
    stated: Configuration,
    dimensions: tuple[Dimension, ...],
    codes: Codes,
    found: Parts,
) -> Fetched:
    parts = tuple(part for part, _ in found)
    first = found[0][1]
    everything = [one for _, document in found for one in document.observed]
    return Fetched(
        publisher=connection.service.publisher,
        protocol=connection.service.protocol,
        table=table,
        title=first.title,
        address=f"{connection.service.address}/tables/{table}",
        licence=stated.licence,
        source_text=credit(stated.source_text, first.source),
        updated=first.updated,
        retrieved_at=max(p.retrieved_at for p in parts),
        checksum=checksum_of_parts(parts),
        observed=arrange(everything, dimensions, codes),
        dimensions=tuple(chosen(d, codes[d.code]) for d in dimensions if d.code in codes),
        notes=tuple(dict.fromkeys(note for _, document in found for note in document.notes)),
        parts=parts,
    )


def credit(reference: str, source: str) -> str:
    """The source line: the service's own, unless the table comes from another authority."""
    if not source or source.casefold() in reference.casefold():
        return reference
    return f"{reference.partition(':')[0] or 'Källa'}: {source}"


def chosen(dimension: Dimension, codes: tuple[str, ...]) -> Dimension:
    """The dimension cut down to the codes that were asked for."""
    at = [dimension.codes.index(code) for code in codes]
    return replace(
        dimension,
        codes=codes,
        labels=tuple(dimension.labels[i] for i in at),
        units=tuple(dimension.units[i] for i in at) if dimension.units else (),
        decimals=tuple(dimension.decimals[i] for i in at) if dimension.decimals else (),
    )
