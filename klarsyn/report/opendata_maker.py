"""The open data of an edition: the maker that `render` calls."""

from __future__ import annotations

from pathlib import Path

from klarsyn.base.municipality import municipality
from klarsyn.mapping.results import FrozenMapping
from klarsyn.report import texts
from klarsyn.report.opendata import EditionFacts, write_open_data
from klarsyn.report.public import public_address
from klarsyn.report.view import EditionShown


def make(edition: EditionShown, mapping: FrozenMapping, folder: Path, language: str) -> tuple[Path, ...]:
    """Written once: the data speak both languages."""
    if language != "sv":
        return ()
    facts = EditionFacts(
        slug=edition.slug,
        number=edition.number,
        title_sv=_title(edition, "sv"),
        title_en=_title(edition, "en"),
        publisher=municipality().name,
        address=public_address(edition.base).rstrip("/"),
        released_on=edition.released_on,
        what_changed=edition.what_changed,
    )
    return write_open_data(mapping, edition=facts, folder=folder / "data")


def _title(edition: EditionShown, language: str) -> str:
    first = texts.read(language)["first"]
    return texts.filled(
        first["invented_title" if edition.is_invented else "title"], {"year": str(edition.year)}
    )
