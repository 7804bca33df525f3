"""An edition with one protected figure made by hand, frozen as the mapping freezes it; no attack is run for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.utils import timezone

from klarsyn.mapping import freeze
from klarsyn.mapping.canonical import sha256
from klarsyn.mapping.models import Mapping
from klarsyn.report import actions
from klarsyn.report.models import Edition
from klarsyn.report.policy import State
from tests.people import person
from tests.unit.mapping.protected import mapped
from tests.unit.report import protected

AT = datetime(2026, 11, 25, tzinfo=UTC)


def draft(home: Path) -> Edition:
    """Disa's draft of 2024, invented: 75 people in 2023, 70 in 2024, both rounded."""
    inputs, results = freeze.inputs_bytes(mapped()), freeze.results_bytes((protected.figure(),))
    content = freeze.content_hash(inputs, "1")
    manifest = freeze.Manifest(
        municipality="0680", municipality_name="Jönköping", year=2024, is_invented=True, content_hash=content,
        inputs_hash=sha256(inputs), result_hash=sha256(results), code_version="1", frozen_at=AT.isoformat(),
        by="Disa", libraries=(),
    )  # fmt: skip
    folder = Path("mappings") / "0680" / "plan"
    freeze.write(home / folder, manifest, inputs, results)
    Mapping.objects.create(
        municipality="0680", year=2024, is_invented=True, content_hash=content, result_hash=sha256(results),
        code_version="1", frozen_at=AT, by="Disa", folder=str(folder),
    )  # fmt: skip
    return actions.draft(municipality="0680", year=2024, by=person("disa"), invented=True)


def release() -> None:
    """As a release leaves the edition's row: the plan reads the frozen files, never the report's pages."""
    Edition.objects.update(state=State.RELEASED, released_at=timezone.now(), released_by=person("greta"))
