"""A small invented mapping with one protected figure, computed once a run and frozen where a test wants it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from klarsyn.mapping import freeze
from klarsyn.mapping.audit import Audit
from klarsyn.mapping.auditing import audit_of
from klarsyn.mapping.canonical import sha256
from klarsyn.mapping.compute import Computed, compute_with_insight
from klarsyn.mapping.keys import fingerprint
from klarsyn.mapping.models import Mapping
from tests.unit.mapping.protected import KEY, mapped


@cache
def computed() -> Computed:
    return compute_with_insight(mapped(), KEY)


@cache
def audit() -> Audit:
    found = audit_of(mapped(), computed().protected, KEY)
    assert found is not None
    return found


def lay_out(home: Path, spoil: Callable[[Audit], Audit] = lambda audit: audit) -> Mapping:
    """The frozen files below `home`, the key and the row. `spoil`: another audit than the true one."""
    inputs = mapped()
    written, results = freeze.inputs_bytes(inputs), freeze.results_bytes(computed().figures)
    audited = freeze.audit_bytes(spoil(audit()))
    at = datetime(2026, 11, 25, tzinfo=UTC)
    manifest = freeze.Manifest(
        municipality="0680", municipality_name="Jönköping", year=2019, is_invented=True,
        content_hash=freeze.content_hash(written, "1"), inputs_hash=sha256(written), result_hash=sha256(results),
        code_version="1", frozen_at=at.isoformat(), by="Disa", libraries=(), audit_hash=sha256(audited),
        key_fingerprint=fingerprint(KEY),
    )  # fmt: skip
    folder = Path("mappings") / "0680" / "protected"
    freeze.write(home / folder, manifest, written, results, audited)
    (home / "keys").mkdir(exist_ok=True)
    (home / "keys" / "release.key").write_bytes(KEY)
    return Mapping.objects.create(
        municipality="0680", year=2019, is_invented=True, content_hash=manifest.content_hash,
        result_hash=manifest.result_hash, code_version="1", frozen_at=at, by="Disa", folder=str(folder),
    )  # fmt: skip
