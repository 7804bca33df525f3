"""Kolada v3: indicators of municipalities and regions."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import httpx

from klarsyn.base.progress import Progress, silent
from klarsyn.sources.clients.connection import Connection
from klarsyn.sources.clients.errors import BadQuery, NotFound, Scattered
from klarsyn.sources.clients.kept import Kept
from klarsyn.sources.clients.parts import one_part
from klarsyn.sources.clients.results import Fetched, Part, checksum_of_parts
from klarsyn.sources.readers import Dimension, Observed, ReadError, area_code, kolada
from klarsyn.sources.readers.text import load_json
from smallcounts.counts import Status

_KPI = re.compile(r"^[A-Z]\d{5}$")
_AREA = re.compile(r"^\d{2}(\d{2})?$")
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the figures are to be read."""

    statuses: Mapping[str, Status]
    keep_deleted: bool

    def page(self, part: Part) -> kolada.Page:
        return kolada.page(
            part.body, charset=part.charset, statuses=self.statuses, keep_deleted=self.keep_deleted
        )


def fetch(
    kpis: Sequence[str],
    municipalities: Sequence[str],
    years: Sequence[int],
    *,
    connection: Connection,
    folder: Path,
    statuses: Mapping[str, Status] | None = None,
    keep_deleted: bool = False,
    progress: Progress = silent,
) -> Fetched:
    """Indicators for areas and years, in calls of at most the service's number of identities.

    Areas are municipality ("0680") or county codes ("06", Kolada's region). What Kolada leaves out of
    its answer stands in `missing`, one "kpi area year" each. For `statuses` and `keep_deleted` see
    `readers.kolada.read`. Raises a `FetchError`.
    """
    places = _checked(kpis, municipalities, years)
    titles = _titles(connection, kpis)
    job = (connection.service.address, json.dumps([list(kpis), sorted(places), list(years)]))
    kept = Kept(folder, job, connection.clock.now())
    addresses = _addresses(connection, kpis, list(places), years)
    reading = _Reading(statuses or {}, keep_deleted)
    with kept:
        found: list[tuple[Part, kolada.Page]] = []
        for done, address in enumerate(addresses):
            progress("Kolada", done, len(addresses))
            found += _pages(connection, kept, address, reading)
        progress("Kolada", len(addresses), len(addresses))
        return _fetched(connection, titles, list(places.values()), years, found)


def _checked(kpis: Sequence[str], municipalities: Sequence[str], years: Sequence[int]) -> dict[str, str]:
    """Kolada's id of every area -> the area's code."""
    wrong = [k for k in kpis if not _KPI.match(k)] + [y for y in years if not 1900 <= y <= 2200]
    codes = [area_code(m) for m in municipalities]
    wrong += [c for c in codes if not _AREA.match(c)]
    if wrong or not (kpis and codes and years):
        named = f"”{wrong[0]}” är varken nyckeltal, kommunkod eller år." if wrong else "Uttaget är tomt."
        raise BadQuery(named)
    return {code.zfill(4): code for code in dict.fromkeys(codes)}


def _titles(connection: Connection, kpis: Sequence[str]) -> dict[str, str]:
    def read(part: Part) -> dict[str, str]:
        data = load_json(part.body, part.charset)
        rows = data.get("values") if isinstance(data, dict) else None
        if not isinstance(rows, list):
            raise ReadError("Koladas svar om nyckeltal saknar values.")
        return {str(r.get("id")): str(r.get("title") or r.get("id")) for r in rows if isinstance(r, dict)}

    found: dict[str, str] = {}
    for batch in _batches(kpis, connection.service.ids):
        _, titles = connection.ask(f"{connection.service.address}/kpi/{','.join(batch)}", read)
        found |= titles
    unknown = [kpi for kpi in kpis if kpi not in found]
    if unknown:
        raise NotFound(f"Kolada har inget nyckeltal {', '.join(unknown)}.")
    return {kpi: found[kpi] for kpi in kpis}


def _batches(items: Iterable[str], size: int) -> list[list[str]]:
    unique = list(dict.fromkeys(items))
    return [unique[i : i + size] for i in range(0, len(unique), size)]


def _addresses(
    connection: Connection, kpis: Sequence[str], places: Sequence[str], years: Sequence[int]
) -> list[str]:
    most, per_page = connection.service.ids, connection.service.per_page
    lists = (_batches(kpis, most), _batches(places, most), _batches(map(str, years), most))
    return [
        f"{connection.service.address}/data/kpi/{','.join(k)}/municipality/{','.join(m)}"
        f"/year/{','.join(y)}?per_page={per_page}"
        for k, m, y in product(*lists)
    ]


def _pages(
    connection: Connection, kept: Kept, address: str, reading: _Reading
) -> Iterable[tuple[Part, kolada.Page]]:
    """The first page and those it leads to; a page that leads back, or away, is refused."""
    seen: set[str] = set()
    while address:
        if address in seen or len(seen) >= _MOST_PAGES:
            raise Scattered(f"Koladas sidor leder runt i en ring ({address}).")
        seen.add(address)
        part, page = one_part(connection, kept, address, reading.page)
        yield part, page
        address = _next(address, page.next_address)


def _next(here: str, stated: str) -> str:
    if not stated:
        return ""
    own, following = httpx.URL(here), httpx.URL(here).join(stated)
    # Behind its proxy the service may call itself http; the line stays ours. The connection refuses
    # another host.
    return str(following.copy_with(scheme=own.scheme, port=own.port))


def _fetched(
    connection: Connection,
    titles: Mapping[str, str],
    areas: Sequence[str],
    years: Sequence[int],
    found: Sequence[tuple[Part, kolada.Page]],
) -> Fetched:
    parts = tuple(part for part, _ in found)
    observed = [one for _, page in found for one in page.observed]
    wanted = list(product(titles, areas, dict.fromkeys(map(str, years))))
    order = {key: i for i, key in enumerate(wanted)}
    keys = [(one.categories[0][1], one.area, one.period) for one in observed]
    known = set(keys)
    strange = [key for key in keys if key not in order]
    if strange:
        raise Scattered(f"Kolada svarar med {' '.join(strange[0])}, som inte begärdes.")
    if len({one.key for one in observed}) != len(observed):
        raise Scattered("Kolada svarar med samma uppgift på flera sidor.")
    ranked = sorted(zip(keys, observed, strict=True), key=lambda pair: order[pair[0]])
    return Fetched(
        publisher=connection.service.publisher,
        protocol=connection.service.protocol,
        table=",".join(titles),
        title="; ".join(titles.values()),
        address=f"{connection.service.address}/data/kpi/{','.join(titles)}",
        licence=connection.service.licence,
        source_text=connection.service.source_text,
        updated="",
        retrieved_at=max(part.retrieved_at for part in parts),
        checksum=checksum_of_parts(parts),
        observed=tuple(_titled(one, titles) for _, one in ranked),
        dimensions=(Dimension("kpi", "nyckeltal", tuple(titles), tuple(titles.values())),),
        notes=(),
        parts=parts,
        missing=tuple(" ".join(key) for key in wanted if key not in known),
    )


def _titled(one: Observed, titles: Mapping[str, str]) -> Observed:
    (name, kpi, _), *others = one.categories
    return replace(one, categories=((name, kpi, titles[kpi]), *others))
