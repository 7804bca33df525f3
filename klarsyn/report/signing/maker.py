"""Signs the open data of an edition: the maker that `render` calls after the data are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from klarsyn.base.municipality import municipality
from klarsyn.mapping.results import FrozenMapping
from klarsyn.report.opendata.facts import DATA_LICENCE
from klarsyn.report.public import public_address
from klarsyn.report.signing import keys, manifest
from klarsyn.report.signing.comparable import comparable, population_file
from klarsyn.report.signing.package import packed
from klarsyn.report.view import EditionShown

_SQUEEZED = (".gz", ".br")


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose package it is: the municipality's name, where its edition lies, its keys."""

    name: str
    address: str
    ring: keys.Ring


def make(edition: EditionShown, mapping: FrozenMapping, folder: Path, language: str) -> tuple[Path, ...]:
    """Manifest, signature and zip, once for both languages."""
    if language != "sv" or edition.released_on is None:
        return ()
    return sign(edition, mapping, folder / "data", on=edition.released_on)


def sign(
    edition: EditionShown, mapping: FrozenMapping, data: Path, *, on: date, sender: Sender | None = None
) -> tuple[Path, ...]:
    """Write the three files below `data`, beside the open data. `on`: the day of the signature."""
    sender = sender or Sender(municipality().name, public_address(edition.base), keys.ensure(on=on))
    mine = (manifest.MANIFEST, manifest.SIGNATURE, f"{edition.slug}.zip")
    lying = (p for p in sorted(data.iterdir()) if p.suffix not in _SQUEEZED and p.name not in mine)
    files = {p.name: p.read_bytes() for p in lying}
    said = manifest.canonical(_said(edition, mapping, files, on, sender))
    signed = manifest.signature(said, sender.ring.pair, sender.ring.chain())
    whole = {**files, manifest.MANIFEST: said, manifest.SIGNATURE: signed}
    made = dict(zip(mine, (said, signed, packed(whole)), strict=True))
    for name, body in made.items():
        (data / name).write_bytes(body)
    return tuple(data / name for name in made)


def _said(
    edition: EditionShown, mapping: FrozenMapping, files: dict[str, bytes], on: date, sender: Sender
) -> dict[str, Any]:
    return {
        "format": manifest.FORMAT,
        "municipality": edition.municipality,
        "name": sender.name,
        "year": edition.year,
        "edition": edition.number,
        "slug": edition.slug,
        "address": sender.address.rstrip("/"),
        "is_invented": edition.is_invented,
        "released_on": edition.released_on.isoformat() if edition.released_on else "",
        "signed_on": on.isoformat(),
        "what_changed": edition.what_changed,
        "content_hash": mapping.content_hash,
        "licence": DATA_LICENCE[0],
        "population_file": population_file(mapping),
        "figures": comparable(mapping),
        "files": manifest.listed(files),
    }
