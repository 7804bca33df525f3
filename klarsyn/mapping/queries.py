"""Reads: frozen mappings, each checked against its hash before anyone sees a figure."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.mapping import freeze, ledger
from klarsyn.mapping.audit import Audit, Outcome
from klarsyn.mapping.models import Mapping
from klarsyn.mapping.publishing import PublishedLine, prefix, published_lines
from klarsyn.mapping.results import FrozenMapping


class NotFrozen(Refused):
    """There is no such frozen mapping."""


class Damaged(Refused):
    """The files of a frozen mapping are not what was frozen."""


def frozen(municipality: str, year: int, content_hash: str = "", invented: bool = False) -> FrozenMapping:
    """The newest frozen mapping, or the one whose hash begins so. Raises NotFrozen, Damaged."""
    row = find(municipality, year, content_hash, invented)
    folder = folder_of(row)
    try:
        return freeze.read_results(folder, checked_manifest(row))
    except freeze.Tampered as error:
        raise _damaged(error, folder) from error


def _damaged(error: freeze.Tampered, folder: Path) -> Damaged:
    return Damaged(
        _(
            "%(error)s. Inga siffror visas ur den. Hämta filen ur säkerhetskopian, "
            "eller flytta undan mappen %(folder)s och bygg kartläggningen igen med "
            "`klarsyn mapping build`."
        )
        % {"error": error, "folder": folder}
    )


def audit(
    municipality: str, year: int, content_hash: str = "", invented: bool = False, *, with_truth: bool = False
) -> Audit | None:
    """How the mapping's figures are protected and what attacks found; None where nothing is protected.

    `with_truth`: with the counts before protection, for those who check. Raises NotFrozen, Damaged.
    """
    row = find(municipality, year, content_hash, invented)
    folder = folder_of(row)
    try:
        found = freeze.read_audit(folder, checked_manifest(row))
    except freeze.Tampered as error:
        raise _damaged(error, folder) from error
    return found if found is None or with_truth else found.without_truth()


def outcome(slug: str, municipality: str, year: int, content_hash: str, invented: bool = False) -> Outcome:
    """What stands in the way of releasing this mapping as the edition `slug`. Raises Damaged, LedgerDamaged.

    The edition's own last lines in the ledger, from a release that was interrupted, do not count as a change.
    """
    found = audit(municipality, year, content_hash, invented)
    text = ledger.text()
    if found is None:
        return Outcome()
    now = ledger.head_before(text, prefix(slug, content_hash))
    return Outcome(tuple(attack for _, attack in found.failed()), now != found.ledger_head)


def find(municipality: str, year: int, content_hash: str = "", invented: bool = False) -> Mapping:
    """The row of the newest frozen mapping, or of the one whose hash begins so. Raises NotFrozen."""
    kept = mappings().filter(municipality=municipality, year=year, is_invented=invented)
    row = kept.filter(content_hash__startswith=content_hash).order_by("-frozen_at", "-id").first()
    if row is not None:
        return row
    words = f"--municipality {municipality} --year {year}{' --example' if invented else ''}"
    raise NotFrozen(
        _(
            "Ingen kartläggning är fryst för %(which)s. Bygg den med `klarsyn mapping build %(words)s`, "
            "eller se vilka som finns med `klarsyn mapping list`."
        )
        % {"which": f"{municipality} {year} {content_hash}".strip(), "words": words}
    )


def mappings() -> QuerySet[Mapping]:
    """Every frozen mapping, newest first for each municipality and year."""
    return Mapping.objects.all()


def folder_of(row: Mapping) -> Path:
    """Where the files of a frozen mapping lie."""
    return Path(settings.HOME) / row.folder


def checked_manifest(row: Mapping) -> freeze.Manifest:
    """The manifest, if it says what the row says. Raises freeze.Tampered."""
    folder = folder_of(row)
    manifest = freeze.read_manifest(folder)
    for name in ("municipality", "year", "is_invented", "content_hash", "result_hash", "code_version"):
        if getattr(manifest, name) != getattr(row, name):
            raise freeze.changed(folder / freeze.MANIFEST, name)
    return manifest


def published() -> tuple[PublishedLine, ...]:
    """Everything ever published, newest first, the chain checked. Raises LedgerDamaged."""
    return published_lines(ledger.text())
