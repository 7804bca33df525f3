"""Asks a service for what `fetches.toml` declares, and turns the answer into values on their way in."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.progress import Progress
from klarsyn.sources import areas
from klarsyn.sources.clients import Connection, Fetched, kolada, scb, service
from klarsyn.sources.importers import Target
from klarsyn.sources.readers import Observed
from klarsyn.sources.values import Measure, SourceValue

ORIGINS = ("scb", "kolada")
_FILE = Path(__file__).with_name("fetches.toml")


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, ready to be stored."""

    target: Target
    values: tuple[SourceValue, ...]
    fetched: Fetched


def fetch_population(origin: str, years: Sequence[int], *, base_url: str = "", progress: Progress) -> Answer:
    """The population of every municipality for some years, from "scb" or "kolada".

    `base_url` points at another server that speaks the same protocol. Raises a FetchError when the
    service cannot be asked, and Refused when its answer does not hold every municipality.
    """
    with _FILE.open("rb") as file:
        declared: dict[str, Any] = tomllib.load(file)[origin]
    ask = _ask_scb if origin == "scb" else _ask_kolada
    fetched = ask(declared, years, base_url, progress)
    values = tuple(_value(one, line) for line, one in enumerate(fetched.observed, 1) if _is_total(one))
    _check_whole(values, years)
    target = declared["dataset"]
    return Answer(Target(**{**target, "measure": Measure(target["measure"])}), values, fetched)


def _ask_scb(declared: dict[str, Any], years: Sequence[int], base_url: str, progress: Progress) -> Fetched:
    new, old = service("scb-v2"), service("scb-v1")
    if base_url:
        new = replace(new, address=base_url.rstrip("/"))
    return scb.fetch_table(
        declared["table"],
        {**declared["selection"], declared["time"]: [str(year) for year in years]},
        folder=_folder(),
        path="" if base_url else declared["path"],
        progress=progress,
        services=(new, old),
    )


def _ask_kolada(declared: dict[str, Any], years: Sequence[int], base_url: str, progress: Progress) -> Fetched:
    asked = service("kolada")
    if base_url:
        asked = replace(asked, address=base_url.rstrip("/"))
    codes = [m.code for m in areas.municipalities(date(max(years), 12, 31))]
    with Connection(asked) as connection:
        return kolada.fetch(
            [declared["kpi"]], codes, years, connection=connection, folder=_folder(), progress=progress
        )


def _folder() -> Path:
    return Path(settings.HOME) / "sources" / "fetching"


def _is_total(one: Observed) -> bool:
    """Kolada gives women, men and all; only all is the population."""
    return not any(dimension == "gender" and code != "T" for dimension, code, _label in one.categories)


def _value(one: Observed, line: int) -> SourceValue:
    if isinstance(one.value, float) and not one.value.is_integer():
        raise Refused(
            _("%(area)s %(period)s har folkmängden %(value)s, som inte är ett heltal. Inget är ändrat.")
            % {"area": one.area, "period": one.period, "value": one.value}
        )
    value = None if one.value is None else int(one.value)
    return SourceValue(one.area, one.period, value, status=one.status, symbol=one.symbol, line=line)


def _check_whole(values: Sequence[SourceValue], years: Sequence[int]) -> None:
    """A table with holes would quietly move every rate; it is refused whole."""
    for year in years:
        known = {v.area for v in values if v.period == str(year) and v.value is not None}
        end = date(year, 12, 31)
        asked = {
            m.code if m.code in known else areas.successor(m.code, end) for m in areas.municipalities(end)
        }
        if not asked <= known:
            raise Refused(
                _(
                    "Svaret har folkmängd för %(known)s av %(areas)s kommuner %(year)s. "
                    "Inget är ändrat. Välj ett år som är publicerat för hela landet."
                )
                % {"known": len(known & asked), "areas": len(asked), "year": year}
            )
