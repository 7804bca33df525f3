"""Statistics Sweden: the new API, and the old one when the new one does not answer."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from klarsyn.base.progress import Progress, silent
from klarsyn.sources.clients import scb_v1, scb_v2
from klarsyn.sources.clients.connection import Connection
from klarsyn.sources.clients.errors import FetchError, NotFound, ServerFailed, Unreachable
from klarsyn.sources.clients.limits import Clock
from klarsyn.sources.clients.results import Fetched
from klarsyn.sources.clients.selection import Selection
from klarsyn.sources.clients.services import Service, service
from klarsyn.sources.readers import DEFAULT_SYMBOLS, SymbolMap


def fetch_table(
    table: str,
    selection: Selection,
    *,
    folder: Path,
    path: str = "",
    codelists: Mapping[str, str] | None = None,
    symbols: SymbolMap = DEFAULT_SYMBOLS,
    language: str = "sv",
    progress: Progress = silent,
    services: tuple[Service, Service] | None = None,
    clock: Clock | None = None,
) -> Fetched:
    """A table by PxWebApi 2; by API 1 from `path` when the first fails with 404, 5xx or no connection.

    The result says in `fell_back` why the first was left. A refused query, a limit or a strange answer
    never falls back: the same mistake would only be made twice. Without `path`, or with `codelists`
    (API 1 names them otherwise), there is no way back and the first error stands.
    """
    new, old = services or (service("scb-v2"), service("scb-v1"))
    time = clock or Clock()
    try:
        with Connection(new, time) as connection:
            return scb_v2.fetch_table(
                table,
                selection,
                connection=connection,
                folder=folder,
                codelists=codelists,
                symbols=symbols,
                language=language,
                progress=progress,
            )
    except (NotFound, ServerFailed, Unreachable) as first:
        if not path or codelists:
            raise
        reason = first
    return _by_the_old(path, selection, old, time, reason, folder, symbols, language, progress)


def _by_the_old(
    path: str,
    selection: Selection,
    old: Service,
    clock: Clock,
    reason: FetchError,
    folder: Path,
    symbols: SymbolMap,
    language: str,
    progress: Progress,
) -> Fetched:
    try:
        with Connection(old, clock) as connection:
            fetched = scb_v1.fetch_table(
                path,
                selection,
                connection=connection,
                folder=folder,
                symbols=symbols,
                language=language,
                progress=progress,
            )
    except FetchError as second:
        both = f"{reason.what} Reservvägen hjälpte inte: {second.what}"
        raise type(second)(both, second.advice) from None
    return replace(fetched, fell_back=reason.what)
