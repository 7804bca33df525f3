"""The demonstration's invented neighbours: their packages are made, signed and taken in as real ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.vault import SigningPair
from klarsyn.mapping.actions import definitions
from klarsyn.mapping.compute import compute
from klarsyn.mapping.definitions import Indicator, Words
from klarsyn.mapping.inputs import Facts, Gathered, Inputs
from klarsyn.mapping.results import FrozenMapping
from klarsyn.people.models import User
from klarsyn.report.models import Comparison, OtherEdition
from klarsyn.report.opendata import EditionFacts, write_open_data
from klarsyn.report.others import actions, publishing, queries
from klarsyn.report.policy import State
from klarsyn.report.signing import keys, maker
from klarsyn.report.view import EditionShown
from klarsyn.sources.values import Area, Measure, Provenance, SeriesBreak
from smallcounts.counts import Count, CountTable

INDICATOR: Final = "example_rates"
_SOURCE: Final = "pahittade-grannar"
_NOT_THERE: Final = "https://{code}.exempel.invalid/"  # no such host can exist
_NUMERATOR: Final = Words(
    "Påhittade antal som räknar varje händelse, inte varje människa.",
    "Invented counts of every event, not of every person.",
)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An invented municipality: counts and population by year, and whether it counts something else."""

    code: str
    name: str
    counts: tuple[tuple[int, int, int], ...]
    is_other: bool = False


NEIGHBOURS: Final = (
    Neighbour("9901", "Granby (påhittad)", ((2023, 9, 61_400), (2024, 13, 62_050))),
    Neighbour("9902", "Ekvik (påhittad)", ((2024, 31, 48_700),), is_other=True),
)


@transaction.atomic
def ensure_demo_others() -> Comparison | None:
    """Both taken in, and beside our invented example one comparison that two have agreed to.

    Safe to repeat: what is there stays. None while our own example is not released.
    """
    if not settings.DEMO:
        raise Refused(_("Påhittade kommuner finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    held = Comparison.objects.filter(indicator=INDICATOR, is_invented=True).first()
    if held is not None:
        return held
    disa, cilla = (User.objects.get(username=name, is_demo=True) for name in ("disa", "cilla"))
    codes = [n.code for n in NEIGHBOURS]
    if not OtherEdition.objects.filter(municipality__in=codes).exists():
        for neighbour in NEIGHBOURS:
            _take_in(neighbour, disa)
    if not queries.own_with(INDICATOR, invented=True):
        return None
    found = OtherEdition.objects.filter(municipality__in=codes, replaced_at=None, removed_at=None)
    made = publishing.propose(indicator=INDICATOR, is_invented=True, others=[e.pk for e in found], by=disa)
    return publishing.agree(comparison=made, by=cilla)


def _take_in(neighbour: Neighbour, by: User) -> None:
    today = timezone.localdate()
    pair = SigningPair.new()  # thrown away: nobody signs for an invented municipality again
    ring = keys.Ring(pair, (keys.PublicKey(pair.public.hex(), today.isoformat()),))
    public = pair.public.hex()
    actions.trust(
        municipality=neighbour.code, name=neighbour.name, public=public, words=keys.fingerprint(public),
        reason=_("Påhittad kommun i demonstrationen"), by=by,
    )  # fmt: skip
    for year, count, people in neighbour.counts:
        body = package(neighbour, year, count, people, ring=ring, on=today)
        actions.take_in(body=body, by=by, today=today)


def package(
    neighbour: Neighbour, year: int, count: int, people: int, *, ring: keys.Ring, on: date, number: int = 1
) -> bytes:
    """One signed edition with one figure, computed and written by the same code as a real one."""
    address = _NOT_THERE.format(code=neighbour.code)
    mapping = _mapping(neighbour, year, count, people)
    slug = f"{neighbour.code}-exempel-{number}"
    changed = "" if number == 1 else _("Ett påhittat tal var fel.")
    facts = EditionFacts(
        slug, number, f"Påhittad kartläggning {year}", f"Invented mapping {year}", neighbour.name, address,
        on, changed,
    )  # fmt: skip
    shown = EditionShown(
        slug, neighbour.code, year, number, True, State.RELEASED, "/", on, changed, mapping.content_hash
    )
    with TemporaryDirectory() as place:
        write_open_data(mapping, edition=facts, folder=Path(place))
        sender = maker.Sender(neighbour.name, address, ring)
        return maker.sign(shown, mapping, Path(place), on=on, sender=sender)[-1].read_bytes()


def _mapping(neighbour: Neighbour, year: int, count: int, people: int) -> FrozenMapping:
    """One invented figure of one invented municipality, as the mapping computes it."""
    source = Provenance(
        key=_SOURCE, publisher=neighbour.name, title="Påhittade tal", table="", measure=Measure.SIMULATED,
        address=_NOT_THERE.format(code=neighbour.code), licence="CC0", retrieved_at=None,
        published=str(year), checksum="", territory="", certainty="high", is_invented=True,
    )  # fmt: skip
    counts = (Count(neighbour.code, neighbour.name, str(year), count, population=people, sources=(_SOURCE,)),)
    nobody = CountTable(Measure.POPULATION.value, "persons", (), is_invented=True)
    table = CountTable(Measure.SIMULATED.value, "persons", counts, is_invented=True)
    inputs = Inputs(
        municipality=neighbour.code, municipality_name=neighbour.name, home_region="", year=year,
        is_invented=True, areas=(Area(neighbour.code, neighbour.name, "municipality", "99", None, None),),
        regions=(), borders=(), population=nobody, population_by_sex=nobody, facts=Facts(),
        figures=(Gathered(_indicator(neighbour), (table,), (_break(),), ()),), provenance=(source,),
    )  # fmt: skip
    figures = compute(inputs)
    return FrozenMapping(
        neighbour.code, neighbour.name, year, True, f"{year:064d}", "", "demo", "", figures, ""
    )


def _indicator(neighbour: Neighbour) -> Indicator:
    """The house's own definition, or one that counts something else under the same name."""
    found = next(i for i in definitions().indicators if i.id == INDICATOR)
    return replace(found, numerator=_NUMERATOR) if neighbour.is_other else found


def _break() -> SeriesBreak:
    return SeriesBreak(
        "pahittat-brott", (Measure.SIMULATED,), date(2024, 1, 1), "Påhittat brott: ett nytt sätt att räkna",
        "Invented break: a new way of counting", _NOT_THERE.format(code="9901"),
    )  # fmt: skip
