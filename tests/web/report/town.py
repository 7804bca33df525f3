"""An invented municipality with a site of its own: real figures computed, protected, checked by two and released."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.test import override_settings

from klarsyn.mapping import freeze
from klarsyn.mapping.auditing import audit_of
from klarsyn.mapping.canonical import sha256
from klarsyn.mapping.compute import compute_with_insight
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.keys import fingerprint
from klarsyn.mapping.models import Mapping
from klarsyn.report import actions, store
from klarsyn.report.models import Edition
from klarsyn.report.policy import Verdict
from klarsyn.sources.values import Area, Measure
from smallcounts.counts import Count
from tests.people import person
from tests.unit.mapping.build import indicator, inputs, provenance, table
from tests.unit.mapping.protected import CELLS, KEY, counts, gathered

YEAR = 2024
GRANBY, OURS = ("0642", "Granby"), ("0680", "Jönköping")  # codes that the map knows; all figures are invented
PEOPLE = {"0642": 141_081, "0680": 58_300}
CONVICTED = {"0642": 17, "0680": 4}


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality and its own data folder."""

    code: str
    name: str
    home: Path

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Everything within is done on this municipality's own site."""
        with override_settings(HOME=self.home, MUNICIPALITY=self.code):
            yield


def rates() -> Gathered:
    """What each of the two says of both."""
    made = [
        Count(code, name, str(YEAR), CONVICTED[code], population=PEOPLE[code], sources=("own",))
        for code, name in (GRANBY, OURS)
    ]
    return Gathered(indicator("example_rates"), (table(Measure.SIMULATED, *made, invented=True),), (), ())


def of(town: Town) -> Inputs:
    """A protected figure, and rates of both towns."""
    people = gathered(*counts(CELLS, str(YEAR)))
    return inputs(
        people, rates(), invented=True, year=YEAR, municipality=town.code, municipality_name=town.name,
        provenance=(provenance("own", invented=True),), borders=((GRANBY[0], OURS[0]),),
        areas=tuple(Area(code, name, "municipality", "99", None, None) for code, name in (GRANBY, OURS)),
    )  # fmt: skip


def released(town: Town) -> Edition:
    """Frozen, written, checked by two who did not write it, published. Must stand within `at_work`."""
    frozen(town, of(town))
    disa, greta = person("disa"), person("greta")
    edition = actions.draft(municipality=town.code, year=YEAR, by=disa, invented=True)
    edition = actions.submit(edition=edition, by=disa)
    for checker in (greta, person("cilla")):
        actions.vote(edition=edition, by=checker, verdict=Verdict.APPROVE)
    return actions.release(edition=edition, by=greta)


def package(edition: Edition) -> bytes:
    return (store.home(edition.slug) / "data" / f"{edition.slug}.zip").read_bytes()


def frozen(town: Town, made: Inputs) -> Mapping:
    """The mapping's files below the town's own folder, its key and its row."""
    computed = compute_with_insight(made, KEY)
    audit = audit_of(made, computed.protected, KEY)
    assert audit is not None
    written, results = freeze.inputs_bytes(made), freeze.results_bytes(computed.figures)
    audited, at = freeze.audit_bytes(audit), datetime(2026, 11, 25, tzinfo=UTC)
    manifest = freeze.Manifest(
        municipality=town.code, municipality_name=town.name, year=YEAR, is_invented=True,
        content_hash=freeze.content_hash(written, "1"), inputs_hash=sha256(written), result_hash=sha256(results),
        code_version="1", frozen_at=at.isoformat(), by="Disa", libraries=(), audit_hash=sha256(audited),
        key_fingerprint=fingerprint(KEY),
    )  # fmt: skip
    folder = Path("mappings") / town.code / "made"
    freeze.write(town.home / folder, manifest, written, results, audited)
    (town.home / "keys").mkdir(exist_ok=True)
    (town.home / "keys" / "release.key").write_bytes(KEY)
    return Mapping.objects.create(
        municipality=town.code, year=YEAR, is_invented=True, content_hash=manifest.content_hash,
        result_hash=manifest.result_hash, code_version="1", frozen_at=at, by="Disa", folder=str(folder),
    )  # fmt: skip
