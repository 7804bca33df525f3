"""The paper edition and the slides: the makers that `render` calls, once a language."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from klarsyn.base.municipality import municipality
from klarsyn.mapping.results import FrozenMapping
from klarsyn.report import page
from klarsyn.report.pdf import write_pdf
from klarsyn.report.public import public_address
from klarsyn.report.slides import write_slides
from klarsyn.report.view import EditionShown


def pdf(edition: EditionShown, mapping: FrozenMapping, folder: Path, language: str) -> tuple[Path, ...]:
    """`{language}/rapport.pdf`, dated by the freezing of its mapping so that its bytes never change."""
    target = folder / language / "rapport.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    shown = page.build(mapping, edition, language)
    at = datetime.fromisoformat(mapping.frozen_at)
    address = public_address(edition.base)
    return (write_pdf(shown, address=address, publisher=municipality().name, at=at, target=target),)


def slides(edition: EditionShown, mapping: FrozenMapping, folder: Path, language: str) -> tuple[Path, ...]:
    """`{language}/bilder/`: the slides and the speaker's notes."""
    return write_slides(page.build(mapping, edition, language), folder=folder / language / "bilder")
