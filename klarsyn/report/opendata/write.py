"""Writes the data folder of an edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from klarsyn.mapping.results import FrozenMapping
from klarsyn.report.opendata.csvfile import to_csv
from klarsyn.report.opendata.dcat import to_dcat
from klarsyn.report.opendata.facts import EditionFacts, sheets
from klarsyn.report.opendata.jsonstat import to_jsonstat
from klarsyn.report.opendata.package import to_datapackage
from klarsyn.report.opendata.workbook import to_xlsx


def write_open_data(mapping: FrozenMapping, *, edition: EditionFacts, folder: Path) -> tuple[Path, ...]:
    """Write every file below `folder` and return their paths, in a fixed order.

    The bytes depend on the mapping and the edition alone, so a re-run changes nothing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    csv = {s.name: to_csv(s.table) for s in sheets(mapping)}
    files: dict[str, bytes] = {f"{name}.csv": body for name, body in csv.items()}
    for sheet in sheets(mapping):
        files[f"{sheet.name}.json"] = _json(to_jsonstat(sheet, edition, "sv"))
    files[f"{edition.slug}.xlsx"] = to_xlsx(mapping, edition)
    listed = list(files)
    files["datapackage.json"] = _json(to_datapackage(mapping, edition, csv))
    files["dcat.rdf"] = to_dcat(mapping, edition, listed)
    for name, body in files.items():
        (folder / name).write_bytes(body)
    return tuple(folder / name for name in files)


def _json(payload: dict[str, Any]) -> bytes:
    return (json.dumps(payload, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode("utf-8")
