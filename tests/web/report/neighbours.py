"""Invented municipalities that are trusted and taken in as the demonstration's are, each with its own key."""

from __future__ import annotations

from datetime import date

from klarsyn.base.vault import SigningPair
from klarsyn.report.models import OtherEdition
from klarsyn.report.others import actions, demo
from klarsyn.report.signing import keys
from tests.people import person

TODAY = date(2026, 11, 26)
GRANBY = demo.Neighbour("9901", "Granby", ((2024, 13, 62_050),))
TALLMO = demo.Neighbour("9903", "Tallmo", ((2024, 5, 20_100),))
EKVIK = demo.Neighbour("9902", "Ekvik", ((2024, 31, 48_700),), is_other=True)


def ring() -> keys.Ring:
    """A key that was never used."""
    pair = SigningPair.new()
    return keys.Ring(pair, (keys.PublicKey(pair.public.hex(), TODAY.isoformat()),))


def trust(code: str, name: str, public: str) -> None:
    actions.trust(
        municipality=code, name=name, public=public, words=keys.fingerprint(public),
        reason="Läst upp av deras registrator", by=person("disa"),
    )  # fmt: skip


def packed(one: demo.Neighbour, its: keys.Ring, *, count: int = 0, number: int = 1) -> bytes:
    year, counted, people = one.counts[0]
    return demo.package(one, year, count or counted, people, ring=its, on=TODAY, number=number)


def taken(body: bytes) -> OtherEdition:
    return actions.take_in(body=body, by=person("disa"), today=TODAY)


def neighbour(one: demo.Neighbour, its: keys.Ring) -> OtherEdition:
    """Trusted and taken in."""
    trust(one.code, one.name, its.pair.public.hex())
    return taken(packed(one, its))
