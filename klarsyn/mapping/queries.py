"""Reads: frozen mappings, each checked against its hash before anyone sees a figure."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.mapping import freeze
from klarsyn.mapping.models import Mapping
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
        raise Damaged(
            _(
                "%(error)s. Inga siffror visas ur den. Hämta filen ur säkerhetskopian, "
                "eller flytta undan mappen %(folder)s och bygg kartläggningen igen med "
                "`klarsyn mapping build`."
            )
            % {"error": error, "folder": folder}
        ) from error


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
