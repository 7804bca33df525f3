"""What is held of others and of ourselves, as the comparison takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from klarsyn.base.municipality import municipality
from klarsyn.mapping.actions import definitions
from klarsyn.report import queries, store
from klarsyn.report.models import Edition, OtherEdition, TrustedKey
from klarsyn.report.others import comparing, contents
from klarsyn.report.others.checking import Trusted
from klarsyn.report.others.comparing import Group, Held
from klarsyn.report.others.figure import Figure, read
from klarsyn.report.policy import State
from klarsyn.report.signing.comparable import definition
from klarsyn.report.signing.manifest import MANIFEST


def trusted(public: str) -> Trusted | None:
    """What somebody here has decided about a key."""
    row = TrustedKey.objects.filter(public=public).first()
    return Trusted(row.public, row.municipality, row.revoked_at is not None) if row else None


def known() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Every indicator this program knows: its definition's version and its measures."""
    return {i.id: (definition(i), tuple(m.value for m in i.measures)) for i in definitions().indicators}


def keys() -> QuerySet[TrustedKey]:
    """Every decision about a key, the revoked ones too."""
    return TrustedKey.objects.select_related("trusted_by", "revoked_by", "vouched_by")


def editions() -> QuerySet[OtherEdition]:
    """Every edition ever taken in, also those replaced and taken away."""
    return OtherEdition.objects.select_related("taken_in_by", "removed_by", "key")


def chosen(invented: bool) -> QuerySet[OtherEdition]:
    """The others' editions that may be compared now."""
    return OtherEdition.objects.filter(is_invented=invented, replaced_at=None, removed_at=None)


def in_force(*, invented: bool) -> list[Held]:
    """The same with their figures."""
    return [held(row) for row in chosen(invented)]


def held(row: OtherEdition) -> Held:
    """One edition of another municipality as the comparison takes it; without figures when taken away."""
    figures = tuple(read(f) for f in row.figures)
    return Held(row.municipality, row.name, row.year, row.number, row.address, figures)


def groups(invented: bool) -> tuple[Group, ...]:
    """All that is held, side by side. Real figures and invented ones never stand together."""
    others = in_force(invented=invented)
    return comparing.groups([*own(invented=invented), *others], known()) if others else ()


def own(*, invented: bool) -> list[Held]:
    """Our own released editions, from the same signed files that others take in."""
    return [made for edition in _released(invented) if (made := own_held(edition)) is not None]


def own_with(indicator: str, *, invented: bool) -> list[Edition]:
    """Our released editions that say something of the indicator."""
    pairs = [(edition, own_held(edition)) for edition in _released(invented)]
    return [e for e, made in pairs if made and any(f.indicator == indicator for f in made.figures)]


def _released(invented: bool) -> QuerySet[Edition]:
    return queries.online(invented=invented).filter(state=State.RELEASED)


def own_held(edition: Edition) -> Held | None:
    """One edition of our own, from its signed files; None where it was never signed."""
    index = store.read(edition.slug)
    if index is None or f"data/{MANIFEST}" not in index.files:
        return None
    where = reverse("report:edition", args=[edition.year_word, edition.number])
    figures = _figures(edition.slug, index.files[f"data/{MANIFEST}"].sha256)
    return Held(
        settings.MUNICIPALITY, municipality().name, edition.year, edition.number, where, figures, is_home=True
    )


@lru_cache(maxsize=32)
def _figures(slug: str, manifest_sha256: str) -> tuple[Figure, ...]:
    """Read again only when the manifest is another one."""
    place = store.home(slug) / "data"
    said = json.loads((place / MANIFEST).read_bytes())
    wanted = {f["file"] for f in said["figures"]} | {said["population_file"]} - {""}
    files = {name: (place / name).read_bytes() for name in {*wanted, contents.PACKAGE}}
    return contents.figures(said, contents.own_tables(said, files))
