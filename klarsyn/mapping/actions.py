"""Writes: build a mapping, and check that a frozen one can be made again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy

from klarsyn.base.errors import Refused
from klarsyn.base.progress import Progress, silent
from klarsyn.mapping import freeze, ledger, publishing, queries, refusal_words
from klarsyn.mapping.auditing import audit_of
from klarsyn.mapping.canonical import sha256
from klarsyn.mapping.code_version import code_version
from klarsyn.mapping.collect import Published, collect
from klarsyn.mapping.compute import Computed, compute, compute_with_insight
from klarsyn.mapping.inputs import Inputs
from klarsyn.mapping.keys import fingerprint, forget_key, has_key, release_key
from klarsyn.mapping.methods.protected_people import marked
from klarsyn.mapping.models import Mapping
from klarsyn.mapping.programmes import BUILT_IN as BUILT_IN_PROGRAMMES
from klarsyn.mapping.programmes import read_programmes
from klarsyn.mapping.reading import BUILT_IN, Loaded, load
from klarsyn.mapping.results import FrozenMapping
from klarsyn.mapping.verification import SHOWN, Verification, differences
from smallcounts.disclosure import DisclosureError, DisclosureRefused
from smallcounts.disclosure.ledger import read

_NOT_PROTECTED: Final = gettext_lazy(
    "Siffrorna kan inte skyddas så att de får publiceras: %(error)s. Inget har frysts. "
    "Ändra programmet eller källan, och bygg igen."
)
_ATTACKED: Final = gettext_lazy("angreppet %(attack)s lyckas i varje försök")
DRAWS: Final = 8  # of a key that nothing has been protected with
_LEFT_BEHIND: Final = timedelta(days=1)  # older half-written folders belong to nobody


class NotProtected(Refused):
    """Figures that nobody has published cannot be protected well enough to leave."""


def definitions() -> Loaded:
    """The indicators that ship with the product and those the municipality has added in its data folder."""
    return load(BUILT_IN, own_indicators(), on=timezone.localdate())


def own_indicators() -> Path:
    """Where a municipality puts its own indicator files."""
    return Path(settings.HOME) / "indicators"


def own_programmes() -> Path:
    """Where a municipality puts its own publication programmes."""
    return Path(settings.HOME) / "programmes"


def build(
    *, municipality: str, year: int, by: str, invented: bool = False, progress: Progress = silent
) -> FrozenMapping:
    """Collect, compute and freeze a mapping; with the same inputs and code nothing is written again.

    `by` is the name of the person who asked. Raises Refused (unknown municipality, no data for the year,
    a faulty indicator file) before anything is written.
    """
    indicators = definitions().indicators
    programmes = read_programmes(indicators, BUILT_IN_PROGRAMMES, own_programmes())
    text = ledger.text()
    progress("samlar in", 0, 1)
    inputs = collect(
        municipality=municipality,
        year=year,
        indicators=indicators,
        invented=invented,
        programmes=programmes,
        published=Published(text, ledger.marks(text)),
    )
    progress("samlar in", 1, 1)
    written = freeze.inputs_bytes(inputs)
    content = freeze.content_hash(written, code_version())
    place = freeze.folder_name(municipality, year, invented, content)
    folder = Path(settings.HOME) / place
    if not folder.exists():
        _freeze(inputs, written, content, folder, by, progress)
    _record(freeze.read_manifest(folder), place)
    return queries.frozen(municipality, year, content, invented)


def _freeze(inputs: Inputs, written: bytes, content: str, folder: Path, by: str, progress: Progress) -> None:
    computed, key = _computed(inputs, progress)
    results = freeze.results_bytes(computed.figures)
    audit = audit_of(inputs, computed.protected, key)
    audited = freeze.audit_bytes(audit) if audit else b""
    now = datetime.now(UTC)
    manifest = freeze.Manifest(
        municipality=inputs.municipality,
        municipality_name=inputs.municipality_name,
        year=inputs.year,
        is_invented=inputs.is_invented,
        content_hash=content,
        inputs_hash=sha256(written),
        result_hash=sha256(results),
        code_version=code_version(),
        frozen_at=now.isoformat(timespec="seconds"),
        by=by,
        libraries=freeze.libraries(),
        audit_hash=sha256(audited) if audited else "",
        key_fingerprint=fingerprint(key) if audited else "",
    )
    progress("fryser", 0, 1)
    freeze.write(folder, manifest, written, results, audited)
    freeze.sweep(folder, before=(now - _LEFT_BEHIND).timestamp())
    progress("fryser", 1, 1)


def _computed(inputs: Inputs, progress: Progress) -> tuple[Computed, bytes]:
    """The figures and the key they were protected with.

    A key that nothing was protected with yet is drawn anew when attacks break what it makes: which way the
    cells are rounded decides, and only chance decides that. Raises NotProtected.
    """
    for drawn in range(1, DRAWS + 1):
        is_new = not has_key()
        key = _key(inputs)
        try:
            return compute_with_insight(inputs, key, progress), key
        except DisclosureError as error:
            if is_new:
                forget_key(key)
            attack = error.attack if isinstance(error, DisclosureRefused) else ""
            if not (is_new and attack) or drawn == DRAWS:
                why = _ATTACKED % {"attack": attack} if attack else refusal_words.said(error)
                raise NotProtected(_NOT_PROTECTED % {"error": why}) from error
    raise AssertionError("the last draw answers or raises")


def _key(inputs: Inputs) -> bytes:
    """The release key where a figure is protected; nothing where none is."""
    return key_for(inputs.ledger) if any(g.programme for g in inputs.figures) else b""


def key_for(published: str) -> bytes:
    """The release key, made when nothing in the ledger's text was protected with one yet."""
    return release_key(is_published=any(e.published.figures for e in read(published).entries))


def _record(manifest: freeze.Manifest, place: str) -> None:
    """The row for the folder; made again if a crash came between the two."""
    Mapping.objects.get_or_create(
        municipality=manifest.municipality,
        year=manifest.year,
        is_invented=manifest.is_invented,
        content_hash=manifest.content_hash,
        defaults={
            "result_hash": manifest.result_hash,
            "code_version": manifest.code_version,
            "frozen_at": datetime.fromisoformat(manifest.frozen_at),
            "by": manifest.by,
            "folder": place,
        },
    )


def verify(
    *,
    municipality: str,
    year: int,
    content_hash: str = "",
    invented: bool = False,
    progress: Progress = silent,
) -> Verification:
    """Compute the frozen inputs again with today's code and compare, table by table.

    A file that was changed after freezing is a difference of its own. Raises NotFrozen.
    """
    row = queries.find(municipality, year, content_hash, invented)
    folder = queries.folder_of(row)
    libraries: tuple[tuple[str, str], ...] = ()
    try:
        manifest = queries.checked_manifest(row)
        libraries = manifest.libraries
        found = _compare(folder, manifest, progress)
    except freeze.Tampered as error:
        found = (str(error),)
    return Verification(
        municipality=row.municipality,
        year=row.year,
        is_invented=row.is_invented,
        content_hash=row.content_hash,
        code_then=row.code_version,
        code_now=code_version(),
        libraries_then=libraries,
        libraries_now=freeze.libraries(),
        differences=found,
    )


def _compare(folder: Path, manifest: freeze.Manifest, progress: Progress) -> tuple[str, ...]:
    frozen = freeze.read_results(folder, manifest)
    inputs = freeze.read_inputs(folder, manifest)
    written = freeze.checked_inputs(folder, manifest)
    if freeze.content_hash(written, manifest.code_version) != manifest.content_hash:
        return (f"{folder / freeze.MANIFEST}: hashen över innehållet stämmer inte med indata och kod",)
    key = _key(inputs)
    if manifest.key_fingerprint and fingerprint(key) != manifest.key_fingerprint:
        return (f"{folder / freeze.MANIFEST}: skyddades med en annan nyckel än den som finns nu",)
    results = freeze.results_bytes(compute(inputs, key, progress))
    if sha256(results) == manifest.result_hash:
        return ()
    named = tuple(islice(differences(frozen.figures, freeze.read_figures(results)), SHOWN))
    return named or (
        f"{folder / freeze.RESULTS}: skrivs inte längre på samma sätt, fast alla värden är lika",
    )


def record_release(
    *,
    slug: str,
    municipality: str,
    year: int,
    content_hash: str,
    invented: bool,
    on: date,
    is_correction: bool = False,
) -> None:
    """Write in the ledger what the edition `slug` publishes. Doing it again changes nothing.

    Raises LedgerDamaged, NotFrozen or Damaged before anything is written.
    """
    mapping = queries.frozen(municipality, year, content_hash, invented)
    audit = queries.audit(municipality, year, content_hash, invented, with_truth=True)
    marks: dict[str, str] = {}
    for figure in audit.figures if audit else ():
        marks |= marked(figure.programme, dict(figure.marks))
    ledger.add(
        publishing.entries(mapping, audit, slug=slug, day=on.isoformat(), is_correction=is_correction), marks
    )
